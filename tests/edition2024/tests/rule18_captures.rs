differential::twins!("../../corpus/rule18_captures.rs");
