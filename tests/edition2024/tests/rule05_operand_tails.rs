differential::twins!("../../corpus/rule05_operand_tails.rs");
