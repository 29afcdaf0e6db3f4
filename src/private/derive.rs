//! What `#[derive(..)]` gives a machine.

use core::cmp::{Eq, PartialEq};
use core::fmt::{self, Debug, Formatter};
use core::future::IntoFuture;
use core::hash::{Hash, Hasher};
use core::mem::{MaybeUninit, forget};

use super::coroutine::{enter, tag};
use super::{Builder, Held, Hidden, States};

/// A machine whose variables can be copied while it is suspended.
///
/// # Safety
/// `clone_into` must leave a copy of everything that the state `at` holds.
pub unsafe trait CloneStates: States {
    /// Copies the variables of the state `at`. If that panics, what has been copied is dropped.
    ///
    /// # Safety
    /// `slots` must be those of a machine in the state `at`, none of whose variables is borrowed; `to` those of one that
    /// holds nothing.
    unsafe fn clone_into(slots: Self::Slots, to: Self::Slots, at: Self::At);
}

/// A machine whose variables can be compared while it is suspended.
///
/// # Safety
/// `equal` must look at nothing but what the state `at` holds.
pub unsafe trait CompareStates: States {
    /// Whether the variables of two machines in the state `at` are equal.
    ///
    /// # Safety
    /// Both must be the slots of machines in the state `at`, none of whose variables is borrowed.
    unsafe fn equal(slots: Self::Slots, other: Self::Slots, at: Self::At) -> bool;
}

/// A machine all of whose variables are `Eq`.
pub trait EqStates: CompareStates {}

/// A machine whose variables can be hashed while it is suspended.
///
/// # Safety
/// `hash` must look at nothing but what the state `at` holds.
pub unsafe trait HashStates: States {
    /// Hashes the variables of the state `at`.
    ///
    /// # Safety
    /// `slots` must be those of a machine in the state `at`, none of whose variables is borrowed.
    unsafe fn hash<H: Hasher>(slots: Self::Slots, at: Self::At, hasher: &mut H);
}

impl<B, Arguments> Clone for Hidden<B, Arguments>
where
    B: Builder<Arguments, State: CloneStates>,
{
    fn clone(&self) -> Self {
        let from = (&raw const self.state).cast_mut();
        let mut state = MaybeUninit::uninit();
        // SAFETY: the machine does not run, so its tag says what it holds. Nothing in it is borrowed: a machine with
        // `CloneStates` stands beside a function that does not compile otherwise. Once the tag is written, the copy is whole.
        let state = unsafe {
            let at = tag(from);
            B::State::clone_into(
                B::State::slots(from),
                B::State::slots(state.as_mut_ptr()),
                at,
            );
            enter(state.as_mut_ptr(), at);
            state.assume_init()
        };
        Hidden {
            state,
            _pinned: core::marker::PhantomPinned,
        }
    }
}

impl<B, Arguments> PartialEq for Hidden<B, Arguments>
where
    B: Builder<Arguments, State: CompareStates>,
{
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (
            (&raw const self.state).cast_mut(),
            (&raw const other.state).cast_mut(),
        );
        // SAFETY: neither machine runs, so the tags say what they hold, and nothing in them is borrowed, as for `clone`.
        unsafe {
            let at = tag(one);
            at == tag(other) && B::State::equal(B::State::slots(one), B::State::slots(other), at)
        }
    }
}

impl<B, Arguments> Eq for Hidden<B, Arguments> where B: Builder<Arguments, State: EqStates> {}

impl<B, Arguments> Hash for Hidden<B, Arguments>
where
    B: Builder<Arguments, State: HashStates>,
{
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let states = (&raw const self.state).cast_mut();
        // SAFETY: the machine does not run, so its tag says what it holds, and nothing in it is borrowed, as for `clone`.
        unsafe {
            hasher.write_u8(states.cast::<u8>().read());
            B::State::hash(B::State::slots(states), tag(states), hasher);
        }
    }
}

impl<T> Held<T> {
    /// The variable's value, if it has one, which stays where it is.
    ///
    /// # Safety
    /// Nothing may write to the variable as long as the result is used.
    #[inline]
    pub unsafe fn seen<'a>(self) -> Option<&'a T> {
        // SAFETY: `live` says that the place holds a value, and the caller that nothing writes to it.
        let seen = self.is_live().then(|| unsafe { &*self.at });
        forget(self);
        seen
    }

    /// A variable at `to` with a copy of this one's value, if it has one.
    ///
    /// # Safety
    /// Nothing may write to the variable meanwhile, and `to` must be a place for one.
    #[inline]
    pub unsafe fn copy(self, to: *mut T) -> Held<T>
    where
        T: Clone,
    {
        let copy = Held::empty(to);
        // SAFETY: the caller's promise.
        if let Some(value) = unsafe { self.seen() } {
            copy.fill(value.clone());
        }
        copy
    }
}

/// Stands for a variable that something else may be writing to.
pub struct Borrowed;

impl Debug for Borrowed {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("<borrowed>")
    }
}

/// Compiles only if `_variable` borrows from nothing that `'a` outlives: from no variable of the function around.
pub fn owns<'a, T>(_variable: &T)
where
    T: 'a,
{
}

/// Compiles only if the value borrows from nothing that `'a` outlives.
pub fn owned<'a, T>(value: T) -> T
where
    T: 'a,
{
    value
}

/// Compiles only if the future, and what it ends with, borrow from nothing that `'a` outlives.
pub fn owned_future<'a, F>(future: F) -> F
where
    F: IntoFuture<Output: 'a, IntoFuture: 'a> + 'a,
{
    future
}
