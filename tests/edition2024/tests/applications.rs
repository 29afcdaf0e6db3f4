differential::twins!("../../corpus/applications.rs");
