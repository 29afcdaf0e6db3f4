//! One machine for both files.

use crate::convert::to_yaml;
use crate::job::{Failure, Job};
use state_future::runtime::{block_on, fs, spawn_blocking, try_join};
use state_future::state_future;

/// Does both jobs, on this thread and on those for blocking work.
pub fn run_both(first: &Job, second: &Job) -> Result<(), Failure> {
    block_on(convert_both(first, second))
}

/// Does both jobs.
#[state_future]
pub async fn convert_both(first: &Job, second: &Job) -> Result<(), Failure> {
    let (first_yaml, second_yaml) = try_join!(load(first), load(second))?;
    try_join!(save(first, &first_yaml), save(second, &second_yaml))?;
    Ok(())
}

/// Reads one file and converts it.
#[state_future]
async fn load(job: &Job) -> Result<String, Failure> {
    let text = fs::read_to_string(&job.input)
        .await
        .map_err(|error| Failure::reading(&job.input, error))?;
    let path = job.input.clone();
    spawn_blocking(move || to_yaml(&path, &text))
        .await
        .map_err(|_| Failure::panicked(&job.input))?
}

/// Writes one file.
#[state_future]
async fn save(job: &Job, yaml: &str) -> Result<(), Failure> {
    fs::create_dir_all(job.folder())
        .await
        .map_err(|error| Failure::writing(job.folder(), error))?;
    fs::write(&job.output, yaml)
        .await
        .map_err(|error| Failure::writing(&job.output, error))
}
