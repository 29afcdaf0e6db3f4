//! Putting a thread to sleep until one of its wakers fires.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::Wake;
use std::thread::{self, Thread};
use std::time::Duration;

/// Nobody has woken the thread since it last looked.
const EMPTY: u8 = 0;
/// The thread sleeps in [`Parker::park`].
const PARKED: u8 = 1;
/// The thread was woken and has not looked yet.
const NOTIFIED: u8 = 2;

/// One thread's wake-up flag.
///
/// A wake-up that comes while the thread is awake is remembered, so none is lost; several are remembered as one.
pub(crate) struct Parker {
    state: AtomicU8,
    thread: Thread,
}

impl Parker {
    /// A parker for the calling thread; only this thread may call [`Parker::park`].
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: AtomicU8::new(EMPTY),
            thread: thread::current(),
        })
    }

    /// Sleeps until [`Parker::unpark`] has been called since the last return, or until the time is over; says whether it
    /// was called.
    pub(crate) fn park(&self, timeout: Option<Duration>) -> bool {
        let fall_asleep =
            self.state
                .compare_exchange(EMPTY, PARKED, Ordering::AcqRel, Ordering::Relaxed);
        if fall_asleep.is_err() {
            return self.state.swap(EMPTY, Ordering::Acquire) == NOTIFIED;
        }
        match timeout {
            Some(timeout) => thread::park_timeout(timeout),
            None => {
                while self.state.load(Ordering::Acquire) == PARKED {
                    thread::park();
                }
            }
        }
        self.state.swap(EMPTY, Ordering::Acquire) == NOTIFIED
    }

    /// Wakes the thread, or keeps it from falling asleep.
    pub(crate) fn unpark(&self) {
        if self.state.swap(NOTIFIED, Ordering::AcqRel) == PARKED {
            self.thread.unpark();
        }
    }
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.unpark();
    }
}
