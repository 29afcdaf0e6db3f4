//! What generated code needs. Nothing here is for direct use.

mod captured;
mod constants;
mod coroutine;
mod derive;
mod describe;
mod early;
mod held;
mod hidden;
mod in_one_poll;
mod kept;
mod lifetimes;
mod named;
mod noted;
mod operands;
mod parted;
mod probe;
mod question_mark;
mod rest;
#[cfg(feature = "serde")]
mod saved;
mod steady;
mod touched;

pub use captured::*;
pub use constants::*;
pub use coroutine::*;
pub use derive::*;
pub use describe::*;
pub use early::*;
pub use held::*;
pub use hidden::*;
pub use in_one_poll::*;
pub use kept::*;
pub use lifetimes::*;
pub use named::*;
pub use noted::*;
pub use operands::*;
pub use parted::*;
pub use probe::*;
pub use question_mark::*;
pub use rest::*;
#[cfg(feature = "serde")]
pub use saved::*;
pub use steady::*;
pub use touched::*;

/// Its own tokens: to an attribute macro that parses the function around it, they are the inside of a macro call.
#[doc(hidden)]
#[macro_export]
macro_rules! __verbatim {
    ($($tokens:tt)*) => { $($tokens)* };
}
pub use crate::__steady as steady;
pub use crate::__verbatim as verbatim;
