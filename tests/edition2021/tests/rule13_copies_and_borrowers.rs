differential::twins!("../../corpus/rule13_copies_and_borrowers.rs");
