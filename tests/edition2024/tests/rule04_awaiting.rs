differential::twins!("../../corpus/rule04_awaiting.rs");
