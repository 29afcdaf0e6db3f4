differential::twins!("../../corpus/rule02_parameters.rs");
