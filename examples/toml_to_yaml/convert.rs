//! TOML to YAML, in memory.

use crate::job::Failure;
use serde_norway::{Mapping, Value as Yaml};
use std::path::Path;
use toml::{Table, Value as Toml};

/// Turns the text of a TOML file into YAML; the path is for the error.
pub fn to_yaml(path: &Path, text: &str) -> Result<String, Failure> {
    let table: Table = text
        .parse()
        .map_err(|error| Failure::malformed(path, error))?;
    serde_norway::to_string(&mapping(table)).map_err(|error| Failure::unwritable(path, error))
}

fn mapping(table: Table) -> Mapping {
    table
        .into_iter()
        .map(|(key, item)| (Yaml::String(key), value(item)))
        .collect()
}

/// Every TOML value has a YAML one, a date and time as the string that TOML writes.
fn value(toml: Toml) -> Yaml {
    match toml {
        Toml::String(text) => Yaml::String(text),
        Toml::Integer(number) => Yaml::Number(number.into()),
        Toml::Float(number) => Yaml::Number(number.into()),
        Toml::Boolean(flag) => Yaml::Bool(flag),
        Toml::Datetime(moment) => Yaml::String(moment.to_string()),
        Toml::Array(items) => Yaml::Sequence(items.into_iter().map(value).collect()),
        Toml::Table(table) => Yaml::Mapping(mapping(table)),
    }
}
