differential::twins!("../../corpus/rule20_inference.rs");
