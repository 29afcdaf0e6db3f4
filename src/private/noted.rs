//! What a suspended machine notes of a variable where that depends on the path taken.

/// Bits in a field of the machine, or none.
pub trait Noted: Copy {
    /// The bits, if there is something to note.
    fn bits(self) -> Option<u64>;
    /// A field with these bits.
    fn of(bits: u64) -> Self;
}

/// It depends on nothing.
impl Noted for () {
    #[inline]
    fn bits(self) -> Option<u64> {
        None
    }
    #[inline]
    fn of(_bits: u64) {}
}

impl Noted for bool {
    #[inline]
    fn bits(self) -> Option<u64> {
        Some(self.into())
    }
    #[inline]
    fn of(bits: u64) -> Self {
        bits != 0
    }
}

macro_rules! noted {
    ($($bits:ty)*) => { $(
        impl Noted for $bits {
            #[inline]
            fn bits(self) -> Option<u64> {
                Some(self.into())
            }
            #[inline]
            fn of(bits: u64) -> Self {
                bits as $bits
            }
        }
    )* };
}

noted!(u8 u32 u64);
