//! What generated code needs. Nothing here is for direct use.

mod hidden;

pub use hidden::*;
