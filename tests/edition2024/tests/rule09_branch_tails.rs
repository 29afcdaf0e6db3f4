differential::twins!("../../corpus/rule09_branch_tails.rs");
