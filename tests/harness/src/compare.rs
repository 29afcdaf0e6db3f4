//! Takes two constructors through every scenario and compares the traces.

use crate::leak::unreported;
use crate::scenario::{Ending, Run, Scenario, run};
use crate::side_by_side::side_by_side;
use crate::subject::{Subject, subject};
use crate::trace::Trace;
use std::fmt::{self, Debug};
use std::future::Future;

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// How many scenarios both bodies went through.
    pub scenarios: usize,
    /// How many polls the bodies need.
    pub polls: usize,
    /// In how many scenarios, each with a panic in a drop, the plain body leaked what the lowered one dropped. rustc
    /// forgets the finished value of a block or an arm if the drop of one of its variables panics.
    pub leaks_avoided: usize,
}

/// The first scenario in which the two bodies differ.
pub struct Mismatch {
    /// What was done to the two.
    pub scenario: Scenario,
    /// What the plain body did.
    pub plain: Trace,
    /// What the lowered body did.
    pub lowered: Trace,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "the two bodies differ when {}:", self.scenario)?;
        side_by_side(
            formatter,
            ("plain", &self.plain),
            ("lowered", &self.lowered),
        )
    }
}

impl Debug for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Compares two futures in every scenario: run to completion, polled again after it, dropped unpolled, cancelled
/// after every poll, and each of these with a panic in every step.
pub fn compare<P, L>(
    plain: impl Fn() -> P,
    lowered: impl Fn() -> L,
) -> Result<Summary, Box<Mismatch>>
where
    P: Future<Output: Debug> + 'static,
    L: Future<Output: Debug> + 'static,
{
    compare_subjects(&|| subject(plain()), &|| subject(lowered()))
}

/// Compares two futures and panics with both traces where they differ. It does so on a stack of its own, since
/// futures of megabytes are among them.
pub fn assert_same<P, L>(name: &str, plain: fn() -> P, lowered: fn() -> L)
where
    P: Future<Output: Debug> + 'static,
    L: Future<Output: Debug> + 'static,
{
    let result = std::thread::Builder::new()
        .stack_size(STACK_SIZE)
        .spawn(move || compare(plain, lowered))
        .expect("a thread starts")
        .join();
    match result {
        Ok(Ok(summary)) => assert_eq!(
            summary.leaks_avoided, 0,
            "{name}: the plain body leaks what the lowered one drops"
        ),
        Ok(Err(mismatch)) => panic!("{name}: {mismatch}"),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// Address space only; memory is taken as it is used.
const STACK_SIZE: usize = 256 << 20;

struct Twins<'a> {
    plain: &'a dyn Fn() -> Box<dyn Subject>,
    lowered: &'a dyn Fn() -> Box<dyn Subject>,
    scenarios: usize,
    leaks_avoided: usize,
}

impl Twins<'_> {
    /// Compares one scenario and returns the run of the plain body.
    fn agree(&mut self, ending: Ending, panic_at: Option<usize>) -> Result<Run, Box<Mismatch>> {
        let scenario = Scenario { ending, panic_at };
        let plain = unreported(|| run(self.plain, scenario));
        let lowered = if leaked(&plain.trace) > 0 || panics_in_a_drop(&plain.trace) {
            // It may leak the same. What is no `Noisy` and leaks is not seen in the trace.
            unreported(|| run(self.lowered, scenario))
        } else {
            run(self.lowered, scenario)
        };
        self.scenarios += 1;
        if plain.trace == lowered.trace {
            return Ok(plain);
        }
        if panic_at.is_some() && leaks_less(&plain.trace, &lowered.trace) {
            self.leaks_avoided += 1;
            return Ok(plain);
        }
        Err(Box::new(Mismatch {
            scenario,
            plain: plain.trace,
            lowered: lowered.trace,
        }))
    }
}

fn compare_subjects(
    plain: &dyn Fn() -> Box<dyn Subject>,
    lowered: &dyn Fn() -> Box<dyn Subject>,
) -> Result<Summary, Box<Mismatch>> {
    let mut twins = Twins {
        plain,
        lowered,
        scenarios: 0,
        leaks_avoided: 0,
    };
    let completed = twins.agree(Ending::Completed, None)?;
    twins.agree(Ending::PolledAgain, None)?;
    for polls in 0..completed.polls {
        let ending = Ending::CancelledAfter(polls);
        let cancelled = twins.agree(ending, None)?;
        for step in cancelled.steps_before_drop..cancelled.steps {
            twins.agree(ending, Some(step))?;
        }
    }
    for step in 0..completed.steps {
        twins.agree(Ending::Completed, Some(step))?;
        twins.agree(Ending::PolledAgain, Some(step))?;
    }
    Ok(Summary {
        scenarios: twins.scenarios,
        polls: completed.polls,
        leaks_avoided: twins.leaks_avoided,
    })
}

/// Whether the lowered body differs in nothing but that it drops what the plain one leaks.
fn leaks_less(plain: &Trace, lowered: &Trace) -> bool {
    let is_leak = |line: &&String| line.starts_with("leaked ");
    let mut rest = plain.iter().filter(|line| !is_leak(line)).peekable();
    let mut dropped = 0;
    for line in lowered.iter().filter(|line| !is_leak(line)) {
        if rest.next_if_eq(&line).is_none() {
            if !line.starts_with('~') {
                return false;
            }
            dropped += 1;
        }
    }
    dropped > 0 && rest.next().is_none() && leaked(plain) == leaked(lowered) + dropped
}

/// Whether the injected panic comes out of a drop.
fn panics_in_a_drop(trace: &Trace) -> bool {
    let injected = trace.iter().position(|line| line == "inject panic");
    injected.is_some_and(|at| at > 0 && trace[at - 1].starts_with('~'))
}

/// How many values were alive at the end of a run.
fn leaked(trace: &Trace) -> usize {
    let last = trace.last().and_then(|line| line.strip_prefix("leaked "));
    last.map_or(0, |count| count.parse().expect("the number of values"))
}
