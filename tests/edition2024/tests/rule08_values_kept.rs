differential::twins!("../../corpus/rule08_values_kept.rs");
