//! Waiting for a task.

use super::contained::Outcome;
use super::header::ABORT;
use super::{Header, JoinError, TaskId};
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, ready};

/// Waits for a task: a future of its output, or of why there is none.
///
/// Dropping the handle lets the task run on, as [`JoinHandle::detach`] does.
///
/// ```
/// use runtime_lite::{block_on, spawn_blocking};
///
/// let sum = block_on(spawn_blocking(|| 1 + 2)).unwrap();
/// assert_eq!(sum, 3);
/// let error = block_on(spawn_blocking(|| panic!("no luck"))).map(|(): ()| ()).unwrap_err();
/// assert_eq!(error.to_string(), "the task panicked: no luck");
/// ```
#[must_use = "a dropped handle lets its task run on; say `detach()` if that is meant"]
pub struct JoinHandle<T> {
    /// `None` once the task was let go of.
    task: Option<async_task::FallibleTask<Outcome<T>, Header>>,
    /// In the task's allocation, which lives for as long as `task` does.
    header: NonNull<Header>,
}

// SAFETY: `header` is only read through `&Header`, and `Header` is `Sync`; the rest is an `async_task::FallibleTask`,
// which is `Send` and hands out `T` by value only, under these bounds.
unsafe impl<T: Send> Send for JoinHandle<T> {}
// SAFETY: as above; nothing of `T` is reached through `&JoinHandle<T>`.
unsafe impl<T> Sync for JoinHandle<T> {}

impl<T> Unpin for JoinHandle<T> {}

impl<T> JoinHandle<T> {
    pub(crate) fn new(task: async_task::Task<Outcome<T>, Header>) -> Self {
        let header = NonNull::from(task.metadata());
        Self {
            task: Some(task.fallible()),
            header,
        }
    }

    fn header(&self) -> &Header {
        // SAFETY: the header lives in the task's allocation, which `self.task` keeps until `self` is dropped:
        // it is taken out only in `detach` and `drop`, which own `self`.
        unsafe { self.header.as_ref() }
    }

    /// The name the task was spawned with, if any.
    pub fn name(&self) -> Option<&str> {
        self.header().name.as_deref()
    }

    /// The task's number.
    pub fn id(&self) -> TaskId {
        self.header().id
    }

    /// Ends the task: its future is dropped, in whatever state it is, the next time its executor would run it, which is
    /// at once if the executor is not busy. A task that has ended, or ends before it would run again, is not touched.
    ///
    /// The handle then gives a [`JoinError`] with [`is_aborted`](JoinError::is_aborted).
    pub fn abort(&self) {
        let header = self.header();
        header.request(ABORT);
        header.wake();
    }

    /// Lets the task run on by itself.
    pub fn detach(mut self) {
        self.let_go();
    }

    /// Whether the task has ended, in whatever way.
    pub fn is_finished(&self) -> bool {
        self.task.as_ref().is_none_or(|task| task.is_finished())
    }

    fn let_go(&mut self) {
        if let Some(task) = self.task.take() {
            task.detach();
        }
    }
}

impl<T> Future for JoinHandle<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(task) = self.task.as_mut() else {
            return Poll::Ready(Err(JoinError::aborted()));
        };
        let outcome = ready!(Pin::new(task).poll(context));
        Poll::Ready(outcome.map_or_else(|| Err(JoinError::aborted()), Outcome::into_result))
    }
}

impl<T> Drop for JoinHandle<T> {
    fn drop(&mut self) {
        self.let_go();
    }
}

impl<T> Debug for JoinHandle<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("JoinHandle");
        debug
            .field("id", &self.id())
            .field("finished", &self.is_finished())
            .finish()
    }
}
