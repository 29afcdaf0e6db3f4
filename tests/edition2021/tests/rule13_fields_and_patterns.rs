differential::twins!("../../corpus/rule13_fields_and_patterns.rs");
