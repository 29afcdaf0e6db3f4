differential::twins!("../../corpus/rule13_captured_fields.rs");
