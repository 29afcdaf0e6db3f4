differential::twins!("../../corpus/named.rs");
