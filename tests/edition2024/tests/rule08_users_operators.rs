differential::twins!("../../corpus/rule08_users_operators.rs");
