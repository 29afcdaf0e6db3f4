//! Every place the attribute goes, in edition 2021.

#[path = "../../places/mod.rs"]
mod places;
