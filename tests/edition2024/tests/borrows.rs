differential::twins!("../../corpus/borrows.rs");
