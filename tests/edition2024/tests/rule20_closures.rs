differential::twins!("../../corpus/rule20_closures.rs");
