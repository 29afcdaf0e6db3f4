differential::twins!("../../corpus/rule09_promoted_constants.rs");
