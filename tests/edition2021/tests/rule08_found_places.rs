differential::twins!("../../corpus/rule08_found_places.rs");
