//! Takes two constructors through every scenario and compares the traces.

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
        Ok(Ok(_summary)) => {}
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
}

impl Twins<'_> {
    /// Compares one scenario and returns the run of the plain body.
    fn agree(&mut self, ending: Ending, panic_at: Option<usize>) -> Result<Run, Box<Mismatch>> {
        let scenario = Scenario { ending, panic_at };
        let plain = run(self.plain, scenario);
        let lowered = run(self.lowered, scenario);
        self.scenarios += 1;
        if plain.trace == lowered.trace {
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
    })
}
