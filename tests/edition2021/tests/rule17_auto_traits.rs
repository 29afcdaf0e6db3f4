differential::twins!("../../corpus/rule17_auto_traits.rs");
