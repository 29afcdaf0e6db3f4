differential::twins!("../../corpus/rule01_calling.rs");
