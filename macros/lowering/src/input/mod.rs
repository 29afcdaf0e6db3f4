//! Phase one: the annotated item, parsed and normalised.

mod blocks;
mod conditions;
mod derives;
mod enclosing_self;
mod errors;
mod function;
mod item;
mod misuse;
mod model;
mod normalise;
mod options;
pub(crate) mod tokens;

pub use conditions::both_ways;
pub use derives::{Derive, Derives, without_derives};
pub use item::parse;
pub use model::{Annotated, Function, Members, Parameter};
pub(crate) use normalise::name_header_lifetimes;
pub use options::{Named, Options};

pub(crate) use errors::Errors;
