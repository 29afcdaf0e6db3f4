//! The smallest future that waits.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for a number of polls, then gives that number.
pub fn ticks(count: u8) -> Ticks {
    Ticks { count, seen: 0 }
}

/// The future of [`ticks`].
#[must_use = "futures do nothing unless awaited"]
pub struct Ticks {
    count: u8,
    seen: u8,
}

impl Future for Ticks {
    type Output = u8;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u8> {
        if self.seen == self.count {
            return Poll::Ready(self.count);
        }
        self.seen += 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
