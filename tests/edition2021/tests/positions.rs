differential::twins!("../../corpus/positions.rs");
