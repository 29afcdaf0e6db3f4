differential::twins!("../../corpus/rule11_compound_assignment.rs");
