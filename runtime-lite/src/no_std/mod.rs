//! What there is without `std`: no threads, no allocation.

mod fixed;

pub use fixed::{FixedExecutor, Full, ReadyFlags};

use core::future::{Future, IntoFuture};
use core::pin::pin;
use core::task::{Context, Poll, Waker};

/// Runs a future to its end on the calling thread and returns its output, asking it again and again.
///
/// `idle` is called whenever the future is not ready, for instance to let the processor wait for an interrupt.
///
/// ```
/// let mut rounds = 0;
/// let output = runtime_lite::block_on_with(runtime_lite::yield_now(), || rounds += 1);
/// assert_eq!((output, rounds), ((), 1));
/// ```
pub fn block_on_with<F: IntoFuture>(future: F, mut idle: impl FnMut()) -> F::Output {
    let mut future = pin!(future.into_future());
    loop {
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(output) => return output,
            Poll::Pending => idle(),
        }
    }
}

/// Runs a future to its end on the calling thread and returns its output, asking it again and again.
#[cfg(not(feature = "std"))]
pub fn block_on<F: IntoFuture>(future: F) -> F::Output {
    block_on_with(future, core::hint::spin_loop)
}
