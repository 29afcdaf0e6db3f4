differential::twins!("../../corpus/sizes_forwarding.rs");
