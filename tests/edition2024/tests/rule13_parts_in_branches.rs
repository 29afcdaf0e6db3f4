differential::twins!("../../corpus/rule13_parts_in_branches.rs");
