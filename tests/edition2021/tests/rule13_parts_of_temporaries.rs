differential::twins!("../../corpus/rule13_parts_of_temporaries.rs");
