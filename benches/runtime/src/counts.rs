//! What does not depend on load: instructions and system calls, counted by valgrind and strace where these are installed.

use crate::rows::{Contender, Row};
use std::process::{Command, Stdio};

/// The argument that has the program run one workload and nothing else.
pub const ALONE: &str = "--alone";

/// Runs a workload under a tool, and gives what the tool says in the end.
fn run_under(tool: &[&str], row: &Row, contender: &Contender, count: usize) -> Option<String> {
    let output = Command::new(tool[0])
        .args(&tool[1..])
        .arg(std::env::current_exe().ok()?)
        .args([
            ALONE,
            row.name,
            &row.threads.to_string(),
            contender.runtime,
            &count.to_string(),
        ])
        .stdout(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The difference between many operations and few, so that what is done once does not count.
fn per_operation(
    row: &Row,
    few: usize,
    many: usize,
    count: impl Fn(usize) -> Option<u64>,
) -> Option<f64> {
    debug_assert!(few < many && row.count > 0);
    let difference = count(many)?.saturating_sub(count(few)?);
    Some(difference as f64 / (many - few) as f64)
}

/// Instructions per operation of the program itself. Several threads take turns under valgrind, so that this is for one thread.
pub fn instructions(row: &Row, contender: &Contender) -> Option<f64> {
    if row.threads > 1 {
        return None;
    }
    let tool = [
        "valgrind",
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
    ];
    per_operation(row, row.count / 10, row.count / 2, |count| {
        let report = run_under(&tool, row, contender, count)?;
        let (_, collected) = report.split_once("Collected : ")?;
        collected.split_whitespace().next()?.parse().ok()
    })
}

/// System calls per operation, by all threads.
pub fn system_calls(row: &Row, contender: &Contender) -> Option<f64> {
    let tool = ["strace", "-f", "-c", "-U", "calls,name"];
    per_operation(row, row.count / 10, row.count / 2, |count| {
        let report = run_under(&tool, row, contender, count)?;
        let total = report.lines().rfind(|line| line.ends_with("total"))?;
        total.split_whitespace().next()?.parse().ok()
    })
}
