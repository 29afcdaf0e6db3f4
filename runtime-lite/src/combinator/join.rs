//! Waiting for all of several futures.
#![allow(
    non_snake_case,
    reason = "each future's field has the name of its type parameter"
)]

use super::for_each_arity;
use super::maybe_done::MaybeDone;
use core::future::{Future, IntoFuture};
use core::pin::Pin;
use core::task::{Context, Poll};
use pin_project::pin_project;

/// A tuple of futures that [`join`] can run together.
pub trait JoinTuple {
    /// The outputs, in the order of the futures.
    type Outputs;
    /// The futures as they run.
    type Running: Future<Output = Self::Outputs>;
    /// Puts the futures where they run.
    fn start(self) -> Self::Running;
}

/// The future of [`join`].
#[pin_project]
#[must_use = "futures do nothing unless awaited"]
pub struct Join<T: JoinTuple> {
    #[pin]
    running: T::Running,
}

/// Runs all futures of a tuple together, in one task, and hands out all outputs.
///
/// ```
/// let sum = runtime_lite::block_on(async {
///     let (one, two) = runtime_lite::join((async { 1 }, async { 2 })).await;
///     one + two
/// });
/// assert_eq!(sum, 3);
/// ```
pub fn join<T: JoinTuple>(futures: T) -> Join<T> {
    Join {
        running: futures.start(),
    }
}

impl<T: JoinTuple> Future for Join<T> {
    type Output = T::Outputs;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T::Outputs> {
        self.project().running.poll(context)
    }
}

macro_rules! define_join {
    ($count:literal: $($future:ident $index:tt),*) => {
        const _: () = {
            #[pin_project]
            pub struct Running<$($future: Future),*> {
                first: usize,
                $(#[pin] $future: MaybeDone<$future>,)*
            }

            impl<$($future: IntoFuture),*> JoinTuple for ($($future,)*) {
                type Outputs = ($($future::Output,)*);
                type Running = Running<$($future::IntoFuture),*>;

                fn start(self) -> Self::Running {
                    Running { first: 0, $($future: MaybeDone::Running(self.$index.into_future()),)* }
                }
            }

            impl<$($future: Future),*> Future for Running<$($future),*> {
                type Output = ($($future::Output,)*);

                #[allow(clippy::modulo_one)]
                fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                    let mut this = self.project();
                    let mut all_done = true;
                    // Each poll starts with the next future, so that none can hold the others back.
                    for offset in 0..$count {
                        match (*this.first + offset) % $count {
                            $($index => all_done &= this.$future.as_mut().poll_done(context),)*
                            _ => {}
                        }
                    }
                    *this.first = (*this.first + 1) % $count;
                    if !all_done {
                        return Poll::Pending;
                    }
                    match ($(this.$future.take(),)*) {
                        ($(Some($future),)*) => Poll::Ready(($($future,)*)),
                        _ => Poll::Pending,
                    }
                }
            }
        };
    };
}
for_each_arity!(define_join);
