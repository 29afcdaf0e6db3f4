differential::twins!("../../corpus/rule05_leaving_tails.rs");
