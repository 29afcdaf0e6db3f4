//! Operands that are read before a later one awaits.
//!
//! A method's receiver and the left side of a comparison stay places while what follows is evaluated, unless they are copied
//! before. A place that what follows may change has been copied, or the borrow checker would have objected; then its type
//! is `Copy`.

use core::marker::PhantomData;

/// A place, which may have to be read now.
pub struct InPlace<T: ?Sized>(pub *const T);

/// Chosen for a place of a type that is `Copy`.
pub trait ReadsEarly<T> {
    /// Its value.
    ///
    /// # Safety
    /// The place must hold one.
    unsafe fn early(&self) -> Copied<T>;
}

impl<T: Copy> ReadsEarly<T> for InPlace<T> {
    #[inline]
    unsafe fn early(&self) -> Copied<T> {
        // SAFETY: the caller's promise. A field of a packed struct is not aligned.
        Copied(unsafe { self.0.read_unaligned() })
    }
}

/// Chosen, one reference further, for every other place.
pub trait StaysInPlace<T: ?Sized> {
    /// Nothing.
    ///
    /// # Safety
    /// None is needed.
    unsafe fn early(&self) -> Left<T>;
}

impl<T: ?Sized> StaysInPlace<T> for &InPlace<T> {
    #[inline]
    unsafe fn early(&self) -> Left<T> {
        Left(PhantomData)
    }
}

/// What a place has held.
pub struct Copied<T>(T);

impl<T> Copied<T> {
    /// Whether there is a value.
    #[inline]
    pub fn is_copied(&self) -> bool {
        true
    }

    /// What follows is compiled.
    #[inline]
    pub fn copied(&self) {}

    /// What follows is not.
    pub fn left(&self) -> ! {
        unreachable!()
    }

    /// The value. A method that would change it has its effect on the place, so it does not compile.
    #[inline]
    pub fn value(&self) -> &T {
        &self.0
    }
}

/// A place that is used later.
pub struct Left<T: ?Sized>(PhantomData<fn() -> PhantomData<T>>);

impl<T: ?Sized> Left<T> {
    /// Whether there is a value.
    #[inline]
    pub fn is_copied(&self) -> bool {
        false
    }

    /// What follows is not compiled.
    pub fn copied(&self) -> ! {
        unreachable!()
    }

    /// What follows is.
    #[inline]
    pub fn left(&self) {}

    /// Stands where the value would be.
    pub fn value(&self) -> &T {
        unreachable!()
    }
}
