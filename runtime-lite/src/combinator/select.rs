//! Waiting for the first of several futures.
#![allow(
    non_snake_case,
    reason = "each future's field has the name of its type parameter"
)]

use super::for_each_arity;
use super::{Choice, turn};
use core::future::{Future, IntoFuture};
use core::pin::Pin;
use core::task::{Context, Poll};
use pin_project::pin_project;

/// A tuple of futures of which [`select`] waits for the first.
pub trait SelectTuple {
    /// The first output, with its place.
    type Choice;
    /// The futures as they run.
    type Running: Future<Output = Self::Choice>;
    /// Puts the futures where they run.
    fn start(self) -> Self::Running;
}

/// The future of [`select`].
#[pin_project]
#[must_use = "futures do nothing unless awaited"]
pub struct Select<T: SelectTuple> {
    #[pin]
    running: T::Running,
}

/// Runs all futures of a tuple together until the first ends, and says which one that was.
///
/// The future polled first is another one at each call, so that in a loop each of several futures that are always ready
/// gets its turn. The others are dropped with the [`Select`]; hand in `&mut future` to keep one.
///
/// ```
/// use runtime_lite::{Choice, block_on, select};
///
/// let first = block_on(select((std::future::pending::<u8>(), async { "done" })));
/// assert_eq!(first, Choice::B("done"));
/// ```
pub fn select<T: SelectTuple>(futures: T) -> Select<T> {
    Select {
        running: futures.start(),
    }
}

impl<T: SelectTuple> Future for Select<T> {
    type Output = T::Choice;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T::Choice> {
        self.project().running.poll(context)
    }
}

/// A tuple of futures with one type of output, of which [`race`] waits for the first.
pub trait RaceTuple: SelectTuple {
    /// The type of every output.
    type Output;
    /// The output, without its place.
    fn winner(choice: Self::Choice) -> Self::Output;
}

/// The future of [`race`].
#[pin_project]
#[must_use = "futures do nothing unless awaited"]
pub struct Race<T: RaceTuple> {
    #[pin]
    running: T::Running,
}

/// Runs all futures of a tuple together until the first ends, and hands out its output.
///
/// ```
/// let winner = runtime_lite::block_on(runtime_lite::race((std::future::pending(), async { 7 })));
/// assert_eq!(winner, 7);
/// ```
pub fn race<T: RaceTuple>(futures: T) -> Race<T> {
    Race {
        running: futures.start(),
    }
}

impl<T: RaceTuple> Future for Race<T> {
    type Output = T::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T::Output> {
        self.project().running.poll(context).map(T::winner)
    }
}

macro_rules! define_select {
    ($count:literal: $($future:ident $index:tt),*) => {
        const _: () = {
            #[pin_project]
            pub struct Running<$($future),*> {
                first: Option<usize>,
                $(#[pin] $future: $future,)*
            }

            impl<$($future: IntoFuture),*> SelectTuple for ($($future,)*) {
                type Choice = Choice<$($future::Output),*>;
                type Running = Running<$($future::IntoFuture),*>;

                fn start(self) -> Self::Running {
                    Running { first: None, $($future: self.$index.into_future(),)* }
                }
            }

            impl<Output, $($future: IntoFuture<Output = Output>),*> RaceTuple for ($($future,)*) {
                type Output = Output;

                fn winner(choice: Self::Choice) -> Output {
                    match choice {
                        $(Choice::$future(output) => output,)*
                    }
                }
            }

            impl<$($future: Future),*> Future for Running<$($future),*> {
                type Output = Choice<$($future::Output),*>;

                #[allow(clippy::modulo_one)]
                fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                    let mut this = self.project();
                    let first = this.first.get_or_insert_with(|| turn::next() % $count);
                    for offset in 0..$count {
                        match (*first + offset) % $count {
                            $($index => if let Poll::Ready(output) = this.$future.as_mut().poll(context) {
                                return Poll::Ready(Choice::$future(output));
                            })*
                            _ => {}
                        }
                    }
                    Poll::Pending
                }
            }
        };
    };
}
for_each_arity!(define_select);
