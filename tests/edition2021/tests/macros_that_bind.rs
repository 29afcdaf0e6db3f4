differential::twins!("../../corpus/macros_that_bind.rs");
