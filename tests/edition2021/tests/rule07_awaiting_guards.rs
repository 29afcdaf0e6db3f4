differential::twins!("../../corpus/rule07_awaiting_guards.rs");
