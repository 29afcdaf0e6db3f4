differential::twins!("../../corpus/only2024_let_chains.rs");
