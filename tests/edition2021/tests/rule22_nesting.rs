differential::twins!("../../corpus/rule22_nesting.rs");
