//! Futures made by hand, at the bottom of every body.

use crate::noisy::Noisy;
use crate::trace;
use std::borrow::Cow;
use std::future::Future;
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// A future that is pending a chosen number of times and then ready with a value. It records every poll, its
/// completion and its drop, keeps the last waker, and notices when it is moved after its first poll or polled after
/// its completion.
pub struct Leaf<T> {
    name: Cow<'static, str>,
    identity: u64,
    pending: usize,
    value: Option<T>,
    address: Option<usize>,
    waker: Option<Waker>,
    _pinned: PhantomPinned,
}

/// A [`Leaf`] of this name that is pending `pending` times before it yields `value`.
pub fn leaf<T>(name: impl Into<Cow<'static, str>>, pending: usize, value: T) -> Leaf<T> {
    let name = name.into();
    trace::step(format!("call {name}"));
    Leaf {
        name,
        identity: trace::birth(),
        pending,
        value: Some(value),
        address: None,
        waker: None,
        _pinned: PhantomPinned,
    }
}

/// A [`Leaf`] that suspends once.
pub fn tick(name: impl Into<Cow<'static, str>>) -> Leaf<()> {
    leaf(name, 1, ())
}

impl<T> Future for Leaf<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let address = &raw const *self as usize;
        // SAFETY: nothing is moved out of the leaf but its value, which is never pinned.
        let this = unsafe { self.get_unchecked_mut() };
        assert!(
            trace::is_alive(this.identity),
            "a dropped future was polled"
        );
        assert_eq!(
            *this.address.get_or_insert(address),
            address,
            "a pinned future was moved"
        );
        trace::step(format!("poll {}", this.name));
        if this.pending > 0 {
            this.pending -= 1;
            context.waker().wake_by_ref();
            this.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        this.waker = None;
        trace::note(format!("ready {}", this.name));
        Poll::Ready(this.value.take().expect("a completed future was polled"))
    }
}

impl<T> Drop for Leaf<T> {
    fn drop(&mut self) {
        if let Some(address) = self.address {
            assert_eq!(
                &raw const *self as usize, address,
                "a pinned future was moved before its drop"
            );
        }
        if trace::death(self.identity) {
            trace::step(format!("~{}", self.name));
        } else {
            trace::note("dropped twice");
        }
    }
}

/// Something a future holds on to, whose life is checked at every poll.
pub trait Source {
    /// Panics if the value has ended.
    fn check(&self);
}

impl Source for Noisy {
    fn check(&self) {
        self.look();
    }
}

impl Source for &Noisy {
    fn check(&self) {
        self.look();
    }
}

impl Source for &mut Noisy {
    fn check(&self) {
        self.look();
    }
}

/// A [`Leaf`] that holds on to a source, owned or borrowed, until it is dropped.
pub struct Holding<S, T> {
    leaf: Leaf<T>,
    source: S,
}

impl<S, T> Holding<S, T> {
    /// Ties `source` to `leaf`.
    pub fn new(source: S, leaf: Leaf<T>) -> Self {
        Self { leaf, source }
    }
}

impl<S: Source, T> Future for Holding<S, T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        // SAFETY: the leaf is the one field that is pinned and it is never moved out.
        let (leaf, source) = unsafe {
            let this = self.get_unchecked_mut();
            (Pin::new_unchecked(&mut this.leaf), &this.source)
        };
        source.check();
        leaf.poll(context)
    }
}

/// A future of one byte that suspends once, for bodies whose size is looked at.
pub struct Pause(bool);

/// A [`Pause`].
pub fn pause() -> Pause {
    Pause(false)
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        trace::note("poll pause");
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
