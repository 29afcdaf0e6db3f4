//! Generates random async functions, compiles each plain and lowered, compares the two in every scenario of the
//! differential harness, and shrinks what differs.
//!
//!     cargo run --release -p state-future-fuzz -- --programs 10000 --seed 1
//!     cargo run --release -p state-future-fuzz -- --diagnostics 200 --seed 1

mod diagnostics;
mod execute;
mod grammar;
mod judge;
mod options;
mod random;
mod report;
mod shard;
mod shrink;
mod toolchain;
mod tree;

use crate::grammar::{Edition, Program, generate};
use crate::judge::{Verdict, judge};
use crate::options::Options;
use crate::report::{Totals, print_finding};
use crate::shard::Workshop;
use crate::shrink::shrink;
use crate::toolchain::Toolchain;
use std::collections::HashSet;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(words) => {
            eprintln!("{words}");
            return ExitCode::from(2);
        }
    };
    match fuzz(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What the threads of a run share.
struct Shared {
    totals: Totals,
    /// The forms of refusals that have been shown.
    shown: HashSet<String>,
    /// How many mismatches may still be shrunk.
    shrinks: usize,
}

/// Runs it and says whether all is well: no mismatch, and not too many refusals.
fn fuzz(options: &Options) -> io::Result<bool> {
    let start = Instant::now();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let toolchain = Toolchain::prepare(&root, options)?;
    if let Some(count) = options.diagnostics {
        return diagnostics::check_diagnostics(options, &toolchain, count);
    }
    if let Some(index) = options.only {
        return one_program(options, &toolchain, index);
    }
    let shards: Vec<(Edition, Vec<usize>)> = shards(options);
    let next = AtomicUsize::new(0);
    let shared = Mutex::new(Shared {
        totals: Totals::default(),
        shown: HashSet::new(),
        shrinks: options.shrinks,
    });
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..options.jobs)
            .map(|worker| {
                let (toolchain, shards, next, shared) = (&toolchain, &shards, &next, &shared);
                scope.spawn(move || -> io::Result<()> {
                    let folder = options.folder.join(format!("worker{worker}"));
                    let workshop = Workshop::new(&folder, toolchain)?;
                    while let Some((_, indices)) = shards.get(next.fetch_add(1, Ordering::Relaxed))
                    {
                        run_shard(options, &workshop, indices, shared)?;
                        let shared = shared.lock().expect("no thread panics");
                        eprintln!(
                            "{} programs, {} mismatches, {} not lowered, {} s",
                            shared.totals.programs,
                            shared.totals.differing,
                            shared.totals.refusals(),
                            start.elapsed().as_secs()
                        );
                    }
                    Ok(())
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("no thread panics"))
    })?;
    let shared = shared.into_inner().expect("no thread panics");
    shared.totals.print(options.seed, start.elapsed());
    Ok(shared.totals.differing == 0)
}

/// The programs' numbers, in shards of one edition.
fn shards(options: &Options) -> Vec<(Edition, Vec<usize>)> {
    let numbers: Vec<usize> = (options.first..options.first + options.programs).collect();
    let mut shards = Vec::new();
    for chunk in numbers.chunks(2 * options.shard) {
        for (remainder, edition) in [(0, Edition::E2024), (1, Edition::E2021)] {
            let numbers: Vec<usize> = chunk
                .iter()
                .copied()
                .filter(|number| number % 2 == remainder)
                .collect();
            if !numbers.is_empty() {
                shards.push((edition, numbers));
            }
        }
    }
    shards
}

fn run_shard(
    options: &Options,
    workshop: &Workshop,
    indices: &[usize],
    shared: &Mutex<Shared>,
) -> io::Result<()> {
    let programs: Vec<Program> = indices
        .iter()
        .map(|&index| generate(options.seed, index, options.features))
        .collect();
    let verdicts = judge(workshop, &programs.iter().collect::<Vec<_>>())?;
    for (program, verdict) in programs.iter().zip(&verdicts) {
        let is_to_be_shown = {
            let mut shared = shared.lock().expect("no thread panics");
            shared.totals.add(verdict);
            match verdict {
                Verdict::Refused { form, .. } => shared.shown.insert(form.clone()),
                Verdict::Rejected { form, .. } if options.rejected => {
                    shared.shown.insert(form.clone())
                }
                // They are shown as they are.
                Verdict::Differs(_) if options.shrinks == 0 => true,
                Verdict::Differs(_) if shared.shrinks > 0 => {
                    shared.shrinks -= 1;
                    true
                }
                Verdict::Differs(_) => {
                    println!(
                        "program {} of seed {} differs, too",
                        program.index, options.seed
                    );
                    false
                }
                _ => false,
            }
        };
        if is_to_be_shown {
            let (smallest, verdict) = match (options.shrinks, verdict.finding()) {
                (0, _) | (_, None) => (program.clone(), verdict.clone()),
                _ => shrink(workshop, program, verdict)?,
            };
            let _printing = shared.lock().expect("no thread panics");
            print_finding(options.seed, &smallest, &verdict);
        }
    }
    Ok(())
}

/// Judges one program, shrinks it if it is a finding, and prints it in any case.
fn one_program(options: &Options, toolchain: &Toolchain, index: usize) -> io::Result<bool> {
    let program = generate(options.seed, index, options.features);
    let workshop = Workshop::new(&options.folder.join("one"), toolchain)?;
    let verdict = judge(&workshop, &[&program])?.remove(0);
    if verdict.finding().is_none() {
        return Ok(true);
    }
    let (smallest, verdict) = match options.shrinks {
        0 => (program, verdict),
        _ => shrink(&workshop, &program, &verdict)?,
    };
    print_finding(options.seed, &smallest, &verdict);
    Ok(false)
}
