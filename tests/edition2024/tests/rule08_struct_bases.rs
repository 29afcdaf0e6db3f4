differential::twins!("../../corpus/rule08_struct_bases.rs");
