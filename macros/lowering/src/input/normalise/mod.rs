//! A signature in which everything has a name.

mod argument_types;
mod elision;
mod lifetimes;

pub(super) use argument_types::name_argument_types;
pub(super) use elision::name_lifetimes;
pub(crate) use lifetimes::name_header_lifetimes;

#[cfg(test)]
mod tests;
