//! A poll function's body in which `return` returns the output, not a `Poll` of it.

use core::convert::Infallible;
use core::future::Future;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

/// Polls `body` once. It is pending if it [stays](stay).
#[inline]
pub fn in_one_poll<T>(body: impl Future<Output = T>) -> Poll<T> {
    pin!(body).poll(&mut Context::from_waker(Waker::noop()))
}

/// Leaves the poll function without an output: the block around is dropped here.
#[inline]
pub fn stay() -> Stay {
    Stay
}

/// Never ready.
pub struct Stay;

impl Future for Stay {
    type Output = Infallible;

    #[inline]
    fn poll(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Infallible> {
        Poll::Pending
    }
}
