//! A task's future, with its panics kept in.

use super::dump::{self, Telling};
use super::header::{ABORT, DESCRIBE};
use super::{Header, JoinError};
use pin_project::{pin_project, pinned_drop};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wraps the future of a task, which tells by way of `T` what it waits for.
pub(crate) fn contain<T: Telling<F>, F: Future>(future: F, header: &Header) -> Contained<'_, T, F> {
    Contained {
        stage: Stage::Running(future),
        header,
        since: T::Since::default(),
    }
}

/// A future whose panics, while it runs and while it is dropped, go to its output instead of to the executor.
#[pin_project(PinnedDrop)]
pub(crate) struct Contained<'a, T: Telling<F>, F> {
    #[pin]
    stage: Stage<F>,
    header: &'a Header,
    /// When the future was polled last, if that is told.
    since: T::Since,
}

/// The future, for as long as it is needed.
#[pin_project(project = StageProjection)]
enum Stage<F> {
    Running(#[pin] F),
    Ended,
}

impl<T: Telling<F>, F: Future> Contained<'_, T, F> {
    /// What is done at the request of others instead of polling the future.
    #[cold]
    fn answer(self: Pin<&mut Self>, context: &Context<'_>) -> Poll<Outcome<F::Output>> {
        let mut this = self.project();
        if this.header.requests() & ABORT != 0 {
            let dropped = catch_unwind(AssertUnwindSafe(|| this.stage.set(Stage::Ended)));
            return Poll::Ready(Outcome::failed(match dropped {
                Ok(()) => JoinError::aborted(),
                Err(payload) => JoinError::panicked(payload),
            }));
        }
        this.header.withdraw(DESCRIBE);
        if let StageProjection::Running(future) = this.stage.project() {
            dump::tell(T::tell(&future, *this.since));
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<T: Telling<F>, F: Future> Future for Contained<'_, T, F> {
    type Output = Outcome<F::Output>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.header.requests() != 0 {
            return self.answer(context);
        }
        let mut this = self.project();
        // Unwind safe: after a panic the future is only dropped.
        let polled = catch_unwind(AssertUnwindSafe(|| {
            let StageProjection::Running(future) = this.stage.as_mut().project() else {
                return Poll::Ready(Outcome::failed(JoinError::aborted()));
            };
            let output = Outcome(Some(Ok(ready!(future.poll(context)))));
            this.stage.set(Stage::Ended);
            Poll::Ready(output)
        }));
        *this.since = T::now();
        polled.unwrap_or_else(|payload| Poll::Ready(Outcome::failed(JoinError::panicked(payload))))
    }
}

#[pinned_drop]
impl<T: Telling<F>, F> PinnedDrop for Contained<'_, T, F> {
    fn drop(self: Pin<&mut Self>) {
        let mut this = self.project();
        let dropped = catch_unwind(AssertUnwindSafe(|| this.stage.set(Stage::Ended)));
        contain_drop(dropped);
        this.header.finish();
    }
}

/// What a task hands to its handle. Nobody may be left to take it, and a panic while it is dropped is kept in too.
pub(crate) struct Outcome<T>(Option<Result<T, JoinError>>);

impl<T> Outcome<T> {
    fn failed(error: JoinError) -> Self {
        Self(Some(Err(error)))
    }

    /// Takes the result out.
    pub(crate) fn into_result(mut self) -> Result<T, JoinError> {
        self.0.take().unwrap_or_else(|| Err(JoinError::aborted()))
    }
}

impl<T> Drop for Outcome<T> {
    fn drop(&mut self) {
        if let Some(result) = self.0.take() {
            contain_drop(catch_unwind(AssertUnwindSafe(|| drop(result))));
        }
    }
}

/// Drops what a destructor panicked with; the panic hook has reported it already.
fn contain_drop(dropped: std::thread::Result<()>) {
    if let Err(payload) = dropped {
        // The payload itself may panic when it is dropped; what it panics with is not given a third chance.
        if let Err(second) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(second);
        }
    }
}
