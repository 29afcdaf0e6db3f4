differential::twins!("../../corpus/rule22_traits.rs");
