differential::twins!("../../corpus/rule13_moved_parts.rs");
