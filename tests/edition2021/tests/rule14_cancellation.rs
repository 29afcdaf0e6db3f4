differential::twins!("../../corpus/rule14_cancellation.rs");
