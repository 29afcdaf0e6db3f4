//! What the tests share.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use pollster::block_on;

/// Suspends once.
pub fn pause() -> Pause {
    Pause { is_over: false }
}

pub struct Pause {
    is_over: bool,
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.is_over, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Holds only if the future can go to another thread.
pub fn sendable<F: Future + Send>(future: F) -> F {
    future
}
