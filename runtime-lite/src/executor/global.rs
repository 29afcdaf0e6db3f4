//! The executor that is always there.

use super::shared::spawn_on;
use super::{Executor, worker};
use crate::task::{JoinHandle, Printing, Silent, TaskDump, Telling};
use std::fmt::Debug;
use std::future::{Future, IntoFuture};
use std::sync::OnceLock;

static GLOBAL: OnceLock<Executor> = OnceLock::new();

/// Starts a task: on the executor that runs the caller, or, outside of any, on one that all of the process shares.
///
/// The shared executor is started by the first call that needs it, with as many threads as there are processors.
///
/// # Panics
/// If the shared executor is needed and not one thread can be started.
///
/// ```
/// let task = runtime_lite::spawn(async { 6 * 7 });
/// assert_eq!(runtime_lite::block_on(task).unwrap(), 42);
/// ```
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: IntoFuture<IntoFuture: Send + 'static, Output: Send + 'static>,
{
    spawn_here::<Silent, _>(None, future.into_future())
}

/// Starts a task whose future [`dump`] prints; otherwise as [`spawn`].
///
/// ```
/// # use runtime_lite::{block_on, dump, spawn_debug, time, time::Duration};
/// let task = spawn_debug("sleeper", time::sleep(Duration::from_secs(60)));
/// # std::thread::sleep(Duration::from_millis(50));
/// let line = dump()[0].to_string();
/// // task 1 "sleeper" waits for 0.050 s: Sleep { deadline: .. }
/// assert!(line.contains("\"sleeper\" waits for 0."), "{line}");
/// # task.abort();
/// ```
pub fn spawn_debug<F>(name: &str, future: F) -> JoinHandle<F::Output>
where
    F: IntoFuture<IntoFuture: Debug + Send + 'static, Output: Send + 'static>,
{
    spawn_here::<Printing, _>(Some(name.into()), future.into_future())
}

/// Lists the live tasks, the newest first, of the executor where [`spawn`] starts them, with what each is at; see
/// [`Executor::dump`].
pub fn dump() -> Vec<TaskDump> {
    match (worker::current(), GLOBAL.get()) {
        (Some(shared), _) => shared.dump(),
        (None, Some(global)) => global.dump(),
        (None, None) => Vec::new(),
    }
}

fn spawn_here<T, F>(name: Option<Box<str>>, future: F) -> JoinHandle<F::Output>
where
    T: Telling<F, Since: Send>,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    if let Some(shared) = worker::current() {
        return spawn_on::<T, _>(&shared, name, future);
    }
    let start = || Executor::new().unwrap_or_else(|error| panic!("cannot start a thread: {error}"));
    spawn_on::<T, _>(&GLOBAL.get_or_init(start).shared, name, future)
}
