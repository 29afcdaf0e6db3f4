//! What is known of a task without knowing its future.

use std::cell::Cell;
use std::fmt::{self, Display, Formatter};
use std::num::NonZeroU64;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A task that is ready to run.
pub(crate) type Runnable = async_task::Runnable<Header>;

/// The number of a task, unlike that of every other task of the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(NonZeroU64);

impl Display for TaskId {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl TaskId {
    /// How many numbers a thread takes at a time.
    const BLOCK: u64 = 256;

    /// The next free number, from a block that belongs to the calling thread.
    fn next() -> Self {
        static NEXT_BLOCK: AtomicU64 = AtomicU64::new(0);
        thread_local! {
            static NEXT: Cell<u64> = const { Cell::new(0) };
        }
        let mut next = NEXT.get();
        if next % Self::BLOCK == 0 {
            next = NEXT_BLOCK.fetch_add(Self::BLOCK, Ordering::Relaxed);
        }
        NEXT.set(next + 1);
        Self(NonZeroU64::MIN.saturating_add(next))
    }
}

/// The part of a task that its handle, its executor and its future share.
pub(crate) struct Header {
    pub(crate) id: TaskId,
    aborted: AtomicBool,
}

impl Header {
    pub(crate) fn new() -> Self {
        Self {
            id: TaskId::next(),
            aborted: AtomicBool::new(false),
        }
    }

    /// Whether the task is to end without running further.
    pub(crate) fn is_aborted(&self) -> bool {
        self.aborted.load(Ordering::Acquire)
    }

    /// Ends the task the next time it would run.
    pub(crate) fn abort(&self) {
        self.aborted.store(true, Ordering::Release);
    }
}
