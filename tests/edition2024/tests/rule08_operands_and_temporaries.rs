differential::twins!("../../corpus/rule08_operands_and_temporaries.rs");
