//! Explicit futures.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

#[doc(inline)]
pub use state_future_macros::state_future;

#[cfg(feature = "runtime")]
#[doc(inline)]
pub use runtime_lite as runtime;

mod picture;
mod state;

pub use picture::{MachinePicture, StatePicture, VariablePicture};
#[cfg(feature = "serde")]
pub use state::Saved;
pub use state::{Phase, State, StateFuture};

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;
