//! A thread for each file.

use crate::blocking::{load, save};
use crate::job::{Failure, Job};
use std::thread;

/// Does both jobs.
pub fn convert_both(first: &Job, second: &Job) -> Result<(), Failure> {
    let (first_yaml, second_yaml) = together(first, || load(first), || load(second))?;
    together(
        first,
        || save(first, &first_yaml),
        || save(second, &second_yaml),
    )?;
    Ok(())
}

/// Runs one function on a thread of its own and the other on this one.
fn together<T: Send, U>(
    job: &Job,
    first: impl FnOnce() -> Result<T, Failure> + Send,
    second: impl FnOnce() -> Result<U, Failure>,
) -> Result<(T, U), Failure> {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        let first = first.join().map_err(|_| Failure::panicked(&job.input))?;
        Ok((first?, second?))
    })
}
