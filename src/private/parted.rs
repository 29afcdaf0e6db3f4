//! Variables that live in the machine and that expressions move parts out of.
//!
//! What is left of such a variable is dropped at the end of its scope. Which parts are gone is a set of bits in the
//! [`Parted`] that stands for the variable; what to drop without them is known to the compiler: a closure that takes the
//! value whole, moves the same parts out once more, forgets them, and ends.

use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::{needs_drop, size_of};
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::{
    Assign, Borrows, Consumes, DropNow, Early, Held, Keeping, Kind, Like, Noted, Owned, Seen,
};

/// A variable in the machine's state, some parts of which may have been moved out, while the machine runs.
///
/// `F` drops what the parts leave. It is a closure that captures nothing of any size.
pub struct Parted<T, F: Fn(T, u64)> {
    held: Held<T>,
    moved: Cell<u64>,
    remainder: PhantomData<F>,
}

impl<T, F: Fn(T, u64)> Parted<T, F> {
    /// The variable `held`, of which the parts `moved` are gone.
    #[inline]
    pub fn new(remainder: PhantomData<F>, held: Held<T>, moved: u64) -> Self {
        Parted {
            held,
            moved: Cell::new(moved),
            remainder,
        }
    }

    /// The parts that have been moved out.
    #[inline]
    pub fn moved(&self) -> u64 {
        self.moved.get()
    }

    /// Says that the part `bit` has been moved out.
    #[inline]
    pub fn move_out(&self, bit: u64) {
        self.moved.set(self.moved.get() | bit);
    }

    /// Says that the part `bit` has been moved out, if expressions of the `kind` do that.
    #[inline]
    pub fn move_out_by<K: Kind>(&self, _kind: K, bit: u64) {
        self.move_out(moved_by::<K>(PhantomData, bit));
    }

    /// The value of the part `bit`, which is moved out or copied, as `kind` knows.
    ///
    /// # Safety
    /// `part` must point to it, and it must hold a value.
    #[inline]
    pub unsafe fn part<K: Kind, P>(&self, kind: K, bit: u64, part: *const P) -> P {
        self.move_out_by(kind, bit);
        // SAFETY: the caller's promise. A field of a packed struct is not aligned.
        unsafe { part.read_unaligned() }
    }

    /// Gives the part, which `bits` stand for, a value. The old one is dropped unless it has been moved out.
    ///
    /// # Safety
    /// `part` must point to it.
    #[inline]
    pub unsafe fn refill<P>(&self, bits: u64, part: *mut P, value: P) {
        if self.moved.get() & bits == 0 {
            // SAFETY: the part holds a value, as no bit says otherwise.
            unsafe { *part = value };
        } else {
            self.moved.set(self.moved.get() & !bits);
            // SAFETY: the part's own place, which holds no value.
            unsafe { part.write_unaligned(value) };
        }
    }

    /// Gives the variable a value. What is left of the old one is dropped, after the new value has been computed.
    #[inline]
    pub fn fill(&self, value: T) -> *mut T {
        if self.moved.get() == 0 {
            return self.held.fill(value);
        }
        /// Should the drop panic, the variable has the new value all the same: rustc has it so.
        struct Fill<'a, T>(&'a Held<T>, Option<T>);
        impl<T> Drop for Fill<'_, T> {
            fn drop(&mut self) {
                if let Some(value) = self.1.take() {
                    self.0.fill(value);
                }
            }
        }
        let at = self.held.at;
        let live = self.held.keep_if_live();
        let moved = self.moved.take();
        let fill = Fill(&self.held, Some(value));
        if live {
            // SAFETY: the value was live, and is dead from here on; `moved` tells which of its parts are.
            unsafe { drop_remainder::<T, F>(at, moved) };
        }
        drop(fill);
        at
    }

    /// Drops what is left of the value, before the end of the scope.
    #[inline]
    pub fn drop_now(&self) {
        let moved = self.moved.replace(0);
        if moved == 0 {
            self.held.drop_now();
        } else if self.held.keep_if_live() {
            // SAFETY: the value was live, and is dead from here on; `moved` tells which of its parts are.
            unsafe { drop_remainder::<T, F>(self.held.at, moved) };
        }
    }

    /// Drops what is left of the value, where an end of this kind comes before that of the scope.
    #[inline]
    pub fn drop_if<K: Keeping>(&self, _end: K) {
        if K::CONSUMES {
            self.drop_now();
        }
    }

    /// A guard that drops the value earlier than the variable's own scope ends, if `early`.
    #[inline]
    pub fn early(&self, early: bool) -> Early<Self> {
        Early::new(self, early)
    }
}

