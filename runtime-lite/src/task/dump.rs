//! What each live task is at.
//!
//! The thread that asks wakes every task, and takes aside those that were waiting instead of queueing them: they are its own
//! then, and nobody else polls them. It runs each with the request to describe itself, which makes the task's [`Contained`]
//! print the future instead of polling it, and wake the task, so that it is queued as it would have been. Tasks that were
//! awake already are not touched, and all that is known of them is that they are.
//!
//! [`Contained`]: super::contained::Contained

use super::header::{DESCRIBE, Runnable, TaskId, TaskInfo};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display, Formatter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// What a live task is at, as [`Executor::dump`](crate::Executor::dump) tells.
///
/// Printed, it is a line:
/// `task 12 "client 3" waits for 1.204 s: serve at src/main.rs:40:9 next(stream) > next at src/main.rs:21:14 sleep(pause)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskDump {
    /// The task's number.
    pub id: TaskId,
    /// The name it was spawned with, if any.
    pub name: Option<String>,
    /// What it is at.
    pub activity: Activity,
}

/// What a task is at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Activity {
    /// It runs, or waits for nothing but a thread to run on.
    Awake,
    /// It waits, and cannot tell for what, as it was not spawned with `spawn_debug`.
    Waits,
    /// It waits within a future.
    WaitsIn {
        /// What the future prints by [`Debug`].
        future: String,
        /// When it was polled last.
        since: Instant,
    },
}

impl Display for TaskDump {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "task {}", self.id)?;
        if let Some(name) = &self.name {
            write!(formatter, " {name:?}")?;
        }
        match &self.activity {
            Activity::Awake => formatter.write_str(" is awake"),
            Activity::Waits => formatter.write_str(" waits"),
            Activity::WaitsIn { future, since } => {
                let seconds = since.elapsed().as_secs_f64();
                write!(formatter, " waits for {seconds:.3} s: {future}")
            }
        }
    }
}

/// Whether a task tells what its future waits for.
pub(crate) trait Telling<F> {
    /// When the future was polled last, if that is told.
    type Since: Copy + Default;
    /// Now.
    fn now() -> Self::Since;
    /// What the future waits for.
    fn tell(future: &F, since: Self::Since) -> Activity;
}

/// It does not, and pays nothing for it.
pub(crate) struct Silent;

impl<F> Telling<F> for Silent {
    type Since = ();

    fn now() {}

    fn tell(_: &F, (): ()) -> Activity {
        Activity::Waits
    }
}

/// It tells as much as the future prints.
pub(crate) struct Printing;

impl<F: Debug> Telling<F> for Printing {
    /// `None` before the first poll.
    type Since = Option<Instant>;

    fn now() -> Option<Instant> {
        Some(Instant::now())
    }

    fn tell(future: &F, since: Option<Instant>) -> Activity {
        let printed = catch_unwind(AssertUnwindSafe(|| format!("{future:?}")));
        Activity::WaitsIn {
            future: printed.unwrap_or_else(|_| String::from("(it panicked when printed)")),
            since: since.unwrap_or_else(Instant::now),
        }
    }
}

thread_local! {
    /// Whether tasks that are woken on this thread are taken aside.
    static COLLECTING: Cell<bool> = const { Cell::new(false) };
    /// The tasks that were.
    static COLLECTED: RefCell<Vec<Runnable>> = const { RefCell::new(Vec::new()) };
    /// What the task that was asked last has told.
    static TOLD: Cell<Option<Activity>> = const { Cell::new(None) };
}

/// Whether this thread takes tasks aside at the moment.
pub(crate) fn is_taking_aside() -> bool {
    COLLECTING.get()
}

/// Takes a woken task aside.
pub(crate) fn take_aside(runnable: Runnable) {
    COLLECTED.with_borrow_mut(|collected| collected.push(runnable));
}

/// Called by a task that was asked to describe itself.
pub(super) fn tell(activity: Activity) {
    TOLD.set(Some(activity));
}

/// Has `wake` wake tasks and list them, and gives the list with what each is at.
pub(super) fn describe(wake: impl FnOnce() -> Vec<TaskInfo>) -> Vec<TaskDump> {
    COLLECTING.set(true);
    let tasks = wake();
    COLLECTING.set(false);
    // In a variable of its own: what the tasks print may ask for a dump itself.
    let collected = COLLECTED.take();
    let mut told: BTreeMap<_, _> = collected.into_iter().filter_map(ask).collect();
    let dump = tasks.into_iter().map(|TaskInfo { id, name }| {
        let activity = told.remove(&id).unwrap_or(Activity::Awake);
        TaskDump { id, name, activity }
    });
    dump.collect()
}

/// Runs a task that was taken aside, to describe itself; it queues itself again.
fn ask(runnable: Runnable) -> Option<(TaskId, Activity)> {
    let id = runnable.metadata().id;
    runnable.metadata().request(DESCRIBE);
    runnable.run();
    Some((id, TOLD.take()?))
}
