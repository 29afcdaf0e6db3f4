differential::twins!("../../corpus/rule08_operands.rs");
