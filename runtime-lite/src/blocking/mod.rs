//! Blocking code on threads of its own.

mod pool;

use crate::task::{Header, Home, JoinHandle, Runnable, contain};
use pool::Pool;

/// The pool that [`spawn_blocking`] and [`fs`](crate::fs) share.
static POOL: Pool = Pool::new();

/// Runs blocking code on a thread where it may block, and gives a handle to wait for what it returns.
///
/// Threads are started when all that there are have work, and end when they have had none for a while. If no
/// thread can be started the code runs on the threads there are, or, if there are none, within this call.
///
/// [`JoinHandle::abort`] keeps the code from running if it has not begun; code that has begun runs to its end.
///
/// ```
/// let answer = runtime_lite::block_on(runtime_lite::spawn_blocking(|| 6 * 7)).unwrap();
/// assert_eq!(answer, 42);
/// ```
pub fn spawn_blocking<F, T>(function: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    spawn_on(&POOL, function)
}

/// Runs blocking code on a given pool.
fn spawn_on<F, T>(pool: &'static Pool, function: F) -> JoinHandle<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let schedule = move |runnable: Runnable| pool.push(runnable);
    let builder = async_task::Builder::new().metadata(Header::new(Home::Blocking, None));
    // SAFETY: the future and the schedule function are `Send` and `'static` as `spawn` would demand; only the borrow of
    // the header is not `'static`, and the header is dropped after the future, in the same allocation.
    let (runnable, task) = unsafe {
        builder.spawn_unchecked(
            move |header| contain(async move { function() }, header),
            schedule,
        )
    };
    runnable.schedule();
    JoinHandle::new(task)
}
