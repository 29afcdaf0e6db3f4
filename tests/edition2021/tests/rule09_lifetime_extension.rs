differential::twins!("../../corpus/rule09_lifetime_extension.rs");
