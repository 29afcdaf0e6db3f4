differential::twins!("../../corpus/rule13_taken_and_refilled.rs");
