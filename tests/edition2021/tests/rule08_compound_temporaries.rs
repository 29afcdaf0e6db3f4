differential::twins!("../../corpus/rule08_compound_temporaries.rs");
