differential::twins!("../../corpus/rule13_behind_references.rs");