/// # Safety
/// `at` must hold a value but for the parts `moved`, and nobody may use it afterwards.
#[inline]
unsafe fn drop_remainder<T, F: Fn(T, u64)>(at: *mut T, moved: u64) {
    const { assert!(size_of::<F>() == 0) };
    // SAFETY: a value of no size, at an aligned address. `remainder` has been given one, so there are such values.
    let remainder = unsafe { NonNull::<F>::dangling().as_ref() };
    // SAFETY: the closure forgets the parts that are gone; all others are valid.
    remainder(unsafe { at.read() }, moved);
}

impl<T, F: Fn(T, u64)> Deref for Parted<T, F> {
    type Target = Held<T>;
    #[inline]
    fn deref(&self) -> &Held<T> {
        &self.held
    }
}

impl<T, F: Fn(T, u64)> DerefMut for Parted<T, F> {
    #[inline]
    fn deref_mut(&mut self) -> &mut Held<T> {
        &mut self.held
    }
}

impl<T, F: Fn(T, u64)> Assign for Parted<T, F> {
    type Value = T;

    #[inline]
    fn assign(&self, value: T) {
        self.fill(value);
    }
}

impl<T, F: Fn(T, u64)> DropNow for Parted<T, F> {
    #[inline]
    fn drop_now(&self) {
        Parted::drop_now(self);
    }
}

impl<T, F: Fn(T, u64)> Drop for Parted<T, F> {
    #[inline]
    fn drop(&mut self) {
        self.drop_now();
    }
}

/// Says how to drop what is left of the variable at `_at`.
#[inline]
pub fn remainder<T, F: Fn(T, u64)>(_at: *mut T, _of: PhantomData<F>, _remainder: F) {}

/// Whether what the function gives has anything to drop.
#[inline]
pub fn has_drops<B>(_of: impl FnOnce() -> B) -> bool {
    needs_drop::<B>()
}

/// Which parts of a variable are gone, as its machine notes it.
///
/// # Safety
/// The machine must be in a state with the field `noted`.
#[inline]
pub unsafe fn moved_parts<N: Noted>(noted: *mut N) -> u64 {
    // SAFETY: the caller's promise.
    unsafe { noted.read() }.bits().unwrap_or(0)
}

/// Notes in the machine which parts of a variable are gone.
///
/// # Safety
/// `noted` must be the place of a field for it.
#[inline]
pub unsafe fn note_moved_parts<N: Noted>(noted: *mut N, moved: u64) {
    // SAFETY: the caller's promise.
    unsafe { noted.write(N::of(moved)) };
}

/// The part `bit`, if an expression of the kind `K` has moved it out.
#[inline]
pub fn moved_by<K: Keeping>(_kind: PhantomData<K>, bit: u64) -> u64 {
    if K::CONSUMES { bit } else { 0 }
}

/// The type of `_kind`.
#[inline]
pub fn kind_of<K: Kind>(_kind: K) -> PhantomData<K> {
    PhantomData
}

/// The type of what `_place` points to.
#[inline]
pub fn like_at<P>(_place: impl FnOnce() -> *const P) -> Like<P> {
    super::untold()
}

/// Moves a place's value away. A place without a known size, of which nothing can be moved, is only borrowed.
pub trait Forget: Sized {
    /// Drops nothing.
    #[inline]
    #[allow(clippy::forget_non_drop)] // It may be a type with nothing to drop.
    fn __forget(self) {
        core::mem::forget(self);
    }
}

impl<T> Forget for T {}

