//! One file after the other.

use crate::convert::to_yaml;
use crate::job::{Failure, Job};
use std::fs;

/// Does both jobs.
pub fn convert_both(first: &Job, second: &Job) -> Result<(), Failure> {
    let first_yaml = load(first)?;
    let second_yaml = load(second)?;
    save(first, &first_yaml)?;
    save(second, &second_yaml)
}

/// Reads one file and converts it.
pub fn load(job: &Job) -> Result<String, Failure> {
    let text =
        fs::read_to_string(&job.input).map_err(|error| Failure::reading(&job.input, error))?;
    to_yaml(&job.input, &text)
}

/// Writes one file.
pub fn save(job: &Job, yaml: &str) -> Result<(), Failure> {
    fs::create_dir_all(job.folder()).map_err(|error| Failure::writing(job.folder(), error))?;
    fs::write(&job.output, yaml).map_err(|error| Failure::writing(&job.output, error))
}
