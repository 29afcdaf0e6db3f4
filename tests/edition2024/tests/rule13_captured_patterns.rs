differential::twins!("../../corpus/rule13_captured_patterns.rs");
