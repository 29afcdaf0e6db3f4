differential::twins!("../../corpus/applications_services.rs");
