differential::twins!("../../corpus/rule03_ended_borrows.rs");
