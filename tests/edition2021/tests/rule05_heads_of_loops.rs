differential::twins!("../../corpus/rule05_heads_of_loops.rs");
