//! Closures that capture a part of a variable in the machine.
//!
//! What exactly a `move` closure captures is for the compiler to say. So it is made from a copy of the whole variable, in an
//! `async` block that gives the closure out and then waits; the block is forgotten, and with it what the closure has left,
//! which the variable itself still has.

use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Waker};

/// Where a closure goes.
pub struct Out<T>(*mut MaybeUninit<T>);

impl<T> Out<T> {
    /// A place for it.
    #[inline]
    pub fn new(room: &mut MaybeUninit<T>) -> Self {
        Out(room)
    }

    /// Puts it there.
    ///
    /// # Safety
    /// The place must still exist.
    #[inline]
    pub unsafe fn put(self, value: T) {
        // SAFETY: the caller's promise.
        unsafe { self.0.write(MaybeUninit::new(value)) };
    }
}

/// Runs a future up to where it waits, and drops nothing that it holds.
#[inline]
pub fn leave<F: Future<Output = ()>>(future: F) {
    let mut future = ManuallyDrop::new(future);
    // SAFETY: it stays where it is as long as it is polled. That it is forgotten without a drop nobody notices: what it has
    // borrowed ends with this call, and what it holds belongs to others.
    let future = unsafe { Pin::new_unchecked(&mut *future) };
    let _ = future.poll(&mut Context::from_waker(Waker::noop()));
}
