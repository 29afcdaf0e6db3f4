differential::twins!("../../corpus/rule08_arguments_on_the_spot.rs");
