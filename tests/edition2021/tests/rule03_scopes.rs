differential::twins!("../../corpus/rule03_scopes.rs");
