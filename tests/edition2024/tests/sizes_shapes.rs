differential::twins!("../../corpus/sizes_shapes.rs");
