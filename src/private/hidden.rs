//! The machine, and the wall between a function's future and its machine's type.
//!
//! A machine's type spells out the types of the futures it awaits, and they theirs. Returned as it is, it would double
//! in length with every call level. [`Hidden`] names only the function that builds the machine: state and step are
//! reached by projection, in fields, so no type argument anywhere mentions them.
//!
//! Every layer between a future and the futures in its state brings the compiler's recursion limit closer. That is why
//! the enum of states is a field of [`Hidden`] itself, not of a machine within it, and stands in no `ManuallyDrop` or
//! `MaybeUninit`: instead, [`Hidden`] leaves it in a state that holds nothing before the compiler drops it.

use core::fmt::{self, Debug, Formatter};
use core::future::Future;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{ManuallyDrop, MaybeUninit};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::describe::{MachinePicture, RawState, state_of};
use crate::{State, StateFuture};

/// The types of a state and of what carries it on. There is never a value of it: what returns it is only asked for its type.
pub struct Machine<State, Step>(PhantomData<(State, Step)>);

impl<State, Step> Machine<State, Step> {
    /// Puts the two types together. Whoever calls this must have made `Step` for this very type of state: that is what lets a
    /// [`Hidden`] future hand the one to the other.
    #[inline]
    pub(super) fn new() -> Self {
        Machine(PhantomData)
    }
}

/// What carries a state on whose type is not told.
///
/// # Safety
/// All functions must treat `state` as a pointer to the state that stands beside `Self` in its [`Machine`]. After
/// [`cancel`](Step::cancel) that state must have nothing to drop, even if it panics.
pub unsafe trait Step {
    /// What the machine ends with.
    type Output;
    /// What is known of the machine before it runs.
    const PICTURE: &'static MachinePicture;

    /// In which state the machine is.
    ///
    /// # Safety
    /// `state` must point to the state out of the same [`Machine`] as this, which nothing else uses meanwhile but futures in it.
    unsafe fn state(state: *const ()) -> RawState;

    /// Makes the initial state of the function's arguments. Runs none of the function's body.
    ///
    /// # Safety
    /// `state` must point to room for the state, and `arguments` to the tuple of the arguments, which is moved out of.
    unsafe fn start(state: *mut (), arguments: *mut ());

    /// Carries the state on as far as it goes now.
    ///
    /// # Safety
    /// `state` must point to the pinned state, and nothing else may use that meanwhile.
    unsafe fn step(state: *mut (), context: &mut Context<'_>) -> Poll<Self::Output>;

    /// Drops what the state holds. It holds nothing afterwards, nor while that unwinds.
    ///
    /// # Safety
    /// As for [`step`](Step::step), and the state is not used again.
    unsafe fn cancel(state: *mut ());
}

/// An `async fn` that takes the tuple `Arguments` and tells the types of a machine. It is never called.
pub trait Builder<Arguments> {
    /// The machine's state.
    type State;
    /// What carries it on.
    type Step: Step;
}

/// The future of a lowered function.
pub struct Hidden<B: Builder<Arguments>, Arguments> {
    pub(super) state: B::State,
    /// Like the future of an `async fn`, this one is never `Unpin`.
    pub(super) _pinned: PhantomPinned,
}

/// Makes the machine of the function's arguments, in place: an argument is moved once. Runs none of the function's body.
#[inline]
pub fn hidden<B: Builder<Arguments>, Arguments>(
    _builder: B,
    arguments: Arguments,
) -> Hidden<B, Arguments> {
    let mut arguments = ManuallyDrop::new(arguments);
    let mut future = MaybeUninit::<Hidden<B, Arguments>>::uninit();
    // SAFETY: state and step come out of one `Machine`. The builder takes the arguments by type, and so does its state. They
    // are not used again. All of the future that is not of size zero is its state.
    unsafe {
        B::Step::start(
            (&raw mut (*future.as_mut_ptr()).state).cast(),
            (&raw mut arguments).cast(),
        );
        future.assume_init()
    }
}

impl<B: Builder<Arguments>, Arguments> Future for Hidden<B, Arguments> {
    type Output = <B::Step as Step>::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // SAFETY: `state` is structurally pinned: `Hidden` is never `Unpin`, its `Drop` leaves the state in place, and
        // nothing else hands out access to the field.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: state and step come out of one `Machine`, and the state is borrowed here.
        unsafe { B::Step::step((&raw mut this.state).cast(), context) }
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
        state_of(unsafe { B::Step::state((&raw const self.state).cast()) })
    }

    fn picture() -> Option<&'static MachinePicture> {
        Some(<B::Step as Step>::PICTURE)
    }
}

impl<B: Builder<Arguments>, Arguments> Debug for Hidden<B, Arguments> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.state(), formatter)
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
