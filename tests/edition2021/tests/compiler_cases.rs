differential::twins!("../../corpus/compiler_cases.rs");
