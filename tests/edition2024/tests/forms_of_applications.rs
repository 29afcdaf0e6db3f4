differential::twins!("../../corpus/forms_of_applications.rs");
