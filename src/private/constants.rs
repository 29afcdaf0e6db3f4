//! Constants of the program that stand where temporaries would.
//!
//! A shared reference to a value that is made of constants and has nothing to drop may be used when the statement has ended.
//! Reference: destructors.scope.const-promotion.

/// Whether values of this type have something to drop.
pub const fn drops<T>(_value: &T) -> bool {
    core::mem::needs_drop::<T>()
}

/// The constant, unless it has something to drop: then it is none, but what is in the `temporary`.
#[inline]
pub fn constant<'a, T: ?Sized>(temporary: &'a T, constant: &'a T, drops: bool) -> &'a T {
    if drops { temporary } else { constant }
}
