differential::twins!("../../corpus/rule07_match.rs");
