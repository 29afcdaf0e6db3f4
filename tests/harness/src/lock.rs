//! A lock whose release is recorded.

use crate::leaf::{Leaf, leaf};
use crate::trace;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, TryLockError};
use std::task::{Context, Poll};

/// A lock whose guard is asked for synchronously or asynchronously and records its release.
pub struct Lock<T> {
    name: &'static str,
    content: Mutex<T>,
}

/// A [`Lock`] of this name.
pub fn lock<T>(name: &'static str, content: T) -> Lock<T> {
    Lock {
        name,
        content: Mutex::new(content),
    }
}

impl<T> Lock<T> {
    /// Takes the lock; a lock that is held already is recorded and panics.
    pub fn guard(&self) -> Guard<'_, T> {
        trace::step(format!("lock {}", self.name));
        let content = match self.content.try_lock() {
            Ok(content) => content,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => panic!("{} is locked", self.name),
        };
        Guard {
            name: self.name,
            content,
        }
    }

    /// Takes the lock after one suspension.
    pub fn acquire(&self) -> Acquire<'_, T> {
        Acquire {
            leaf: leaf(format!("acquire {}", self.name), 1, ()),
            lock: self,
        }
    }

    /// Whether somebody holds it.
    pub fn is_held(&self) -> bool {
        let held = matches!(self.content.try_lock(), Err(TryLockError::WouldBlock));
        trace::step(format!("{} held: {held}", self.name));
        held
    }
}

/// Exclusive access to the content of a [`Lock`].
pub struct Guard<'a, T> {
    name: &'static str,
    content: MutexGuard<'a, T>,
}

impl<T> Guard<'_, T> {
    /// Uses the content asynchronously; the future borrows the guard.
    pub fn flush(&self) -> Leaf<()> {
        leaf(format!("flush {}", self.name), 1, ())
    }

    /// Releases the lock and suspends once.
    pub fn release(self) -> Leaf<()> {
        leaf(format!("release {}", self.name), 1, ())
    }
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.content
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        trace::step(format!("unlock {}", self.name));
    }
}

/// The future of [`Lock::acquire`].
pub struct Acquire<'a, T> {
    leaf: Leaf<()>,
    lock: &'a Lock<T>,
}

impl<'a, T> Future for Acquire<'a, T> {
    type Output = Guard<'a, T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<'a, T>> {
        let lock = self.lock;
        // SAFETY: the leaf stays where it is until the whole future is dropped.
        let leaf = unsafe { self.map_unchecked_mut(|this| &mut this.leaf) };
        leaf.poll(context).map(|()| lock.guard())
    }
}
