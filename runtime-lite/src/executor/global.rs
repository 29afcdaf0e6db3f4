//! The executor that is always there.

use super::shared::spawn_on;
use super::{Executor, worker};
use crate::task::JoinHandle;
use std::future::IntoFuture;
use std::sync::OnceLock;

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
    static GLOBAL: OnceLock<Executor> = OnceLock::new();
    if let Some(shared) = worker::current() {
        return spawn_on(&shared, None, future.into_future());
    }
    let start = || Executor::new().unwrap_or_else(|error| panic!("cannot start a thread: {error}"));
    GLOBAL.get_or_init(start).spawn(future)
}
