differential::twins!("../../corpus/rule18_inner_closures.rs");
