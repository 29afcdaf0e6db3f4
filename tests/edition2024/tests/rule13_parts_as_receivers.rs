differential::twins!("../../corpus/rule13_parts_as_receivers.rs");