impl Consumes {
    /// A method's receiver, moved out as the part `bit`.
    ///
    /// # Safety
    /// `part` must point to it, and it must hold a value.
    #[inline]
    pub unsafe fn receiver<P, T, F: Fn(T, u64)>(
        self,
        part: *const P,
        of: &Parted<T, F>,
        bit: u64,
    ) -> Owned<P> {
        // SAFETY: the caller's promise.
        let place = unsafe { of.part(self, bit, part) };
        Owned { place }
    }

    /// A method's receiver, moved out as the part `bit` before the method's arguments are evaluated.
    ///
    /// # Safety
    /// `part` must point to it, and it must hold a value.
    #[inline]
    pub unsafe fn part_early<P, T, F: Fn(T, u64)>(
        self,
        of: &Parted<T, F>,
        bit: u64,
        part: *const P,
    ) -> Owned<P> {
        // SAFETY: the caller's promise.
        unsafe { self.receiver(part, of, bit) }
    }

    /// The same when they have been evaluated.
    #[inline]
    pub fn part_late<P>(self, early: Owned<P>, _part: *const P) -> Owned<P> {
        early
    }

    /// The part that a guard sees.
    #[inline]
    pub fn seen<S: Seen<B>, B>(self, part: &S, _like: Like<B>) -> &B {
        part.seen()
    }

    /// What follows is compiled.
    #[inline]
    pub fn consumes(self) {}

    /// What follows is not.
    pub fn borrows(self) -> ! {
        unreachable!()
    }

    /// What a pattern binds, seen by reference: moved out or copied.
    ///
    /// # Safety
    /// The part belongs to the result.
    #[inline]
    pub unsafe fn bind<'a, P, B>(self, part: &'a P) -> B
    where
        &'a P: Bind<B>,
    {
        // SAFETY: the caller's promise.
        unsafe { part.bind() }
    }
}

impl Borrows {
    /// Stands where a receiver would be moved out.
    ///
    /// # Safety
    /// Never runs.
    pub unsafe fn receiver<P: ?Sized, H>(
        self,
        _part: *const P,
        _of: &mut H,
        _bit: u64,
    ) -> &mut Owned<P> {
        unreachable!()
    }

    /// Stands where a receiver would be moved out before the method's arguments are evaluated.
    ///
    /// # Safety
    /// There is nothing to fear; it is as for [`Consumes::part_early`].
    #[inline]
    pub unsafe fn part_early<P: ?Sized, H>(self, _of: &H, _bit: u64, _part: *const P) {}

    /// Stands where it would be used.
    pub fn part_late<P: ?Sized>(self, _early: (), _part: *const P) -> &'static mut Owned<P> {
        unreachable!()
    }

    /// Stands where a guard would see a part.
    pub fn seen<P: ?Sized, B>(self, _part: &P, _like: Like<B>) -> &B {
        unreachable!()
    }

    /// What follows is not compiled: nothing is borrow-checked behind what never returns.
    pub fn consumes(self) -> ! {
        unreachable!()
    }

    /// What follows is.
    #[inline]
    pub fn borrows(self) {}

    /// Stands where a part would be moved out.
    ///
    /// # Safety
    /// Never runs.
    pub unsafe fn bind<P: ?Sized, B>(self, _part: &P) -> B {
        unreachable!()
    }
}

/// How a pattern binds a part that it sees by reference.
#[diagnostic::on_unimplemented(
    message = "#[state_future] does not lower a pattern that moves some parts of a variable which lives across an `.await` and borrows others mutably",
    label = "moves and borrows",
    note = "help: take the parts in two steps"
)]
pub trait Bind<B> {
    /// # Safety
    /// The part belongs to the result.
    unsafe fn bind(self) -> B;
}

/// By value.
impl<P> Bind<P> for &P {
    #[inline]
    unsafe fn bind(self) -> P {
        // SAFETY: the caller's promise.
        unsafe { core::ptr::from_ref(self).read_unaligned() }
    }
}

/// By reference, as it lies behind one.
impl<'a, P> Bind<&'a P> for &'a P {
    #[inline]
    unsafe fn bind(self) -> &'a P {
        self
    }
}
