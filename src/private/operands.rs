//! Asking the compiler whether a compound assignment is one of a primitive type.

use core::marker::{PhantomData, PhantomPinned};

use super::Answer;

/// The operands' types: `Unpin` if the operator is built in for them.
pub struct Operands<L, R>(PhantomData<(L, R)>, PhantomPinned);

impl<L: Primitive, R> Unpin for Operands<L, R> where R: Primitive {}

/// A type whose compound assignments with others of its sort are built into the language.
pub trait Primitive {}

macro_rules! primitive {
    ($($name:ty)*) => { $(impl Primitive for $name {})* };
}

primitive!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool);

/// Asks whether the operator between the two is built in.
pub fn ask_operands<L, R>(_answer: &Answer<Operands<L, R>>, _left: &L, _right: &R) {}
