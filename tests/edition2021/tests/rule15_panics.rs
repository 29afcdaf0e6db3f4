differential::twins!("../../corpus/rule15_panics.rs");
