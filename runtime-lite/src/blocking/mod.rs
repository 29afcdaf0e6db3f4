//! Blocking code on threads of its own.

mod pool;

use crate::task::{Header, Home, JoinHandle, Runnable, Silent, contain};
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
            move |header| contain::<Silent, _>(async move { function() }, header),
            schedule,
        )
    };
    runnable.schedule();
    JoinHandle::new(task)
}

#[cfg(test)]
mod tests {
    use super::pool::{Pool, start_thread};
    use super::spawn_on;
    use crate::block_on;
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    #[test]
    fn without_any_thread_the_work_is_done_in_place() {
        static POOL: Pool = Pool::with_starter(|_| Err(io::ErrorKind::OutOfMemory.into()));
        for number in 0..3 {
            let handle = spawn_on(&POOL, move || (number, thread::current().id()));
            assert!(handle.is_finished());
            assert_eq!(block_on(handle).unwrap(), (number, thread::current().id()));
        }
    }

    #[test]
    fn with_one_thread_the_work_is_done_in_turn() {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        static POOL: Pool =
            Pool::with_starter(|pool| match STARTED.fetch_add(1, Ordering::SeqCst) {
                0 => start_thread(pool),
                _ => Err(io::ErrorKind::OutOfMemory.into()),
            });
        let (sender, receiver) = mpsc::channel::<()>();
        let first = spawn_on(&POOL, move || receiver.recv().is_ok());
        let others: Vec<_> = (0..10)
            .map(|number| spawn_on(&POOL, move || number))
            .collect();
        assert!(others.iter().all(|other| !other.is_finished()));
        sender.send(()).unwrap();
        assert!(block_on(first).unwrap());
        for (number, other) in others.into_iter().enumerate() {
            assert_eq!(block_on(other).unwrap(), number);
        }
        assert_eq!(STARTED.load(Ordering::SeqCst), 11);
    }

    #[test]
    fn work_that_has_not_begun_can_be_aborted() {
        static POOL: Pool = Pool::with_starter(|pool| {
            static STARTED: AtomicUsize = AtomicUsize::new(0);
            match STARTED.fetch_add(1, Ordering::SeqCst) {
                0 => start_thread(pool),
                _ => Err(io::ErrorKind::OutOfMemory.into()),
            }
        });
        let (sender, receiver) = mpsc::channel::<()>();
        let first = spawn_on(&POOL, move || receiver.recv().is_ok());
        let aborted = spawn_on(&POOL, || unreachable!("it was aborted"));
        aborted.abort();
        sender.send(()).unwrap();
        assert!(block_on(first).unwrap());
        assert!(block_on(aborted).map(|(): ()| ()).unwrap_err().is_aborted());
    }
}
