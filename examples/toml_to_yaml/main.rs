//! Reads two TOML files at the same time, turns each into YAML and writes both out, in three ways.
//!
//! `cargo run --release --example toml_to_yaml [FIRST SECOND]`
//!
//! Without arguments the inputs are this repository's own `Cargo.toml` and `Cargo.lock`. The outputs are put under
//! `target/toml_to_yaml/`, one folder for each way, and must be the same to the byte.

mod annotated;
mod blocking;
mod convert;
mod job;
mod threads;

use job::{Failure, Job};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How often each way runs; the time shown is the median.
const RUNS: usize = 9;

/// One way to do both jobs.
struct Way {
    name: &'static str,
    run: fn(&Job, &Job) -> Result<(), Failure>,
}

const WAYS: [Way; 3] = [
    Way {
        name: "blocking",
        run: blocking::convert_both,
    },
    Way {
        name: "threads",
        run: threads::convert_both,
    },
    Way {
        name: "annotated",
        run: annotated::run_both,
    },
];

/// Does both jobs in every way, and gives each way's time and outputs.
fn run_all(inputs: [&Path; 2], folder: &Path) -> Result<Vec<(Duration, [PathBuf; 2])>, Failure> {
    let mut report = Vec::new();
    for way in &WAYS {
        let [first, second] = Job::pair(inputs, &folder.join(way.name));
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let start = Instant::now();
            (way.run)(&first, &second)?;
            times.push(start.elapsed());
        }
        times.sort();
        report.push((times[RUNS / 2], [first.output, second.output]));
    }
    Ok(report)
}

/// Fails unless every way has written the same bytes.
fn check_identical(report: &[(Duration, [PathBuf; 2])]) -> Result<(), Failure> {
    let read = |path: &PathBuf| fs::read(path).map_err(|error| Failure::reading(path, error));
    let (_, reference) = &report[0];
    for (_, outputs) in &report[1..] {
        for (expected, found) in reference.iter().zip(outputs) {
            if read(expected)? != read(found)? {
                return Err(Failure::differs(expected, found));
            }
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let inputs = match arguments.as_slice() {
        [] => [repository.join("Cargo.toml"), repository.join("Cargo.lock")],
        [first, second] => [first.clone(), second.clone()],
        _ => {
            eprintln!("usage: toml_to_yaml [FIRST SECOND]");
            return ExitCode::from(2);
        }
    };
    let folder = repository.join("target").join("toml_to_yaml");
    let outcome = run_all([&inputs[0], &inputs[1]], &folder).and_then(|report| {
        check_identical(&report)?;
        Ok(report)
    });
    match outcome {
        Ok(report) => {
            for (way, (time, [first, second])) in WAYS.iter().zip(report) {
                println!(
                    "{:<10} {time:>10.1?}  {}  {}",
                    way.name,
                    first.display(),
                    second.display()
                );
            }
            println!("all outputs are byte-identical");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
