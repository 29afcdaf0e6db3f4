differential::twins!("../../corpus/rule13_copied_while_borrowed.rs");
