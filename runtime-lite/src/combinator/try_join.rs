//! Waiting for all of several futures, or for the first error.
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

/// A tuple of futures of results that [`try_join`] can run together.
pub trait TryJoinTuple {
    /// The values, in the order of the futures.
    type Outputs;
    /// The error that all futures share.
    type Error;
    /// The futures as they run.
    type Running: Future<Output = Result<Self::Outputs, Self::Error>>;
    /// Puts the futures where they run.
    fn start(self) -> Self::Running;
}

/// The future of [`try_join`].
#[pin_project]
#[must_use = "futures do nothing unless awaited"]
pub struct TryJoin<T: TryJoinTuple> {
    #[pin]
    running: T::Running,
}

/// Runs all futures of a tuple together and hands out all values, or the first error.
///
/// The other futures are dropped with the [`TryJoin`], which has ended when the first error is there.
///
/// ```
/// let outcome: Result<(u8, u8), &str> = runtime_lite::block_on(runtime_lite::try_join((
///     async { Ok(1) },
///     async { Err("no") },
/// )));
/// assert_eq!(outcome, Err("no"));
/// ```
pub fn try_join<T: TryJoinTuple>(futures: T) -> TryJoin<T> {
    TryJoin {
        running: futures.start(),
    }
}

impl<T: TryJoinTuple> Future for TryJoin<T> {
    type Output = Result<T::Outputs, T::Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.project().running.poll(context)
    }
}

/// A result, whose types can be named even where only a type parameter stands for it.
pub trait Fallible {
    /// The value.
    type Value;
    /// The error.
    type Error;
    /// Whether this is an error.
    fn is_error(&self) -> bool;
    /// The result this is.
    fn into_result(self) -> Result<Self::Value, Self::Error>;
}

impl<T, E> Fallible for Result<T, E> {
    type Value = T;
    type Error = E;

    fn is_error(&self) -> bool {
        self.is_err()
    }

    fn into_result(self) -> Result<T, E> {
        self
    }
}

/// The value of a future of a result.
type ValueOf<F> = <<F as IntoFuture>::Output as Fallible>::Value;

macro_rules! define_try_join {
    ($count:literal: $($future:ident $index:tt),*) => {
        const _: () = {
            #[pin_project]
            pub struct Running<$($future: Future),*> {
                first: usize,
                $(#[pin] $future: MaybeDone<$future>,)*
            }

            impl<Error, $($future: IntoFuture),*> TryJoinTuple
                for ($($future,)*)
            where
                $($future::Output: Fallible<Error = Error>,)*
            {
                type Outputs = ($(ValueOf<$future>,)*);
                type Error = Error;
                type Running = Running<$($future::IntoFuture),*>;

                fn start(self) -> Self::Running {
                    Running { first: 0, $($future: MaybeDone::Running(self.$index.into_future()),)* }
                }
            }

            impl<Error, $($future: Future),*> Future
                for Running<$($future),*>
            where
                $($future::Output: Fallible<Error = Error>,)*
            {
                type Output = Result<($(ValueOf<$future>,)*), Error>;

                #[allow(clippy::modulo_one)]
                fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                    let mut this = self.project();
                    let mut all_done = true;
                    for offset in 0..$count {
                        match (*this.first + offset) % $count {
                            $($index => {
                                all_done &= this.$future.as_mut().poll_done(context);
                                if let Some(error) = this.$future.as_mut().take_error() {
                                    return Poll::Ready(Err(error));
                                }
                            })*
                            _ => {}
                        }
                    }
                    *this.first = (*this.first + 1) % $count;
                    if !all_done {
                        return Poll::Pending;
                    }
                    match ($(this.$future.take(),)*) {
                        ($(Some($future),)*) => Poll::Ready(Ok(($($future.into_result()?,)*))),
                        _ => Poll::Pending,
                    }
                }
            }
        };
    };
}
for_each_arity!(define_try_join);
