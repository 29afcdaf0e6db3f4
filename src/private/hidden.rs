//! The machine, and the wall between a function's future and its machine's type.
//!
//! A machine's type spells out the types of the futures it awaits, and they theirs. Returned as it is, it would double
//! in length with every call level. [`Hidden`] names only the function that builds the machine: state and step are
//! reached by projection, in fields, so no type argument anywhere mentions them.
//!
//! Every layer between a future and the futures in its state brings the compiler's recursion limit closer. That is why
//! the enum of states is a field of [`Hidden`] itself, not of a machine within it, and stands in no `ManuallyDrop` or
//! `MaybeUninit`: instead, [`Hidden`] leaves it in a state that holds nothing before the compiler drops it.

use core::fmt::{self, Debug, Display, Formatter};
use core::future::Future;
use core::marker::PhantomPinned;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use super::describe::{MachinePicture, RawState, state_of};
use crate::{State, StateFuture};

/// A state, and the function that carries it on.
pub struct Machine<State, Step> {
    state: State,
    step: Step,
}

impl<State, Step> Machine<State, Step> {
    /// Puts a state and its step together. Whoever calls this must have made `step` for this very type of state: that is
    /// what lets a [`Hidden`] future hand the one to the other.
    #[inline]
    pub(super) fn new(state: State, step: Step) -> Self {
        Machine { state, step }
    }
}

/// What carries a state on whose type is not told.
///
/// # Safety
/// Both functions must treat `state` as a pinned reference to the state that stands beside `self` in its [`Machine`], and
/// after [`cancel`](Step::cancel) that state must have nothing to drop, even if it panics.
pub unsafe trait Step {
    /// What the machine ends with.
    type Output;
    /// What is known of the machine before it runs.
    const PICTURE: &'static MachinePicture;

    /// In which state the machine is.
    ///
    /// # Safety
    /// `state` must point to the state out of the same [`Machine`] as this, which nothing else uses meanwhile but futures in it.
    unsafe fn state(&self, state: *const ()) -> RawState;

    /// Carries the state on as far as it goes now.
    ///
    /// # Safety
    /// `state` must point to the pinned state out of the same [`Machine`] as this, and nothing else may use that state
    /// meanwhile.
    unsafe fn step(&mut self, state: *mut (), context: &mut Context<'_>) -> Poll<Self::Output>;

    /// Drops what the state holds. It holds nothing afterwards, nor while that unwinds.
    ///
    /// # Safety
    /// As for [`step`](Step::step), and the state is not used again.
    unsafe fn cancel(state: *mut ());
}

/// An `async fn` that takes the tuple `Arguments` and gives out a machine the first time it is polled.
pub trait Builder<Arguments> {
    /// The machine's state.
    type State;
    /// What carries it on.
    type Step: Step;

    /// Makes the machine, in its initial state.
    fn build(self, arguments: Arguments) -> Machine<Self::State, Self::Step>;
}

/// The future of a lowered function.
pub struct Hidden<B: Builder<Arguments>, Arguments> {
    state: B::State,
    step: B::Step,
    /// Like the future of an `async fn`, this one is never `Unpin`.
    _pinned: PhantomPinned,
}

/// Builds the machine with the function's arguments. Runs none of the function's body.
#[inline]
pub fn hidden<B: Builder<Arguments>, Arguments>(
    builder: B,
    arguments: Arguments,
) -> Hidden<B, Arguments> {
    let Machine { state, step } = builder.build(arguments);
    Hidden {
        state,
        step,
        _pinned: PhantomPinned,
    }
}

impl<B: Builder<Arguments>, Arguments> Future for Hidden<B, Arguments> {
    type Output = <B::Step as Step>::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: `state` is structurally pinned: `Hidden` is never `Unpin`, its `Drop` leaves the state in place, and
        // nothing else hands out access to the field. `step` is not pinned.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: state and step come out of one `Machine`, and the state is borrowed here.
        unsafe { this.step.step((&raw mut this.state).cast(), context) }
    }
}

impl<B: Builder<Arguments>, Arguments> Drop for Hidden<B, Arguments> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: state and step come out of one `Machine`; the state is as pinned as `self` is, and drops last. What the
        // compiler drops after this finds nothing in it.
        unsafe { B::Step::cancel((&raw mut self.state).cast()) };
    }
}

impl<B: Builder<Arguments>, Arguments> StateFuture for Hidden<B, Arguments> {
    fn state(&self) -> State<'_> {
        // SAFETY: state and step come out of one `Machine`, and the state is borrowed here.
        state_of(unsafe { self.step.state((&raw const self.state).cast()) })
    }

    fn picture() -> Option<&'static MachinePicture> {
        Some(<B::Step as Step>::PICTURE)
    }
}

impl<B: Builder<Arguments>, Arguments> Debug for Hidden<B, Arguments> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.state(), formatter)
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
        impl<B, R, St, Sp, $($argument),*> Builder<($($argument,)*)> for B
        where
            B: FnOnce($($argument),*) -> R,
            R: Future<Output = Machine<St, Sp>>,
            Sp: Step,
        {
            type State = St;
            type Step = Sp;

            #[inline]
            #[allow(non_snake_case)]
            fn build(self, ($($argument,)*): ($($argument,)*)) -> Machine<St, Sp> {
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
