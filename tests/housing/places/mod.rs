//! The tests themselves, compiled once in each edition.

// Unusual ways to write a signature are what is tested.
#![allow(
    clippy::multiple_bound_locations,
    clippy::toplevel_ref_arg,
    clippy::needless_lifetimes
)]

mod attributes;
mod borrowing;
mod free;
mod impl_blocks;
mod methods;
mod sending;
mod support;
mod trait_blocks;
mod trait_impls;
