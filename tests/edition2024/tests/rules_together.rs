differential::twins!("../../corpus/rules_together.rs");
