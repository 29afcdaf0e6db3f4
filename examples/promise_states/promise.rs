//! A future watched from outside.

use pin_project::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Where a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Made, but never polled: nothing of it has run.
    Initial,
    /// Polled, and waiting.
    Pending,
    /// Its output was handed out.
    Ended,
}

/// A future and where it stands.
#[pin_project]
pub struct Promise<F> {
    #[pin]
    future: F,
    state: State,
}

impl<F: Future> Promise<F> {
    /// A promise that nobody has polled.
    pub fn new(future: F) -> Self {
        Self {
            future,
            state: State::Initial,
        }
    }

    /// Where the promise stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// Polls the promise unless it has ended; gives its output if it ends with this.
    pub fn poll_once(self: Pin<&mut Self>, context: &mut Context<'_>) -> Option<F::Output> {
        let this = self.project();
        if *this.state == State::Ended {
            return None;
        }
        match this.future.poll(context) {
            Poll::Pending => {
                *this.state = State::Pending;
                None
            }
            Poll::Ready(output) => {
                *this.state = State::Ended;
                Some(output)
            }
        }
    }
}
