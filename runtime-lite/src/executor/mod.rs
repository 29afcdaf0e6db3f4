//! An executor that spreads its tasks over threads.
//!
//! * `shared`: what tasks, workers and the executor share; where a woken task goes.
//! * `worker`: what a thread does with the tasks.
//! * `slot`: the task that a worker runs next.
//! * `idle`: which threads sleep, and whom to wake for new work.
//! * `global`: the executor behind [`spawn`].

mod global;
mod idle;
mod shared;
mod slot;
mod worker;

pub use global::{dump, spawn, spawn_debug};
pub(crate) use shared::Shared;

use crate::block_on;
use crate::task::{JoinHandle, Printing, Silent, TaskDump, TaskInfo};
use shared::spawn_on;
use std::fmt::Debug;
use std::future::IntoFuture;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread;
use worker::Worker;

/// An executor that runs its tasks on several threads, moving them from busy threads to idle ones.
///
/// Dropping it waits for each thread to finish the poll it is in, and drops all tasks.
///
/// ```
/// use runtime_lite::{Executor, block_on};
///
/// let executor = Executor::new()?;
/// let tasks: Vec<_> = (0..10).map(|number| executor.spawn(async move { number * number })).collect();
/// let mut sum = 0;
/// for task in tasks {
///     sum += block_on(task)?;
/// }
/// assert_eq!(sum, 285);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Executor {
    shared: Arc<Shared>,
    threads: Vec<thread::JoinHandle<()>>,
}

/// How an [`Executor`] is to be.
#[derive(Clone, Debug)]
pub struct Builder {
    threads: usize,
    name: String,
}

impl Default for Builder {
    fn default() -> Self {
        let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            threads,
            name: "runtime-lite".into(),
        }
    }
}

impl Builder {
    /// How many threads to start; as many as there are processors if this is not called. With none, tasks run
    /// within [`Executor::run`] only.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// The name of the threads.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Starts the threads. If only some of them can be started these do all the work; if none can, that is the error.
    pub fn build(self) -> io::Result<Executor> {
        let shared = Arc::new(Shared::new(self.threads));
        let mut threads = Vec::with_capacity(self.threads);
        for index in 0..self.threads {
            let worker = Arc::clone(&shared);
            let builder = thread::Builder::new().name(self.name.clone());
            match builder.spawn(move || run_worker(worker, index)) {
                Ok(thread) => threads.push(thread),
                Err(error) if threads.is_empty() => return Err(error),
                Err(_) => break,
            }
        }
        Ok(Executor { shared, threads })
    }
}

/// What each thread of an executor does, from its start to its end.
fn run_worker(shared: Arc<Shared>, index: usize) {
    if let Some(worker) = Worker::enter(&shared, index) {
        worker.run(|| shared.is_closed());
    }
}

impl Executor {
    /// An executor with as many threads as there are processors.
    pub fn new() -> io::Result<Self> {
        Builder::default().build()
    }

    /// An executor that is to be in some other way.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts a task.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: Send + 'static, Output: Send + 'static>,
    {
        spawn_on::<Silent, _>(&self.shared, None, future.into_future())
    }

    /// Starts a task with a name, which [`Executor::tasks`] shows.
    pub fn spawn_named<F>(&self, name: &str, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: Send + 'static, Output: Send + 'static>,
    {
        spawn_on::<Silent, _>(&self.shared, Some(name.into()), future.into_future())
    }

    /// Starts a task with a name, whose future [`Executor::dump`] prints.
    ///
    /// The task notes the time after each poll, which other tasks do not.
    pub fn spawn_debug<F>(&self, name: &str, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: Debug + Send + 'static, Output: Send + 'static>,
    {
        spawn_on::<Printing, _>(&self.shared, Some(name.into()), future.into_future())
    }

    /// Runs a future on the calling thread until it ends, and the executor's tasks along with it while it waits.
    ///
    /// One thread at a time can help in this way; for others this is [`block_on`](fn@crate::block_on).
    ///
    /// ```
    /// use runtime_lite::Executor;
    ///
    /// let executor = Executor::builder().threads(0).build()?;
    /// assert_eq!(executor.run(executor.spawn(async { 7 }))?, 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn run<F: IntoFuture>(&self, future: F) -> F::Output {
        match Worker::enter(&self.shared, self.shared.guest()) {
            Some(worker) => worker.run_until(future.into_future()),
            None => block_on(future),
        }
    }

    /// Lists the live tasks, the newest first.
    pub fn tasks(&self) -> Vec<TaskInfo> {
        self.shared.registry.tasks()
    }

    /// Lists the live tasks, the newest first, with what each is at: for those spawned with [`Executor::spawn_debug`], what
    /// the future prints by [`Debug`], and since when it has been so.
    ///
    /// To find out where a program is stuck: it works though every thread is, as no task but the asked ones is needed for
    /// it. Each task that waits is polled once more afterwards, as if it had been woken.
    pub fn dump(&self) -> Vec<TaskDump> {
        self.shared.dump()
    }
}

impl Drop for Executor {
    fn drop(&mut self) {
        self.shared.close();
        for thread in self.threads.drain(..) {
            // A task that drops its own executor does not wait for itself: its thread ends after this poll.
            if thread.thread().id() != thread::current().id() {
                // Threads do not panic, as tasks keep their panics to themselves.
                let _ = thread.join();
            }
        }
        self.shared.drop_tasks();
    }
}
