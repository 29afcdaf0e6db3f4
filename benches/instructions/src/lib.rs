//! The functions that are counted, each compiled twice from the same source text.

/// As rustc lowers them.
pub mod plain {
    use differential_passthrough::passthrough as lower;
    include!("bodies.rs");
}

/// As `#[state_future]` lowers them.
pub mod lowered {
    use state_future::state_future as lower;
    include!("bodies.rs");
}
