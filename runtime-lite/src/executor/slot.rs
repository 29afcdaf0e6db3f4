//! The task to run next.

use crate::sync::{AtomicPtr, Ordering};
use crate::task::Runnable;
use std::ptr::{self, NonNull};

/// Room for the one task that a worker runs next: the one that was woken last, whose data is still in the caches.
///
/// Others take from it only if its worker seems to be stuck.
pub(super) struct NextSlot(AtomicPtr<()>);

impl NextSlot {
    pub(super) fn new() -> Self {
        Self(AtomicPtr::new(ptr::null_mut()))
    }

    /// Puts a task in, and takes out the one that was there.
    pub(super) fn replace(&self, runnable: Runnable) -> Option<Runnable> {
        self.swap(runnable.into_raw().as_ptr())
    }

    /// Whether there is no task in it.
    pub(super) fn is_empty(&self) -> bool {
        self.0.load(Ordering::Relaxed).is_null()
    }

    /// Takes the task out.
    pub(super) fn take(&self) -> Option<Runnable> {
        if self.is_empty() {
            return None;
        }
        self.swap(ptr::null_mut())
    }

    fn swap(&self, runnable: *mut ()) -> Option<Runnable> {
        let found = NonNull::new(self.0.swap(runnable, Ordering::AcqRel))?;
        // SAFETY: only `replace` puts in what is not null, and that comes from `into_raw`; the swap has handed it to
        // this thread alone.
        Some(unsafe { Runnable::from_raw(found) })
    }
}

impl Drop for NextSlot {
    fn drop(&mut self) {
        drop(self.take());
    }
}
