//! A pool of threads that grows and shrinks with the work.

use crate::task::Runnable;
use std::collections::VecDeque;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// How many threads there may be.
const MAX_THREADS: usize = 256;
/// How long a thread waits for work before it ends.
const KEEP_ALIVE: Duration = Duration::from_secs(2);

/// Starts a thread that works for a pool.
type StartThread = fn(&'static Pool) -> io::Result<()>;

/// Threads that run tasks which block.
pub(super) struct Pool {
    state: Mutex<State>,
    /// Signalled for each task that an idle thread is to take.
    work: Condvar,
    start_thread: StartThread,
}

struct State {
    queue: VecDeque<Runnable>,
    threads: usize,
    /// Threads that wait for work, those included that were told of it and have not woken up yet.
    idle: usize,
}

impl Pool {
    pub(super) const fn new() -> Self {
        Self::with_starter(start_thread)
    }

    /// A pool whose threads are started by a given function.
    pub(super) const fn with_starter(start_thread: StartThread) -> Self {
        let state = State {
            queue: VecDeque::new(),
            threads: 0,
            idle: 0,
        };
        Self {
            state: Mutex::new(state),
            work: Condvar::new(),
            start_thread,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while the lock is held, so the state is whole whatever the flag says.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has a thread run a task.
    pub(super) fn push(&'static self, runnable: Runnable) {
        let mut state = self.lock();
        state.queue.push_back(runnable);
        if state.idle >= state.queue.len() {
            self.work.notify_one();
            return;
        }
        if state.threads == MAX_THREADS {
            return;
        }
        state.threads += 1;
        drop(state);
        if (self.start_thread)(self).is_err() {
            // The threads there are get to the task in time; without any, this one runs it.
            let mut state = self.lock();
            state.threads -= 1;
            if state.threads == 0 {
                while let Some(runnable) = state.queue.pop_front() {
                    drop(state);
                    runnable.run();
                    state = self.lock();
                }
            }
        }
    }

    /// What each thread does, from its start to its end.
    fn work(&self) {
        let mut state = self.lock();
        loop {
            while let Some(runnable) = state.queue.pop_front() {
                drop(state);
                runnable.run();
                state = self.lock();
            }
            state.idle += 1;
            let (guard, timeout) = self
                .work
                .wait_timeout_while(state, KEEP_ALIVE, |state| state.queue.is_empty())
                .unwrap_or_else(PoisonError::into_inner);
            state = guard;
            state.idle -= 1;
            if timeout.timed_out() && state.queue.is_empty() {
                state.threads -= 1;
                return;
            }
        }
    }
}

/// Starts a thread that ends when the pool has no work for it.
pub(super) fn start_thread(pool: &'static Pool) -> io::Result<()> {
    let builder = thread::Builder::new().name("runtime-lite blocking".into());
    builder.spawn(move || pool.work()).map(drop)
}
