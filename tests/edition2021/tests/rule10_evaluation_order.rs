differential::twins!("../../corpus/rule10_evaluation_order.rs");
