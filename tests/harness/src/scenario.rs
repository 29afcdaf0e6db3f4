//! One way through a future, from its construction to its drop.

use crate::subject::Subject;
use crate::trace::{self, Trace};
use crate::waker::Wakers;
use std::any::Any;
use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;
use std::task::{Context, Poll};

/// More polls than this mean that the body does not end.
const POLL_LIMIT: usize = 10_000;

/// When the future is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// After its completion.
    Completed,
    /// After one more poll than it takes to complete or to panic.
    PolledAgain,
    /// After this many polls, whether it is ready or not.
    CancelledAfter(usize),
}

/// One way through a future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// When the future is dropped.
    pub ending: Ending,
    /// The step that panics.
    pub panic_at: Option<usize>,
}

impl fmt::Display for Scenario {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ending {
            Ending::Completed => formatter.write_str("run to completion")?,
            Ending::PolledAgain => formatter.write_str("polled again after its end")?,
            Ending::CancelledAfter(0) => formatter.write_str("dropped unpolled")?,
            Ending::CancelledAfter(polls) => write!(formatter, "cancelled after poll {polls}")?,
        }
        match self.panic_at {
            Some(step) => write!(formatter, ", panic at step {step}"),
            None => Ok(()),
        }
    }
}

/// What one run showed.
pub struct Run {
    /// Every event.
    pub trace: Trace,
    /// How often the future was polled.
    pub polls: usize,
    /// The number of steps when the future was about to be dropped.
    pub steps_before_drop: usize,
    /// The number of steps at the end.
    pub steps: usize,
}

/// Takes a new future through `scenario`.
pub fn run(construct: &dyn Fn() -> Box<dyn Subject>, scenario: Scenario) -> Run {
    trace::start(scenario.panic_at);
    let mut wakers = Wakers::default();
    let mut polls = 0;
    let mut steps_before_drop = 0;
    if let Some(mut subject) = observed(construct) {
        poll_to_ending(&mut *subject, scenario.ending, &mut wakers, &mut polls);
        steps_before_drop = trace::steps();
        trace::note("drop the future");
        observed(|| drop(subject));
    }
    let held = wakers.held();
    if !held.is_empty() {
        trace::note(format!("wakers of polls {held:?} are still held"));
    }
    let steps = trace::steps();
    Run {
        trace: trace::finish(),
        polls,
        steps_before_drop,
        steps,
    }
}

fn poll_to_ending(
    subject: &mut dyn Subject,
    ending: Ending,
    wakers: &mut Wakers,
    polls: &mut usize,
) {
    let limit = match ending {
        Ending::CancelledAfter(limit) => limit,
        Ending::Completed | Ending::PolledAgain => POLL_LIMIT,
    };
    while *polls < limit {
        match poll_once(subject, wakers, polls) {
            Some(Poll::Pending) => {}
            Some(Poll::Ready(())) | None => break,
        }
    }
    if ending == Ending::PolledAgain {
        poll_once(subject, wakers, polls);
    }
    assert!(*polls < POLL_LIMIT, "the body does not end");
}

fn poll_once(
    subject: &mut dyn Subject,
    wakers: &mut Wakers,
    polls: &mut usize,
) -> Option<Poll<()>> {
    *polls += 1;
    trace::note(format!("poll number {polls}"));
    let waker = wakers.next();
    let progress = observed(|| subject.advance(&mut Context::from_waker(&waker)));
    if let Some(Poll::Pending) = progress {
        trace::note("pending");
    }
    progress
}

/// Runs `action` silently and notes its panic.
fn observed<T>(action: impl FnOnce() -> T) -> Option<T> {
    install_silent_hook();
    let outer = SILENT.replace(true);
    let result = catch_unwind(AssertUnwindSafe(action));
    SILENT.set(outer);
    result
        .map_err(|payload| trace::note(format!("panicked: {}", message(&*payload))))
        .ok()
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&'static str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a value that is no text")
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Keeps the panics under observation off the test's output and leaves all others to the hook that was there.
fn install_silent_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |information| {
            if !SILENT.get() {
                previous(information);
            }
        }));
    });
}
