//! What the tasks, the workers and the executor share.

use super::idle::Idle;
use super::slot::NextSlot;
use super::worker;
use crate::parker::Parker;
use crate::task::{
    Header, Home, JoinHandle, Registry, Runnable, TaskDump, Telling, contain, is_taking_aside,
    take_aside,
};
use async_task::{ScheduleInfo, WithInfo};
use crossbeam_deque::{Injector, Steal, Stealer, Worker as Queue};
use crossbeam_utils::CachePadded;
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The shared part of an executor.
pub(crate) struct Shared {
    /// Tasks that were woken by threads other than the workers.
    pub(super) injector: Injector<Runnable>,
    /// A seat for each thread, and one for a guest in [`Executor::run`](super::Executor::run).
    pub(super) seats: Box<[CachePadded<Seat>]>,
    pub(super) idle: Idle,
    pub(super) registry: Registry,
    closed: AtomicBool,
}

/// What others see of a worker.
pub(super) struct Seat {
    /// The worker's queue while no worker sits here.
    pub(super) queue: Mutex<Option<Queue<Runnable>>>,
    pub(super) stealer: Stealer<Runnable>,
    pub(super) next: NextSlot,
    /// The way to wake the thread that sits here.
    parker: Mutex<Option<Arc<Parker>>>,
}

impl Shared {
    pub(super) fn new(threads: usize) -> Self {
        Self {
            injector: Injector::new(),
            seats: (0..=threads)
                .map(|_| CachePadded::new(Seat::new()))
                .collect(),
            idle: Idle::default(),
            registry: Registry::new(),
            closed: AtomicBool::new(false),
        }
    }

    /// The guest's seat.
    pub(super) fn guest(&self) -> usize {
        self.seats.len() - 1
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Has all workers end.
    pub(super) fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        self.seats.iter().for_each(|seat| seat.wake());
    }

    /// Drops all tasks of a closed executor but those that a worker runs or holds; each worker calls this at its end.
    pub(super) fn drop_tasks(&self) {
        loop {
            match self.injector.steal() {
                Steal::Success(runnable) => drop(runnable),
                Steal::Retry => {}
                Steal::Empty => break,
            }
        }
        // Last, as the list lets go only of tasks that have ended, and they hold on to this.
        self.registry.close();
    }

    /// Wakes a sleeping worker for work that was just added, if none is on its way.
    pub(super) fn notify(&self) {
        if let Some(index) = self.idle.worker_to_wake() {
            self.seats[index].wake();
        }
    }

    /// Lists the live tasks with what each is at.
    pub(super) fn dump(&self) -> Vec<TaskDump> {
        // Outside of its executor a worker does not queue what it wakes, but comes to `inject`.
        self.registry.dump(worker::step_outside)
    }

    /// Queues a task where all workers can get it, or drops it if the executor is gone.
    pub(super) fn inject(&self, runnable: Runnable) {
        if is_taking_aside() {
            return take_aside(runnable);
        }
        self.injector.push(runnable);
        self.notify();
        // The executor sets the flag before it empties the queue, and `notify` has put a fence between the push and this,
        // so that one of the two sees the other.
        if self.is_closed() {
            self.drop_tasks();
        }
    }
}

impl Debug for Shared {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Shared")
            .field("seats", &self.seats.len())
            .finish_non_exhaustive()
    }
}

impl Seat {
    fn new() -> Self {
        let queue = Queue::new_fifo();
        let stealer = queue.stealer();
        Self {
            queue: Mutex::new(Some(queue)),
            stealer,
            next: NextSlot::new(),
            parker: Mutex::new(None),
        }
    }

    /// Sets the way to wake the thread that sits here.
    pub(super) fn set_parker(&self, parker: Option<Arc<Parker>>) {
        *self.parker.lock().unwrap_or_else(PoisonError::into_inner) = parker;
    }

    /// Wakes the thread that sits here, if there is one.
    fn wake(&self) {
        let parker = self
            .parker
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(parker) = parker {
            parker.unpark();
        }
    }
}

/// Starts a task, which tells by way of `T` what it waits for.
pub(super) fn spawn_on<T, F>(
    shared: &Arc<Shared>,
    name: Option<Box<str>>,
    future: F,
) -> JoinHandle<F::Output>
where
    T: Telling<F, Since: Send>,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    let header = Header::new(Home::Executor(shared.clone()), name);
    let builder = async_task::Builder::new().metadata(header);
    // SAFETY: the future is `Send` and `'static` but for the borrow of the header, which is dropped after it, in the same
    // allocation. `schedule` is a function: `Send`, `Sync` and `'static`.
    let (runnable, task) = unsafe {
        builder.spawn_unchecked(
            move |header| contain::<T, _>(future, header),
            WithInfo(schedule),
        )
    };
    // A closed executor drops what it is given at once, so that nothing needs to be listed.
    if !shared.is_closed() {
        shared.registry.insert(&runnable);
    }
    runnable.schedule();
    JoinHandle::new(task)
}

/// Puts a woken task where it runs.
fn schedule(runnable: Runnable, info: ScheduleInfo) {
    let Home::Executor(shared) = &runnable.metadata().home else {
        unreachable!("an executor's task has an executor for its home")
    };
    let pointer = Arc::as_ptr(shared);
    if let Err(runnable) = worker::push(pointer, runnable, info.woken_while_running) {
        // The task keeps `shared` alive, but may be gone as soon as it is in the queue.
        let Home::Executor(shared) = &runnable.metadata().home else {
            return;
        };
        let shared = shared.clone();
        shared.inject(runnable);
    }
}
