differential::twins!("../../corpus/rule20_elements.rs");
