//! Machines with a name.

#[path = "../../places/named.rs"]
mod named;
#[path = "../../places/support.rs"]
mod support;
