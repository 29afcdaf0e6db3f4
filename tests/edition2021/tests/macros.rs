differential::twins!("../../corpus/macros.rs");
