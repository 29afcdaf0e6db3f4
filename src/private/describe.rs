//! Telling in which state a machine is.

use core::marker::PhantomData;
use core::mem::size_of;
use core::panic::Location;

use super::Keeping;

pub use crate::picture::{MachinePicture, picture_of};
use crate::picture::{StatePicture, VariablePicture};
use crate::state::{Phase, State, StateFuture};
pub use crate::state::{RawAwaited, RawState};

/// The picture of the initial state.
pub const fn start(
    location: &'static Location<'static>,
    variables: &'static [VariablePicture],
) -> StatePicture {
    StatePicture {
        name: "Start",
        phase: Phase::Initial,
        awaits: None,
        location,
        variables,
    }
}

/// The picture of a state that waits for something.
pub const fn waits(
    name: &'static str,
    source: &'static str,
    location: &'static Location<'static>,
    variables: &'static [VariablePicture],
) -> StatePicture {
    StatePicture {
        name,
        phase: Phase::Suspended,
        awaits: Some(source),
        location,
        variables,
    }
}

/// The picture of the state of a machine that has returned.
pub const fn returned(location: &'static Location<'static>) -> StatePicture {
    StatePicture {
        name: "Returned",
        phase: Phase::Returned,
        awaits: None,
        location,
        variables: &[],
    }
}

/// The picture of the state of a machine that has panicked.
pub const fn panicked(location: &'static Location<'static>) -> StatePicture {
    StatePicture {
        name: "Panicked",
        phase: Phase::Panicked,
        awaits: None,
        location,
        variables: &[],
    }
}

/// The picture of a variable in a place of type `T`.
pub const fn holds<T>(name: &'static str) -> VariablePicture {
    VariablePicture {
        name,
        size: size_of::<T>(),
        is_awaited: false,
        is_held: true,
    }
}

/// The picture of a variable in a place of type `T`, unless an expression of the kind `K` has consumed it.
pub const fn keeps<K: Keeping, T>(name: &'static str) -> VariablePicture {
    VariablePicture {
        is_held: !K::CONSUMES,
        ..holds::<T>(name)
    }
}

/// The picture of an awaited future in a place of type `T`.
pub const fn awaits<T>(name: &'static str) -> VariablePicture {
    VariablePicture {
        name,
        size: size_of::<T>(),
        is_awaited: true,
        is_held: true,
    }
}

/// The place of an awaited future.
pub struct Awaiting<F>(pub *mut F);

/// Chosen for a future that tells its state.
pub trait Telling {
    /// The way to ask it.
    fn awaited(&self) -> Option<RawAwaited>;
}

impl<F: StateFuture> Telling for Awaiting<F> {
    fn awaited(&self) -> Option<RawAwaited> {
        /// # Safety
        /// `future` must point to a future that nobody polls or drops meanwhile.
        unsafe fn state<F: StateFuture>(future: *const ()) -> RawState {
            // SAFETY: the caller's promise. Machines can be looked at while what they await borrows from them: see
            // `Unfrozen`.
            unsafe { &*future.cast::<F>() }.state().raw
        }
        Some(RawAwaited {
            future: self.0.cast_const().cast(),
            state: state::<F>,
        })
    }
}

/// Chosen, one reference further, for any other future.
pub trait Silent {
    /// Nothing.
    fn awaited(&self) -> Option<RawAwaited> {
        None
    }
}

impl<F> Silent for &Awaiting<F> {}

/// Nothing at all. A machine whose enum has it somewhere may be looked at through a shared reference while a future in
/// it writes to the variables that it borrows.
pub struct Unfrozen(#[allow(dead_code)] core::cell::UnsafeCell<()>);

// SAFETY: there is nothing to share.
unsafe impl Sync for Unfrozen {}
impl core::panic::RefUnwindSafe for Unfrozen {}

/// The state of a future.
pub(super) fn state_of<'a>(raw: RawState) -> State<'a> {
    State {
        raw,
        future: PhantomData,
    }
}
