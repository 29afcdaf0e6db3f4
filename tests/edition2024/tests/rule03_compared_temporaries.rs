differential::twins!("../../corpus/rule03_compared_temporaries.rs");
