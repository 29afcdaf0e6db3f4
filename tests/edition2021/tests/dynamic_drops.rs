differential::twins!("../../corpus/dynamic_drops.rs");
