differential::twins!("../../corpus/rule10_changed_operands.rs");
