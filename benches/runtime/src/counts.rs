//! What does not depend on load: instructions and system calls, counted by valgrind and strace where these are installed.

use crate::rows::{Contender, Row};
use std::process::{Command, Stdio};

/// The argument that has the program run one workload and nothing else.
pub const ALONE: &str = "--alone";

/// A program that runs another and counts something.
pub struct Tool {
    pub command: &'static [&'static str],
    /// Finds the count in what it says in the end.
    pub result: fn(&str) -> Option<u64>,
}

/// Instructions of the program itself.
pub const INSTRUCTIONS: Tool = Tool {
    command: &[
        "valgrind",
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
    ],
    result: |report| {
        let (_, collected) = report.split_once("Collected : ")?;
        collected.split_whitespace().next()?.parse().ok()
    },
};

/// System calls by all threads.
pub const SYSTEM_CALLS: Tool = Tool {
    command: &["strace", "-f", "-c", "-U", "calls,name"],
    result: |report| {
        let total = report.lines().rfind(|line| line.ends_with("total"))?;
        total.split_whitespace().next()?.parse().ok()
    },
};

impl Tool {
    /// What it counts in a run of so many operations.
    fn count(&self, row: &Row, contender: &Contender, count: usize) -> Option<u64> {
        let output = Command::new(self.command[0])
            .args(&self.command[1..])
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
        let report = String::from_utf8_lossy(&output.stderr);
        output
            .status
            .success()
            .then(|| (self.result)(&report))
            .flatten()
    }

    /// What it counts for an operation: the difference between many and few, so that what is done once does not count.
    fn per_operation(&self, row: &Row, contender: &Contender) -> Option<f64> {
        let (few, many) = (row.count / 10, row.count / 2);
        let [less, more] = [few, many].map(|count| self.count(row, contender, count));
        Some(more?.saturating_sub(less?) as f64 / (many - few) as f64)
    }
}

/// Instructions per operation, of all threads, which take turns under valgrind.
pub fn instructions(row: &Row, contender: &Contender) -> Option<f64> {
    INSTRUCTIONS.per_operation(row, contender)
}

/// System calls per operation.
pub fn system_calls(row: &Row, contender: &Contender) -> Option<f64> {
    SYSTEM_CALLS.per_operation(row, contender)
}
