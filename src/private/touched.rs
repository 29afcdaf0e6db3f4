//! A static receiver whose arguments await. Its `Deref` runs before them, which a `LazyLock` is initialised by.

use core::ops::Deref;

/// A receiver that is a static, or lies in one.
pub struct Touched<'a, T: ?Sized>(pub &'a T);

/// Chosen for what is dereferenced.
pub trait Dereferences {
    /// Does so.
    fn touch(&self);
}

impl<T: Deref + ?Sized> Dereferences for Touched<'_, T> {
    #[inline]
    fn touch(&self) {
        let _ = self.0.deref();
    }
}

/// Chosen, one reference further, for everything else.
pub trait StaysAsItIs {
    /// Nothing.
    fn touch(&self);
}

impl<T: ?Sized> StaysAsItIs for &Touched<'_, T> {
    #[inline]
    fn touch(&self) {}
}
