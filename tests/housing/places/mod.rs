//! The tests themselves, compiled once in each edition.

mod attributes;
mod depth;
mod free;
mod impl_blocks;
mod methods;
mod sending;
mod support;
mod trait_blocks;
mod trait_impls;
