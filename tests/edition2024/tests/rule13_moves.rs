differential::twins!("../../corpus/rule13_moves.rs");
