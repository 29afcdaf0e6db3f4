//! Places that are found by operators of the user's, where an await follows in the same statement.
//!
//! A method's receiver is found before its arguments are evaluated, a place before what stands behind it, and an argument is coerced
//! before the next one is evaluated. The machine does all that when the last await is over. To everyone but a `Deref` or `Index`
//! that does something each time it is the same; so only those are let through which are known to do nothing.
//!
//! Which types are known is told by method selection: `place(..).behind()` is found for an owner three references further than for what
//! is no pointer at all.

use core::borrow::Borrow;
use core::cell::{Ref, RefMut};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;
use core::pin::Pin;

use super::Primitive;

/// The type of a place.
pub struct Place<T: ?Sized>(PhantomData<*const T>);

/// The type of the place that is pointed to.
pub fn place<T: ?Sized>(_place: *const T) -> Place<T> {
    Place(PhantomData)
}

impl<T> Place<T> {
    /// A value of the type, in code that never runs.
    pub fn made_up(&self) -> T {
        unreachable!()
    }
}

/// An owner of what it refers to, or a reference: for these alone the standard library's `Borrow` is implemented.
pub trait Owner: Deref {}

impl<T: Deref<Target = U> + Borrow<U> + ?Sized, U: ?Sized> Owner for T {}

/// The standard library's other pointers.
pub trait Pointer: Deref {}

impl<P: Deref> Pointer for Pin<P> {}
impl<T: ?Sized> Pointer for ManuallyDrop<T> {}
impl<T: ?Sized> Pointer for Ref<'_, T> {}
impl<T: ?Sized> Pointer for RefMut<'_, T> {}

/// What the standard library's `Index` is implemented for.
pub trait Indexed {}

impl<T> Indexed for [T] {}
impl<T, const N: usize> Indexed for [T; N] {}
impl Indexed for str {}
impl Indexed for () {}

#[cfg(feature = "std")]
mod with_std {
    use super::{Indexed, Pointer};
    use std::collections::{BTreeMap, HashMap, VecDeque};
    use std::sync::{LazyLock, MutexGuard, RwLockReadGuard, RwLockWriteGuard};

    impl<T: ?Sized> Pointer for MutexGuard<'_, T> {}
    impl<T: ?Sized> Pointer for RwLockReadGuard<'_, T> {}
    impl<T: ?Sized> Pointer for RwLockWriteGuard<'_, T> {}
    impl<T, F: FnOnce() -> T> Pointer for LazyLock<T, F> {}
    impl<K, V, S> Indexed for HashMap<K, V, S> {}
    impl<K, V> Indexed for BTreeMap<K, V> {}
    impl<T> Indexed for VecDeque<T> {}
}

/// A `Deref` that is known to do nothing each time.
#[diagnostic::on_unimplemented(
    message = "#[state_future] does not lower an `.await` in a call or behind a place that may be found by the `Deref` of `{Self}`: it would run after the `.await`",
    label = "may do something when it is dereferenced",
    note = "help: evaluate what awaits before: `let argument = ...await;`"
)]
pub trait SteadyDeref {}

/// An `Index` that is known to do nothing each time.
#[diagnostic::on_unimplemented(
    message = "#[state_future] does not lower an `.await` in a call or behind a place that is found by the `Index` of `{Self}`: it would run after the `.await`",
    label = "may do something when it is indexed",
    note = "help: evaluate what awaits before: `let argument = ...await;`"
)]
pub trait SteadyIndex {}

