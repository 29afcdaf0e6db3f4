differential::twins!("../../corpus/rules_of_temporaries_together.rs");
