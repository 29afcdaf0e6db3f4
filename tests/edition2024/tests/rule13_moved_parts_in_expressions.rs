differential::twins!("../../corpus/rule13_moved_parts_in_expressions.rs");
