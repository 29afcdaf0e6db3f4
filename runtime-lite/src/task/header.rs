//! What is known of a task without knowing its future.

use super::registry::Link;
use crate::{executor, local};
use std::cell::{Cell, UnsafeCell};
use std::fmt::{self, Display, Formatter};
use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

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

/// A live task, as [`Executor::tasks`](crate::Executor::tasks) lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskInfo {
    /// The task's number.
    pub id: TaskId,
    /// The name it was spawned with, if any.
    pub name: Option<String>,
}

/// Where a task goes when it is woken.
pub(crate) enum Home {
    /// To the threads for blocking code, and it is never woken.
    Blocking,
    /// To the queue of a [`LocalExecutor`](crate::LocalExecutor).
    Local(Arc<local::Shared>),
    /// To a queue of an [`Executor`](crate::Executor).
    Executor(Arc<executor::Shared>),
}

/// Asks a task to end.
pub(super) const ABORT: u8 = 1;
/// Asks a task to describe itself, on a thread that has [taken it aside](super::dump).
pub(super) const DESCRIBE: u8 = 2;

/// The part of a task that its handle, its executor and its future share.
pub(crate) struct Header {
    pub(crate) id: TaskId,
    pub(crate) name: Option<Box<str>>,
    pub(crate) home: Home,
    /// What is asked of the task the next time it would run: [`ABORT`] or [`DESCRIBE`]. One byte for both, so that a poll that
    /// is asked for nothing looks once.
    requests: AtomicU8,
    finished: AtomicBool,
    /// Written by [`Registry::insert`](super::Registry::insert) before the task is first scheduled, and from then on
    /// only under the registry's rules.
    pub(super) link: UnsafeCell<Link>,
}

// SAFETY: all but `link` is `Sync` by itself: shared queues and flags. `Link` is reached only through the registry, which
// says at each access why it is the only one.
unsafe impl Sync for Header {}
// SAFETY: `Link` holds a pointer to another header and the parts of a waker, and both may be used from any thread.
unsafe impl Send for Header {}

impl Header {
    pub(crate) fn new(home: Home, name: Option<Box<str>>) -> Self {
        Self {
            id: TaskId::next(),
            name,
            home,
            requests: AtomicU8::new(0),
            finished: AtomicBool::new(false),
            link: UnsafeCell::new(Link::NONE),
        }
    }

    pub(crate) fn info(&self) -> TaskInfo {
        TaskInfo {
            id: self.id,
            name: self.name.as_deref().map(String::from),
        }
    }

    /// What is asked of the task instead of running.
    pub(super) fn requests(&self) -> u8 {
        self.requests.load(Ordering::Acquire)
    }

    /// Asks something of the task the next time it would run.
    pub(super) fn request(&self, request: u8) {
        self.requests.fetch_or(request, Ordering::AcqRel);
    }

    /// Takes back [`Header::request`].
    pub(super) fn withdraw(&self, request: u8) {
        self.requests.fetch_and(!request, Ordering::AcqRel);
    }

    /// Whether the task's future is gone.
    pub(super) fn is_finished(&self) -> bool {
        self.finished.load(Ordering::Acquire)
    }

    /// Notes that the task's future is gone.
    pub(super) fn finish(&self) {
        self.finished.store(true, Ordering::Release);
    }
}
