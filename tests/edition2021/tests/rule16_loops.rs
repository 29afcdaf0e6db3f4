differential::twins!("../../corpus/rule16_loops.rs");
