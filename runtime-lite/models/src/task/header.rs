//! A task that is nothing but its header.

use super::registry::Link;
use crate::sync::{AtomicBool, Ordering};
use std::cell::UnsafeCell;
use std::ptr::NonNull;
use std::sync::Arc;
use std::task::{Wake, Waker};

/// A task as the list shows it.
pub(crate) struct TaskInfo {
    pub(crate) id: usize,
}

pub(crate) struct Header {
    id: usize,
    finished: AtomicBool,
    pub(super) link: UnsafeCell<Link>,
    /// Counted by its references.
    _count: Arc<()>,
}

// SAFETY: `link` is reached only through the registry, which says at each access why it is the only one; the rest is `Sync`.
unsafe impl Sync for Header {}
// SAFETY: `Link` holds a pointer to another header and the parts of a waker, and both may be used from any thread.
unsafe impl Send for Header {}

impl Header {
    pub(super) fn info(&self) -> TaskInfo {
        TaskInfo { id: self.id }
    }

    pub(super) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    pub(super) fn finish(&self) {
        self.finished.store(true, Ordering::Release);
    }
}

/// A woken task ends, as those of a closed executor do.
impl Wake for Header {
    fn wake(self: Arc<Self>) {
        self.finish();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.finish();
    }
}

/// A task that is ready to run.
#[derive(Clone)]
pub(crate) struct Runnable(Arc<Header>);

impl Runnable {
    /// A task with a number and a count of its own, which has one reference more than there are tasks left.
    pub(crate) fn new(id: usize, count: Arc<()>) -> Self {
        let link = UnsafeCell::new(Link::NONE);
        Self(Arc::new(Header {
            id,
            finished: AtomicBool::new(false),
            link,
            _count: count,
        }))
    }

    pub(crate) fn numbered(id: usize) -> Self {
        Self::new(id, Arc::new(()))
    }

    pub(crate) fn counted() -> (Self, Arc<()>) {
        let count = Arc::new(());
        (Self::new(0, count.clone()), count)
    }

    pub(crate) fn number(self) -> usize {
        self.0.id
    }

    pub(crate) fn metadata(&self) -> &Header {
        &self.0
    }

    pub(crate) fn waker(&self) -> Waker {
        Waker::from(self.0.clone())
    }

    pub(crate) fn into_raw(self) -> NonNull<()> {
        NonNull::new(Arc::into_raw(self.0).cast_mut().cast()).expect("a reference is not null")
    }

    /// # Safety
    /// The pointer comes from `into_raw` and was not used for this before.
    pub(crate) unsafe fn from_raw(pointer: NonNull<()>) -> Self {
        // SAFETY: as the caller promises.
        Self(unsafe { Arc::from_raw(pointer.as_ptr().cast()) })
    }
}
