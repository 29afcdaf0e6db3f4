differential::twins!("../../corpus/rule22_inner_items.rs");
