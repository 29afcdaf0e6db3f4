//! What only an explicit machine can do.

#[path = "../../places/borrowed.rs"]
mod borrowed;
#[path = "../../places/derived.rs"]
mod derived;
#[path = "../../places/named.rs"]
mod named;
#[path = "../../places/named_generic.rs"]
mod named_generic;
#[path = "../../places/printed.rs"]
mod printed;
#[path = "../../places/support.rs"]
mod support;
