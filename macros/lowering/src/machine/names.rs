//! Names for types and states.

use std::collections::HashSet;

/// Names given so far.
#[derive(Default)]
pub struct Names(HashSet<String>);

impl Names {
    pub fn reserving(names: &[&str]) -> Self {
        Names(names.iter().map(|name| name.to_string()).collect())
    }

    /// Leaves out names in use, and those from which they derive.
    pub fn reserving_types(taken: &HashSet<String>) -> Self {
        let plain = taken.iter().map(|name| {
            let name = name.strip_suffix("At").unwrap_or(name);
            name.strip_suffix("Slots").unwrap_or(name).to_string()
        });
        Names(plain.chain(taken.iter().cloned()).collect())
    }

    /// `wish`, or `wish2`, `wish3` .. if it is taken.
    pub fn unique(&mut self, wish: &str) -> String {
        let mut name = wish.to_string();
        let mut number = 2;
        while !self.0.insert(name.clone()) {
            name = format!("{wish}{number}");
            number += 1;
        }
        name
    }
}

/// `read_exact` to `ReadExact`.
pub fn camel(name: &str) -> String {
    let name = name.trim_start_matches("r#");
    let mut camel = String::new();
    for word in name.split('_').filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        if let Some(first) = letters.next() {
            camel.extend(first.to_uppercase());
            camel.push_str(letters.as_str());
        }
    }
    if !camel.starts_with(|first: char| first.is_alphabetic()) {
        camel.insert(0, 'V');
    }
    if camel == "Self" {
        camel.push_str("Value");
    }
    camel
}
