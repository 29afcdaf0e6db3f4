//! What a pattern leaves of a value.

use core::marker::PhantomData;
use core::mem::{ManuallyDrop, forget};

/// A value that a pattern has taken `Parts` out of. Dropping it drops what the pattern leaves.
pub struct Rest<T, F, Parts>
where
    F: FnOnce(T) -> ManuallyDrop<Parts>,
{
    value: ManuallyDrop<T>,
    /// Takes the value apart the same way once more, and drops what is left.
    apart: ManuallyDrop<F>,
    parts: PhantomData<fn() -> Parts>,
}

impl<T, F, Parts> Rest<T, F, Parts>
where
    F: FnOnce(T) -> ManuallyDrop<Parts>,
{
    /// `value`, which a pattern is about to be matched against. `apart` matches it and gives out what that moves.
    #[inline]
    pub fn new(value: T, apart: F) -> Self {
        Rest {
            value: ManuallyDrop::new(value),
            apart: ManuallyDrop::new(apart),
            parts: PhantomData,
        }
    }

    /// Where the value is.
    #[inline]
    #[allow(clippy::not_unsafe_ptr_arg_deref)] // Computes an address and reads nothing.
    pub fn place(rest: *mut Self) -> *mut T {
        // SAFETY: `rest` points to a variable of generated code; nothing is read. `ManuallyDrop` is transparent.
        unsafe { (&raw mut (*rest).value).cast() }
    }

    /// Sees to it that `parts` are of the types that `apart` gives out.
    #[inline]
    pub fn parts(_rest: *mut Self, parts: Parts) -> Parts {
        parts
    }
}

impl<T, F, Parts> Drop for Rest<T, F, Parts>
where
    F: FnOnce(T) -> ManuallyDrop<Parts>,
{
    #[inline]
    fn drop(&mut self) {
        // SAFETY: both are taken once, here. The parts that `apart` moves out again belong to the variables that the
        // pattern bound, so they are not dropped with the rest.
        let (value, apart) = unsafe {
            (
                ManuallyDrop::take(&mut self.value),
                ManuallyDrop::take(&mut self.apart),
            )
        };
        #[allow(clippy::forget_non_drop)] // It may be a type with nothing to drop.
        forget(apart(value));
    }
}
