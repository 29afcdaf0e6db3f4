//! What the machine's state has of a variable that expressions may have consumed.
//!
//! Whether they do is a type, so room that nobody needs is room of no size.

use core::marker::PhantomData;
use core::mem::MaybeUninit;

use super::{Borrows, Consumes, Held, Noted};

/// What an answer means for the machine's state.
pub trait Keeping: Copy {
    /// Whether the variable is moved from.
    const CONSUMES: bool;
    /// What must stay in the machine's state for the variable afterwards.
    type Kept<T>;
    /// What must stay if `K` is another expression that may have consumed it, and only one of the two has run.
    type KeptBy<K: Keeping, T>;
    /// The first type if the expression consumes, else the second.
    type IfConsumes<A: Noted, B: Noted>: Noted;
}

impl Keeping for Consumes {
    const CONSUMES: bool = true;
    type Kept<T> = ();
    type KeptBy<K: Keeping, T> = K::Kept<T>;
    type IfConsumes<A: Noted, B: Noted> = A;
}

impl Keeping for Borrows {
    const CONSUMES: bool = false;
    type Kept<T> = T;
    type KeptBy<K: Keeping, T> = T;
    type IfConsumes<A: Noted, B: Noted> = B;
}

impl<T> Held<T> {
    /// A variable that is there unless an expression of the kind `K` has consumed it.
    #[inline]
    pub fn resume_kept<K: Keeping>(at: *mut Kept<K, T>) -> Self {
        Held::resume_asked::<K>(at.cast())
    }

    /// A variable whose value is in its place unless an expression of the kind `K` has consumed it.
    #[inline]
    pub fn resume_asked<K: Keeping>(at: *mut T) -> Self {
        Held::resume_if(at, !K::CONSUMES)
    }
}

/// The end of a block's tail, where its temporaries are dropped `SINCE_2024`.
#[derive(Clone, Copy)]
pub struct TailsEnd<const SINCE_2024: bool>;

impl Keeping for TailsEnd<true> {
    const CONSUMES: bool = Consumes::CONSUMES;
    type Kept<T> = <Consumes as Keeping>::Kept<T>;
    type KeptBy<K: Keeping, T> = <Consumes as Keeping>::KeptBy<K, T>;
    type IfConsumes<A: Noted, B: Noted> = <Consumes as Keeping>::IfConsumes<A, B>;
}

impl Keeping for TailsEnd<false> {
    const CONSUMES: bool = Borrows::CONSUMES;
    type Kept<T> = <Borrows as Keeping>::Kept<T>;
    type KeptBy<K: Keeping, T> = <Borrows as Keeping>::KeptBy<K, T>;
    type IfConsumes<A: Noted, B: Noted> = <Borrows as Keeping>::IfConsumes<A, B>;
}

/// Two expressions, only one of which runs: together they consume a variable if each does.
pub struct Both<A, B>(PhantomData<(A, B)>);

impl<A, B> Clone for Both<A, B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, B> Copy for Both<A, B> {}

impl<A: Keeping, B: Keeping> Keeping for Both<A, B> {
    const CONSUMES: bool = A::CONSUMES && B::CONSUMES;
    type Kept<T> = A::KeptBy<B, T>;
    type KeptBy<K: Keeping, T> = A::KeptBy<Both<B, K>, T>;
    type IfConsumes<T: Noted, F: Noted> = A::IfConsumes<B::IfConsumes<T, F>, F>;
}

/// Of two expressions, only one of which runs.
#[inline]
pub fn both<A: Keeping, B: Keeping>(_one: A, _other: B) -> Both<A, B> {
    Both(PhantomData)
}

/// The place of a variable that holds no value now, and whose neighbours stay where they are.
pub struct Vacant<T>(#[allow(dead_code)] MaybeUninit<T>);

impl<T> Vacant<T> {
    /// Room, and nothing in it.
    #[inline]
    pub fn empty() -> Self {
        Vacant(MaybeUninit::uninit())
    }
}

/// The place of a variable that holds a value unless `K` has consumed it, and whose neighbours stay where they are.
pub struct Asked<K: Keeping, T>(#[allow(dead_code)] MaybeUninit<T>, PhantomData<K>);

/// Ties the kind of an expression to the machine's type.
#[inline]
pub fn answered<K: Keeping>(_asked: PhantomData<K>, _kind: K) {}

/// Where a variable lives that an expression of the kind `K` either consumes before any await, or leaves in the machine.
#[inline]
pub fn kept<K: Keeping, T>(
    _kind: K,
    in_machine: *mut Kept<K, T>,
    on_stack: &mut MaybeUninit<T>,
) -> *mut T {
    if K::CONSUMES {
        on_stack.as_mut_ptr()
    } else {
        in_machine.cast()
    }
}

/// Whether expressions of this kind leave the variable alone.
#[inline]
pub fn leaves<K: Keeping>(_kind: K) -> bool {
    !K::CONSUMES
}

/// The place of a variable that `K` may have consumed: nothing at all if so.
#[repr(transparent)]
pub struct Kept<K: Keeping, T>(#[allow(dead_code)] K::Kept<T>);

/// The variable's place in its room, which is there.
#[inline]
pub fn in_room<K: Keeping, T>(room: *mut Kept<K, T>) -> *mut T {
    room.cast()
}

/// Whether a variable has a value, as its machine notes it; where there is nothing to note, it is as `otherwise` says.
///
/// # Safety
/// The machine must be in a state with the field `noted`.
#[inline]
pub unsafe fn is_live<N: Noted>(noted: *mut N, otherwise: bool) -> bool {
    // SAFETY: the caller's promise.
    let bits = unsafe { noted.read() }.bits();
    bits.map_or(otherwise, |bits| bits != 0)
}

/// Whether the machine notes something there.
#[inline]
pub fn depends<N: Noted>(_noted: *mut N) -> bool {
    N::of(0).bits().is_some()
}

/// Notes in the machine whether a variable has a value.
///
/// # Safety
/// `noted` must be the place of a field for it.
#[inline]
pub unsafe fn note_live<N: Noted>(noted: *mut N, is_live: bool) {
    // SAFETY: the caller's promise.
    unsafe { noted.write(N::of(is_live.into())) };
}
