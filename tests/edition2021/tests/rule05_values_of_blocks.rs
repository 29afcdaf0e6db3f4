differential::twins!("../../corpus/rule05_values_of_blocks.rs");
