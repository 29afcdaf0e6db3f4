//! The small executor beside its peers, on the same workloads.
//!
//! `cargo run --release -p runtime-bench [-- [--counts] [--rounds N] [WORKLOAD]]`
//!
//! `WORKLOAD` is a row's name, or `servers`, or `sizes`; without it all are measured.
//!
//! For each workload and runtime: the time of an operation with rustc's own async functions and with lowered ones, the median
//! of interleaved runs; the processor's time; how many times that of runtime-lite each is; allocations and allocated bytes. With
//! `--counts` also instructions and system calls, where valgrind and strace are installed. Times depend on what else the machine
//! does; counts and, less so, ratios do not.

mod allocations;
mod counts;
mod processor;
mod rows;
mod runtimes;
mod servers;
mod sizes;

/// The workloads with rustc's own async functions.
mod plain {
    use differential_passthrough::passthrough as lower;
    include!("workloads.rs");
}

/// The workloads with lowered ones.
mod lowered {
    use state_future::state_future as lower;
    include!("workloads.rs");
}

use rows::{Row, rows};
use std::process::ExitCode;
use std::time::Instant;

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

const DEFAULT_ROUNDS: usize = 9;

/// One run's time and processor time for an operation, in nanoseconds.
fn sample(run: fn(usize), count: usize) -> [f64; 2] {
    let (start, start_processor) = (Instant::now(), processor::own_time());
    run(count);
    let elapsed = start.elapsed().as_nanos() as f64;
    [elapsed, processor::own_time() - start_processor].map(|time| time / count as f64)
}

fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

/// What was measured of one contender.
struct Measured {
    plain: f64,
    lowered: f64,
    processor: f64,
    allocations: f64,
    bytes: f64,
}

/// Measures all contenders, round by round, so that a busy while of the machine hits all of them.
fn measure(row: &Row, rounds: usize) -> Vec<Measured> {
    let mut samples: Vec<[Vec<f64>; 3]> =
        row.contenders.iter().map(|_| Default::default()).collect();
    // The first round makes the runtimes and does not count.
    for round in 0..=rounds {
        for (contender, [plain, lowered, processor]) in row.contenders.iter().zip(&mut samples) {
            let [time, processor_time] = sample(contender.plain, row.count);
            let [time_lowered, _] = sample(contender.lowered, row.count);
            if round > 0 {
                plain.push(time);
                lowered.push(time_lowered);
                processor.push(processor_time);
            }
        }
    }
    let contenders = row.contenders.iter().zip(samples);
    contenders
        .map(|(contender, [plain, lowered, processor])| {
            let (calls, bytes) = allocations::count(|| (contender.plain)(row.count));
            Measured {
                plain: median(plain),
                lowered: median(lowered),
                processor: median(processor),
                allocations: calls as f64 / row.count as f64,
                bytes: bytes as f64 / row.count as f64,
            }
        })
        .collect()
}

fn shown(count: Option<f64>) -> String {
    count.map_or("-".into(), |count| {
        if count < 10.0 {
            format!("{count:.2}")
        } else {
            format!("{count:.0}")
        }
    })
}

fn print_row(row: &Row, rounds: usize, with_counts: bool) {
    let measured = measure(row, rounds);
    let ours = &measured[0];
    for (contender, one) in row.contenders.iter().zip(&measured) {
        let (instructions, system_calls) = if with_counts {
            (
                counts::instructions(row, contender),
                counts::system_calls(row, contender),
            )
        } else {
            (None, None)
        };
        println!(
            "| {} | {} | {} | {:.1} | {:.2} | {:.1} | {:.1} | {:.2} | {:.2} | {:.0} | {} | {} |",
            row.name,
            row.threads,
            contender.runtime,
            one.plain,
            one.plain / ours.plain,
            one.lowered,
            one.processor,
            one.processor / ours.processor,
            one.allocations,
            one.bytes,
            shown(instructions),
            shown(system_calls),
        );
    }
}

/// Runs one workload in one runtime; see [`counts`].
fn run_alone(arguments: &[String]) -> Option<()> {
    let [name, threads, runtime, count] = arguments else {
        return None;
    };
    let threads: usize = threads.parse().ok()?;
    let count = count.parse().ok()?;
    let row = rows()
        .into_iter()
        .find(|row| row.name == name && row.threads == threads)?;
    let contender = row
        .contenders
        .iter()
        .find(|contender| contender.runtime == runtime)?;
    (contender.plain)(count);
    Some(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments
        .first()
        .is_some_and(|first| first == counts::ALONE)
    {
        return run_alone(&arguments[1..]).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let (mut rounds, mut with_counts, mut only) = (DEFAULT_ROUNDS, false, None);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--counts" => with_counts = true,
            "--rounds" => match arguments.next().and_then(|rounds| rounds.parse().ok()) {
                Some(0) | None => {
                    eprintln!("error: --rounds takes a number above 0");
                    return ExitCode::from(2);
                }
                Some(given) => rounds = given,
            },
            _ => only = Some(argument),
        }
    }
    let is_asked = |name| only.as_ref().is_none_or(|only| only == name);
    let chosen: Vec<Row> = rows()
        .into_iter()
        .filter(|row| is_asked(row.name))
        .collect();
    if !chosen.is_empty() {
        println!(
            "| workload | threads | runtime | ns | ratio | lowered ns | cpu ns | ratio | allocations | bytes | instructions | system calls |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    }
    chosen
        .iter()
        .for_each(|row| print_row(row, rounds, with_counts));
    let mut outcome = Ok(());
    if is_asked("servers") {
        outcome = servers::print(rounds, with_counts);
    }
    if is_asked("sizes") {
        outcome = outcome.and(sizes::print());
    }
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
