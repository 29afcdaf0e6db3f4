differential::twins!("../../corpus/rule16_exits.rs");
