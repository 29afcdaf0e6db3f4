differential::twins!("../../corpus/rule19_guards.rs");
