differential::twins!("../../corpus/rule16_never_returning.rs");
