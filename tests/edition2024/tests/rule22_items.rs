differential::twins!("../../corpus/rule22_items.rs");
