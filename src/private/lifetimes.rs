//! Lifetimes that a machine's type cannot name.
//!
//! A future that borrows from two arguments lives as long as both do. In its type stands a lifetime that is neither's, and no
//! opaque return type can name that one. So the machine is told that both arguments live as long as *one* of them. Nobody can
//! see it: the return type captures every lifetime of the signature, so outside the future is taken to borrow from both; the
//! machine's body has been checked for all lifetimes there are, and no code depends on which one it gets.

use core::marker::PhantomData;
use core::mem::{ManuallyDrop, align_of, size_of};
use core::ptr;
use core::task::{Context, Poll};

use super::{Builder, MachinePicture, RawState, Step};

/// A value of the same type, but for its lifetimes.
///
/// # Safety
/// The types must differ in nothing else, and the value must not be used after the lifetimes that it was given with have ended.
#[inline]
pub unsafe fn lasting<Given, Wanted>(given: Given) -> Wanted {
    const {
        assert!(size_of::<Given>() == size_of::<Wanted>());
        assert!(align_of::<Given>() == align_of::<Wanted>());
    }
    let given = ManuallyDrop::new(given);
    // SAFETY: the caller's promise; the value given is not used again.
    unsafe { (&raw const given).cast::<Wanted>().read() }
}

/// That, for a reference to what has a type without a name.
///
/// # Safety
/// As for [`lasting`].
#[inline]
pub unsafe fn lasting_shared<'wanted, T: ?Sized>(given: &T) -> &'wanted T {
    // SAFETY: the caller's promise.
    unsafe { &*ptr::from_ref(given) }
}

/// That, for a mutable reference.
///
/// # Safety
/// As for [`lasting`].
#[inline]
pub unsafe fn lasting_exclusive<'wanted, T: ?Sized>(given: &mut T) -> &'wanted mut T {
    // SAFETY: the caller's promise.
    unsafe { &mut *ptr::from_mut(given) }
}

/// A builder whose machine ends with an output that has other lifetimes than the machine was told.
pub struct Returning<B, Output>(B, PhantomData<fn() -> Output>);

/// Makes one.
///
/// # Safety
/// The machine's output must differ from `Output` in lifetimes only, and must have been promised to live as long as those.
#[inline]
pub unsafe fn returning<Output, B>(builder: B) -> Returning<B, Output> {
    Returning(builder, PhantomData)
}

impl<Arguments, B: Builder<Arguments>, Output> Builder<Arguments> for Returning<B, Output> {
    type State = B::State;
    type Step = ReturningStep<B::Step, Output>;
}

/// The step of such a machine.
pub struct ReturningStep<S, Output>(PhantomData<(S, fn() -> Output)>);

// SAFETY: it does what `S` does, to the same state.
unsafe impl<S: Step, Output> Step for ReturningStep<S, Output> {
    type Output = Output;
    const PICTURE: &'static MachinePicture = S::PICTURE;

    #[inline]
    unsafe fn state(state: *const ()) -> RawState {
        // SAFETY: the caller's promise.
        unsafe { S::state(state) }
    }

    #[inline]
    unsafe fn start(state: *mut (), arguments: *mut ()) {
        // SAFETY: the caller's promise.
        unsafe { S::start(state, arguments) }
    }

    #[inline]
    unsafe fn step(state: *mut (), context: &mut Context<'_>) -> Poll<Output> {
        // SAFETY: the caller's promise, and that of whoever called `returning`.
        unsafe { S::step(state, context).map(|output| lasting(output)) }
    }

    #[inline]
    unsafe fn cancel(state: *mut ()) {
        // SAFETY: the caller's promise.
        unsafe { S::cancel(state) }
    }
}
