//! Runs a compiled shard, and goes on with the next case if one kills the process.

use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// What running a case showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Both twins did the same.
    Same {
        /// In so many scenarios.
        scenarios: usize,
        /// In so many of them rustc's twin leaked what the other dropped.
        leaks_avoided: usize,
    },
    /// They did not: both traces, or how the process died.
    Differs(String),
}

/// No case takes nearly as long.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs all cases of a shard.
///
/// # Errors
/// If the program cannot be started.
pub fn execute(program: &Path, cases: usize) -> io::Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    while outcomes.len() < cases {
        let done = outcomes.len();
        run_from(program, done, &mut outcomes)?;
        if outcomes.len() == done {
            return Err(io::Error::other("the shard ran none of its cases"));
        }
    }
    Ok(outcomes)
}

fn run_from(program: &Path, first: usize, outcomes: &mut Vec<Outcome>) -> io::Result<()> {
    let mut child = Command::new(program)
        .arg(first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let lines = lines_of(child.stdout.take().expect("it is piped"));
    let words = lines_of(child.stderr.take().expect("it is piped"));
    let mut has_begun = false;
    while let Ok(line) = lines.recv_timeout(PATIENCE) {
        let mut parts = line.split(' ');
        let kind = parts.next().unwrap_or_default();
        let number = parts
            .nth(1)
            .and_then(|number| number.parse().ok())
            .unwrap_or(0);
        match kind {
            "begin" => has_begun = true,
            "same" => {
                has_begun = false;
                outcomes.push(Outcome::Same {
                    scenarios: number,
                    leaks_avoided: parts
                        .next()
                        .and_then(|leaks| leaks.parse().ok())
                        .unwrap_or(0),
                });
            }
            "differs" => {
                has_begun = false;
                let report: Vec<String> = lines.iter().take(number).collect();
                outcomes.push(Outcome::Differs(report.join("\n")));
            }
            _ => {}
        }
    }
    if has_begun {
        outcomes.push(Outcome::Differs(how_it_ended(child, &words)?));
    } else {
        child.wait()?;
    }
    Ok(())
}

fn how_it_ended(mut child: Child, words: &Receiver<String>) -> io::Result<String> {
    let status = match child.try_wait()? {
        Some(status) => status.to_string(),
        None => {
            // It has closed its output and is about to end, or it hangs.
            std::thread::sleep(Duration::from_secs(1));
            match child.try_wait()? {
                Some(status) => status.to_string(),
                None => {
                    child.kill()?;
                    child.wait()?;
                    "it did not end".to_owned()
                }
            }
        }
    };
    let words: Vec<String> = words.iter().take(60).collect();
    Ok(format!("the process died: {status}\n{}", words.join("\n")))
}

/// The lines of a stream, read in a thread so that waiting for them can have an end.
fn lines_of(stream: impl io::Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}
