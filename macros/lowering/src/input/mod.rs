//! Phase one: the annotated item, parsed and normalised.

mod model;

pub use model::{Function, Parameter};
