differential::twins!("../../corpus/rule05_tail_temporaries.rs");
