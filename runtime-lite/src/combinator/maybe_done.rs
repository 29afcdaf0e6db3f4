//! A future that keeps its output until its siblings are done too.

use super::try_join::Fallible;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use pin_project::pin_project;

/// A future, then its output, then nothing.
#[pin_project(project = MaybeDoneProjection, project_replace = MaybeDoneReplaced)]
pub enum MaybeDone<F: Future> {
    /// Still running.
    Running(#[pin] F),
    /// Has ended; its output waits to be taken.
    Done(F::Output),
    /// Its output was taken.
    Taken,
}

impl<F: Future> MaybeDone<F> {
    /// Polls the future if it is still running; says whether it has ended.
    pub(super) fn poll_done(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> bool {
        match self.as_mut().project() {
            MaybeDoneProjection::Running(future) => match future.poll(context) {
                Poll::Ready(output) => {
                    self.set(Self::Done(output));
                    true
                }
                Poll::Pending => false,
            },
            MaybeDoneProjection::Done(_) => true,
            MaybeDoneProjection::Taken => panic!("a joined future was polled after completion"),
        }
    }

    /// The output, if it is there and was not taken.
    pub(super) fn take(self: Pin<&mut Self>) -> Option<F::Output> {
        let MaybeDone::Done(_) = *self else {
            return None;
        };
        match self.project_replace(Self::Taken) {
            MaybeDoneReplaced::Done(output) => Some(output),
            MaybeDoneReplaced::Running(_) | MaybeDoneReplaced::Taken => None,
        }
    }
}

impl<F: Future> MaybeDone<F>
where
    F::Output: Fallible,
{
    /// The error, if the future has ended with one.
    pub(super) fn take_error(self: Pin<&mut Self>) -> Option<<F::Output as Fallible>::Error> {
        match &*self {
            MaybeDone::Done(output) if output.is_error() => {}
            _ => return None,
        }
        self.take().and_then(|output| output.into_result().err())
    }
}
