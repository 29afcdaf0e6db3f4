differential::twins!("../../corpus/rule13_partial_moves.rs");
