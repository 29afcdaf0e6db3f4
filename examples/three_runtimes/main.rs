//! The same annotated functions on tokio's threads, on smol's and on those of `state_future::runtime`.
//!
//! `cargo run --example three_runtimes`
//!
//! A future of this crate, annotated or out of `runtime`, does not ask who polls it: sockets, timers, files and blocking code
//! of `runtime` work on any executor. So whoever outgrows the small one takes along all there is.

mod job;
#[cfg(test)]
mod tests;

use job::{Report, gather};
use state_future::runtime;
use std::io;
use std::process::ExitCode;

/// How many tasks each runtime has at a time.
const TASKS: usize = 16;

/// Runs the job on tokio.
fn on_tokio() -> io::Result<Report> {
    let tokio = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()?;
    tokio.block_on(gather(TASKS, |task| {
        let handle = tokio.spawn(task);
        async { handle.await.map_err(io::Error::other)? }
    }))
}

/// Runs the job on smol.
fn on_smol() -> io::Result<Report> {
    smol::block_on(gather(TASKS, smol::spawn))
}

/// Runs the job here.
fn on_ours() -> io::Result<Report> {
    runtime::block_on(gather(TASKS, |task| {
        let handle = runtime::spawn(task);
        async { handle.await.map_err(io::Error::other)? }
    }))
}

/// A runtime's name, and the job on it.
type Way = (&'static str, fn() -> io::Result<Report>);

const WAYS: [Way; 3] = [("tokio", on_tokio), ("smol", on_smol), ("runtime", on_ours)];

fn main() -> ExitCode {
    for (name, run) in WAYS {
        match run() {
            Ok(report) => println!("{name:<8} {report:?}"),
            Err(error) => {
                eprintln!("error: on {name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
