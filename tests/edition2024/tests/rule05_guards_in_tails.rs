differential::twins!("../../corpus/rule05_guards_in_tails.rs");
