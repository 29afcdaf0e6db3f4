//! Asking the compiler whether an expression consumes a variable.
//!
//! Syntax cannot tell whether `x.text()` moves `x` or borrows it, but a closure `|| { x.text(); }` is callable more than
//! once exactly if it does not move `x`. A closure's kind is known only when the function around it has been checked, so
//! the closures stand in a function of their own, the probe, and their kinds come out of it as an auto trait of its
//! opaque return type. The probe's body is unreachable from its first statement on: nothing of it is borrow-checked or
//! ever runs.

use core::future::IntoFuture;
use core::marker::{PhantomData, PhantomPinned};

use super::{Borrows, Consumes, Kind};

/// What is known of a closure: `Unpin` if it can be called repeatedly.
pub struct Site<C>(PhantomData<C>, PhantomPinned);

impl<C: FnMut()> Unpin for Site<C> {}

/// An answer that a probe returns, filled in by type inference alone.
pub fn unknown<T>() -> Answer<T> {
    Answer(PhantomData)
}

/// The place for an answer. Closures that must be `Send` may refer to it, whatever the question is about.
pub struct Answer<T>(PhantomData<fn() -> T>);

impl<T> Answer<T> {
    /// The answer's type.
    pub fn tell(&self) -> T {
        unreachable!()
    }
}

/// Asks whether `closure` can be called repeatedly.
pub fn ask<C: FnOnce()>(_answer: &Answer<Site<C>>, _closure: C) {}

/// What is known of a closure: `Unpin` if all that it captures is only looked at or copied.
pub struct SharedSite<C>(PhantomData<C>, PhantomPinned);

impl<C: Fn()> Unpin for SharedSite<C> {}

/// Asks whether `closure` only looks at what it captures.
pub fn ask_shared<C: FnOnce()>(_answer: &Answer<SharedSite<C>>, _closure: &C) {}

/// Makes what follows unreachable.
pub fn never() -> ! {
    unreachable!()
}

/// The type of a value, without the value.
pub struct Like<T>(PhantomData<fn() -> T>);

impl<T> Clone for Like<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Like<T> {}

impl<T> Like<T> {
    /// A value of the type, in code that never runs.
    pub fn value(self) -> T {
        unreachable!()
    }

    /// Says of which type it is.
    pub fn is(self, _value: T) {}

    /// Says of which type it is.
    #[inline]
    pub fn of(self, _value: &T) {}

    /// A binding that a guard sees, behind the reference to it.
    #[inline]
    pub fn seen<S: Seen<T>>(self, bound: &S) -> &T {
        bound.seen()
    }

    /// `value`, made one of the type.
    #[inline]
    pub fn coerced(self, value: T) -> T {
        value
    }
}

/// What a pattern binds that is matched by reference; `B` is what it would bind by itself.
pub trait Seen<B> {
    /// The binding.
    fn seen(&self) -> &B;
}

/// A value.
impl<P> Seen<P> for &P {
    #[inline]
    fn seen(&self) -> &P {
        self
    }
}

/// What lies behind a reference.
impl<'a, P: ?Sized> Seen<&'a P> for &'a P {
    #[inline]
    fn seen(&self) -> &&'a P {
        self
    }
}

/// What lies behind a unique reference, which is only looked at.
impl<'a, P: ?Sized> Seen<&'a mut P> for &P {
    #[inline]
    fn seen(&self) -> &&'a mut P {
        // SAFETY: both are references to the same type, of the same layout, and through a shared reference to a unique one
        // it can only be read, as through the shared one.
        unsafe { &*(&raw const *self).cast::<&'a mut P>() }
    }
}

/// A type that is still to be said.
pub fn untold<T>() -> Like<T> {
    Like(PhantomData)
}

/// The type of `_value`.
pub fn like<T>(_value: &T) -> Like<T> {
    Like(PhantomData)
}

macro_rules! taking {
    ($($name:ident($($input:ident)*))*) => {
        $(
            /// A closure that takes and gives values of these types.
            pub fn $name<$($input,)* R, F: FnOnce($($input),*) -> R>(
                _inputs: Like<($($input,)*)>,
                _output: Like<R>,
                closure: F,
            ) -> F {
                closure
            }
        )*
    };
}

taking! {
    taking_0() taking_1(A) taking_2(A B) taking_3(A B C) taking_4(A B C D) taking_5(A B C D E)
}

/// A future of a value of this type.
pub fn yielding<R, F: Future<Output = R>>(_output: Like<R>, future: F) -> F {
    future
}

/// What awaiting `_future` yields, in code that never runs.
pub fn awaited<F: IntoFuture>(_future: F) -> F::Output {
    unreachable!()
}

/// A probe's answer, as the machine sees it.
pub struct Told<T>(PhantomData<T>);

/// What a probe returns.
pub trait Probe<Arguments> {
    /// Its answers.
    type Answers;
}

macro_rules! probe_of {
    ($($argument:ident)*) => {
        impl<P, R, $($argument),*> Probe<($($argument,)*)> for P
        where
            P: FnOnce($($argument),*) -> R,
        {
            type Answers = R;
        }
    };
}

probe_of!();
probe_of!(A1);
probe_of!(A1 A2);
probe_of!(A1 A2 A3);
probe_of!(A1 A2 A3 A4);
probe_of!(A1 A2 A3 A4 A5);
probe_of!(A1 A2 A3 A4 A5 A6);
probe_of!(A1 A2 A3 A4 A5 A6 A7);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15);
probe_of!(A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16);

/// Calls no probe: `run` would, but only its type matters.
pub fn answers<Arguments, P: Probe<Arguments>>(_probe: P) -> Told<P::Answers> {
    Told(PhantomData)
}

impl<T> Told<T> {
    /// One of the answers.
    #[inline]
    pub fn pick<U>(&self, _pick: fn(T) -> U) -> Told<U> {
        Told(PhantomData)
    }
}

/// Chosen for a closure that can be called repeatedly.
pub trait Repeatable {
    /// How it uses its variable.
    #[inline]
    fn kind(&self) -> Borrows {
        Borrows
    }
}

impl<T: Unpin> Repeatable for Told<T> {}

/// Chosen, one reference further, for every other closure.
pub trait Once {
    /// How it uses its variable.
    #[inline]
    fn kind(&self) -> Consumes {
        Consumes
    }
}

impl<T> Once for &Told<T> {}

/// How a pattern uses an array.
#[diagnostic::on_unimplemented(
    message = "#[state_future] does not lower taking apart an array that lives across an `.await`",
    label = "moves elements out of the array",
    note = "help: take them with `let mut elements = list.into_iter();`, or use a tuple or a struct"
)]
pub trait KeepsElements {}

impl KeepsElements for Borrows {}

/// How an expression uses a part of a variable.
#[diagnostic::on_unimplemented(
    message = "#[state_future] does not lower moving this part out of a variable that lives across an `.await` here",
    label = "moves a part and leaves the others in the variable",
    note = "help: take it into a variable of its own before: `let field = pair.field;`"
)]
pub trait KeepsPart {}

impl KeepsPart for Borrows {}

/// What an expression must leave where it is.
pub trait Keeps: Sized {
    /// Compiles only if a pattern takes no element out of an array.
    #[inline]
    fn keeps_elements(self)
    where
        Self: KeepsElements,
    {
    }

    /// Compiles only if a part of a variable is borrowed or copied, not moved.
    #[inline]
    fn keeps_part(self)
    where
        Self: KeepsPart,
    {
    }
}

impl<K: Kind> Keeps for K {}
