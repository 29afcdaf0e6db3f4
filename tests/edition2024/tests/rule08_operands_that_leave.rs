differential::twins!("../../corpus/rule08_operands_that_leave.rs");
