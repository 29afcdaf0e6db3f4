//! The wall between a function's future and its machine's type.
//!
//! A machine's type spells out the types of the futures it awaits, and they theirs. Returned as it is, it would double
//! in length with every call level. [`Hidden`] names only the function that builds the machine: the machine itself is
//! reached by projection, in a field, so no type argument anywhere mentions it.

use core::future::Future;
use core::marker::PhantomPinned;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

/// An `async fn` that takes the tuple `Arguments` and gives out a machine the first time it is polled.
pub trait Builder<Arguments> {
    /// The machine.
    type Machine: Future;

    /// Makes the machine, in its initial state.
    fn build(self, arguments: Arguments) -> Self::Machine;
}

/// The future of a lowered function.
pub struct Hidden<B: Builder<Arguments>, Arguments> {
    machine: B::Machine,
    /// Like the future of an `async fn`, this one is never `Unpin`.
    _pinned: PhantomPinned,
}

/// Builds the machine with the function's arguments. Runs none of the function's body.
#[inline]
pub fn hidden<B: Builder<Arguments>, Arguments>(builder: B, arguments: Arguments) -> Hidden<B, Arguments> {
    Hidden { machine: builder.build(arguments), _pinned: PhantomPinned }
}

impl<B: Builder<Arguments>, Arguments> Future for Hidden<B, Arguments> {
    type Output = <B::Machine as Future>::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: `machine` is structurally pinned. `Hidden` is never `Unpin`, has no `Drop`, and nothing else hands out
        // access to the field, so a pinned `Hidden` never moves it.
        unsafe { self.map_unchecked_mut(|hidden| &mut hidden.machine) }.poll(context)
    }
}

/// Takes the machine out of its builder's future, which is ready at once because the builder awaits nothing.
#[inline]
fn finished<F: Future>(builder: F) -> F::Output {
    match pin!(builder).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(machine) => machine,
        Poll::Pending => unreachable!(),
    }
}

macro_rules! builder_of {
    ($($argument:ident)*) => {
        impl<B, R, $($argument),*> Builder<($($argument,)*)> for B
        where
            B: FnOnce($($argument),*) -> R,
            R: Future,
            R::Output: Future,
        {
            type Machine = R::Output;

            #[inline]
            #[allow(non_snake_case)]
            fn build(self, ($($argument,)*): ($($argument,)*)) -> R::Output {
                finished(self($($argument),*))
            }
        }
    };
}

builder_of!();
builder_of!(A1);
builder_of!(A1 A2);
builder_of!(A1 A2 A3);
builder_of!(A1 A2 A3 A4);
builder_of!(A1 A2 A3 A4 A5);
builder_of!(A1 A2 A3 A4 A5 A6);
builder_of!(A1 A2 A3 A4 A5 A6 A7);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15);
builder_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16);

/// What a function pointer returns.
pub trait Returned {
    /// The type behind the arrow.
    type Type;
}

impl<R> Returned for fn() -> R {
    type Type = R;
}

/// The type `!`, which stable Rust lets nobody write in `impl Future<Output = !>`.
pub type Never = <fn() -> ! as Returned>::Type;
