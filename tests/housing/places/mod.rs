//! The tests themselves, compiled once in each edition.

mod free;
mod support;
