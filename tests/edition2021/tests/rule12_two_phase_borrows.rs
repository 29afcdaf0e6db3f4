differential::twins!("../../corpus/rule12_two_phase_borrows.rs");
