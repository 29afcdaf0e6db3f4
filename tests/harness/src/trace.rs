//! The event log of the current thread, and the one place where panics are injected.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Everything recorded during one run, in order.
pub type Trace = Vec<String>;

/// The panic message of an injected panic.
pub const INJECTED: &str = "injected";

#[derive(Default)]
struct Recorder {
    events: Trace,
    steps: usize,
    panic_at: Option<usize>,
    alive: BTreeSet<u64>,
    next_identity: u64,
}

thread_local! {
    static RECORDER: RefCell<Recorder> = RefCell::default();
}

/// Starts a new log. The `panic_at`-th step of the run panics.
pub fn start(panic_at: Option<usize>) {
    RECORDER.with_borrow_mut(|recorder| {
        *recorder = Recorder {
            panic_at,
            ..Recorder::default()
        }
    });
}

/// Ends the log: notes the values still alive and returns all events.
pub fn finish() -> Trace {
    RECORDER.with_borrow_mut(|recorder| {
        let leaked = recorder.alive.len();
        if leaked > 0 {
            recorder.events.push(format!("leaked {leaked}"));
        }
        std::mem::take(&mut recorder.events)
    })
}

/// How many steps have happened so far.
pub fn steps() -> usize {
    RECORDER.with_borrow(|recorder| recorder.steps)
}

/// Records an event that cannot fail.
pub fn note(event: impl Into<String>) {
    RECORDER.with_borrow_mut(|recorder| recorder.events.push(event.into()));
}

/// Records an event of the body, and panics if this is the step chosen for it. A thread that unwinds already is
/// spared, since a second panic would end the process.
pub fn step(event: impl Into<String>) {
    let panics = RECORDER.with_borrow_mut(|recorder| {
        recorder.events.push(event.into());
        let this_step = recorder.steps;
        recorder.steps += 1;
        recorder.panic_at == Some(this_step)
    });
    if panics && !std::thread::panicking() {
        note("inject panic");
        std::panic::panic_any(INJECTED);
    }
}

/// Registers a new value and returns what identifies it.
pub fn birth() -> u64 {
    RECORDER.with_borrow_mut(|recorder| {
        recorder.next_identity += 1;
        recorder.alive.insert(recorder.next_identity);
        recorder.next_identity
    })
}

/// Registers the end of a value. `false` if it had ended before.
pub fn death(identity: u64) -> bool {
    RECORDER.with_borrow_mut(|recorder| recorder.alive.remove(&identity))
}

/// Whether the value has not ended yet.
pub fn is_alive(identity: u64) -> bool {
    RECORDER.with_borrow(|recorder| recorder.alive.contains(&identity))
}

/// Records that control passed here.
pub fn mark(event: impl Into<Cow<'static, str>>) {
    step(event.into());
}

/// Records the evaluation of an operand and returns its value.
pub fn value<T>(event: &'static str, value: T) -> T {
    step(format!("evaluate {event}"));
    value
}
