differential::twins!("../../corpus/rule13_rooms_left.rs");
