differential::twins!("../../corpus/rule06_if_let.rs");
