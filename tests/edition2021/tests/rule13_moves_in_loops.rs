differential::twins!("../../corpus/rule13_moves_in_loops.rs");
