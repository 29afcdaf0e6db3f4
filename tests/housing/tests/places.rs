//! Every place the attribute goes, in edition 2024.

#[path = "../places/mod.rs"]
mod places;