macro_rules! chosen {
    ($(#[$doc:meta])* $name:ident, $method:ident, $implementor:ty, [$($bound:tt)*], $behind:ty $(, $condition:path)?) => {
        $(#[$doc])*
        pub trait $name {
            /// The type that the place is of.
            type Type: ?Sized;
            /// The type of the place behind it.
            type Behind: ?Sized;

            /// The place behind it.
            fn $method(&self) -> Place<Self::Behind>
            $(where Self::Type: $condition)?
            {
                Place(PhantomData)
            }
        }

        impl<T: ?Sized + $($bound)*> $name for $implementor {
            type Type = T;
            type Behind = $behind;
        }
    };
}

chosen!(/** Chosen for an owner. */ BehindOwner, behind, &&&Place<T>, [Owner], T::Target);
chosen!(/** Chosen for a pointer. */ BehindPointer, behind, &&Place<T>, [Pointer], T::Target);
chosen!(/** Chosen for what is dereferenced otherwise. */ BehindOther, behind, &Place<T>, [Deref], (), SteadyDeref);
chosen!(/** Chosen for what is not dereferenced. */ StandsAlone, behind, Place<T>, [], ());

chosen!(/** Chosen for what the standard library indexes. */ IsIndexed, found, &&&Place<T>, [Indexed], ());
chosen!(/** Chosen for an owner. */ FoundInOwner, found, &&Place<T>, [Owner], T::Target);
chosen!(/** Chosen for a pointer. */ FoundInPointer, found, &Place<T>, [Pointer], T::Target);
chosen!(/** Chosen for what is indexed otherwise. */ FoundInOther, found, Place<T>, [], (), SteadyIndex);

/// Chosen for a place of a primitive type, which is found when the right side has been evaluated.
pub trait AssignedAtOnce {
    /// No place.
    fn assigned<B: ?Sized>(&self, _base: Place<B>) -> Place<()> {
        Place(PhantomData)
    }
}

impl<T: Primitive> AssignedAtOnce for &Place<T> {}

/// Chosen for others.
pub trait AssignedByFunction {
    /// The place that it lies in.
    fn assigned<B: ?Sized>(&self, base: Place<B>) -> Place<B> {
        base
    }
}

impl<T: ?Sized> AssignedByFunction for Place<T> {}

/// Chosen for a shared reference.
pub trait CoercesShared {
    /// What it refers to.
    type Type: ?Sized;

    /// The place that it refers to.
    fn coerced(&self) -> Place<Self::Type> {
        Place(PhantomData)
    }
}

impl<T: ?Sized> CoercesShared for &&Place<&T> {
    type Type = T;
}

/// Chosen for a unique reference.
pub trait CoercesUnique {
    /// What it refers to.
    type Type: ?Sized;

    /// The place that it refers to.
    fn coerced(&self) -> Place<Self::Type> {
        Place(PhantomData)
    }
}

impl<T: ?Sized> CoercesUnique for &Place<&mut T> {
    type Type = T;
}

/// Chosen for all that is not coerced by a `Deref`.
pub trait CoercesNothing {
    /// No place.
    fn coerced(&self) -> Place<()> {
        Place(PhantomData)
    }
}

impl<T> CoercesNothing for Place<T> {}

/// Compiles only if no operator of the user's finds or coerces what the pointer points to, through up to three pointers.
#[doc(hidden)]
#[macro_export]
macro_rules! __steady {
    (coerced $place:expr) => {{
        use $crate::__private::{CoercesNothing as _, CoercesShared as _, CoercesUnique as _};
        $crate::__steady!(@behind (&&&&$crate::__private::place($place)).coerced())
    }};
    (behind $place:expr) => {
        $crate::__steady!(@behind $crate::__private::place($place))
    };
    (@behind $place:expr) => {{
        use $crate::__private::{
            BehindOther as _, BehindOwner as _, BehindPointer as _, StandsAlone as _,
        };
        (&&&&(&&&&(&&&&$place).behind()).behind()).behind();
    }};
    (assigned $place:expr, $base:expr) => {{
        use $crate::__private::{AssignedAtOnce as _, AssignedByFunction as _};
        let base = $crate::__private::place($base);
        $crate::__steady!(@behind (&&$crate::__private::place($place)).assigned(base))
    }};
    (found $place:expr) => {{
        use $crate::__private::{
            FoundInOther as _, FoundInOwner as _, FoundInPointer as _, IsIndexed as _,
        };
        (&&&&(&&&&(&&&&$crate::__private::place($place)).found()).found()).found();
    }};
}
