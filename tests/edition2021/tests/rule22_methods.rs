differential::twins!("../../corpus/rule22_methods.rs");
