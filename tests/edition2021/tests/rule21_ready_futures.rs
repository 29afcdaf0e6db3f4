differential::twins!("../../corpus/rule21_ready_futures.rs");
