//! What a thread does with the tasks.

use super::shared::{Seat, Shared};
use crate::parker::{Kind, Parker};
use crate::reactor::{self, Working};
use crate::task::Runnable;
use crossbeam_deque::{Steal, Worker as Queue};
use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

/// A worker looks at what comes from outside, however busy it is, once in this many tasks.
const TASKS_PER_LOOK: u32 = 61;
/// How many tasks in a row may come from the slot for the next task before others get their turn.
const MAX_STREAK: u32 = 16;
/// A sleeping worker looks for others that are stuck after this time, and then ever more rarely ..
const MIN_NAP: Duration = Duration::from_millis(10);
/// .. up to this.
const MAX_NAP: Duration = Duration::from_millis(160);

thread_local! {
    /// The worker that this thread is, while it is one. It lives on this thread's stack.
    static CURRENT: Cell<*const Worker> = const { Cell::new(ptr::null()) };
}

/// The executor whose worker this thread is.
pub(super) fn current() -> Option<Arc<Shared>> {
    with_current(|worker| worker.shared.clone())
}

fn with_current<T>(function: impl FnOnce(&Worker) -> T) -> Option<T> {
    // SAFETY: the pointer is set for as long as the worker stays where it is, on this thread's stack.
    unsafe { CURRENT.get().as_ref() }.map(function)
}

/// Queues a task on this thread if it is a worker of the given executor, and else gives the task back.
pub(super) fn push(
    shared: *const Shared,
    runnable: Runnable,
    yielded: bool,
) -> Result<(), Runnable> {
    let worker = CURRENT.get();
    // SAFETY: as in `with_current`.
    match unsafe { worker.as_ref() } {
        Some(worker) if Arc::as_ptr(&worker.shared) == shared => {
            worker.push(runnable, yielded);
            Ok(())
        }
        _ => Err(runnable),
    }
}

/// Has this thread be no worker until the result is dropped.
pub(super) fn step_outside() -> Entered {
    Entered {
        before: CURRENT.replace(ptr::null()),
    }
}

/// A thread that runs tasks.
pub(super) struct Worker {
    shared: Arc<Shared>,
    index: usize,
    queue: Option<Queue<Runnable>>,
    parker: Arc<Parker>,
    /// How many tasks have run.
    ticks: Cell<u32>,
    /// How many of the last ones came from the slot for the next task.
    streak: Cell<u32>,
    searching: Cell<bool>,
    nap: Cell<Duration>,
}

/// Makes a worker known to its thread for as long as it lives.
pub(super) struct Entered {
    before: *const Worker,
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.before);
    }
}

impl Worker {
    /// Takes a seat, unless it is taken.
    pub(super) fn enter(shared: &Arc<Shared>, index: usize) -> Option<Self> {
        let seat = &shared.seats[index];
        let queue = seat
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        let parker = Parker::new(Kind::Worker);
        seat.set_parker(Some(parker.clone()));
        Some(Self {
            shared: shared.clone(),
            index,
            queue: Some(queue),
            parker,
            ticks: Cell::new(0),
            streak: Cell::new(0),
            searching: Cell::new(false),
            nap: Cell::new(MIN_NAP),
        })
    }

    fn seat(&self) -> &Seat {
        &self.shared.seats[self.index]
    }

    /// Runs tasks until told to stop; asks before each.
    pub(super) fn run(&self, mut stop: impl FnMut() -> bool) {
        let _working = Working::enter();
        let _entered = Entered {
            before: CURRENT.replace(self),
        };
        while !stop() {
            match self.next() {
                Some(runnable) => {
                    self.end_search();
                    runnable.run();
                }
                None => self.sleep(),
            }
        }
    }

    /// Runs tasks until a future ends, which is polled on this thread only.
    pub(super) fn run_until<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let signal = Arc::new(Signal {
            woken: AtomicBool::new(true),
            parker: self.parker.clone(),
        });
        let waker = Waker::from(signal.clone());
        let mut output = None;
        self.run(|| {
            if signal.woken.swap(false, Ordering::AcqRel) {
                if let Poll::Ready(ready) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                    output = Some(ready);
                }
            }
            output.is_some()
        });
        output.expect("the worker runs until there is an output")
    }

    /// Stops searching, having found something; the last one to do so wakes the next.
    fn end_search(&self) {
        if self.searching.replace(false) && self.shared.idle.found() {
            self.shared.notify();
        }
    }

    fn queue(&self) -> &Queue<Runnable> {
        self.queue
            .as_ref()
            .expect("the queue goes back when the worker is dropped")
    }

    /// Queues a task that was woken on this thread.
    fn push(&self, runnable: Runnable, yielded: bool) {
        // A task that yields goes behind the others; a task that was woken runs next, in front of them.
        let behind = if yielded {
            Some(runnable)
        } else {
            self.seat().next.replace(runnable)
        };
        if let Some(behind) = behind {
            let was_empty = self.queue().is_empty();
            self.queue().push(behind);
            // The one task in the queue is run here, unless there is another to run first.
            if !(yielded && was_empty) {
                self.shared.notify();
            }
        }
    }

    /// The task to run next, if there is one.
    fn next(&self) -> Option<Runnable> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if ticks % TASKS_PER_LOOK == 0 {
            reactor::glance();
            if let Some(runnable) = self.take_injected() {
                return Some(runnable);
            }
        }
        if let Some(runnable) = self.seat().next.take() {
            let streak = self.streak.get() + 1;
            self.streak.set(streak);
            if streak < MAX_STREAK || self.queue().is_empty() {
                return Some(runnable);
            }
            self.queue().push(runnable);
        }
        self.streak.set(0);
        self.queue().pop().or_else(|| self.search(false))
    }

    fn take_injected(&self) -> Option<Runnable> {
        loop {
            match self.shared.injector.steal_batch_and_pop(self.queue()) {
                Steal::Success(runnable) => return Some(runnable),
                Steal::Retry => {}
                Steal::Empty => return None,
            }
        }
    }

    /// Looks for a task with the others.
    fn search(&self, from_stuck: bool) -> Option<Runnable> {
        if let Some(runnable) = self.take_injected() {
            return Some(runnable);
        }
        let seats = &self.shared.seats;
        if !self.searching.get() {
            if !self.shared.idle.may_search(seats.len()) {
                return None;
            }
            self.searching.set(true);
        }
        // Each worker starts with its neighbour, so that they do not all ask the same one.
        for offset in 1..seats.len() {
            let seat = &seats[(self.index + offset) % seats.len()];
            loop {
                match seat.stealer.steal_batch_and_pop(self.queue()) {
                    Steal::Success(runnable) => return Some(runnable),
                    Steal::Retry => {}
                    Steal::Empty => break,
                }
            }
            if from_stuck {
                if let Some(runnable) = seat.next.take() {
                    return Some(runnable);
                }
            }
        }
        None
    }

    /// Sleeps until there may be something to do.
    fn sleep(&self) {
        self.shared
            .idle
            .fall_asleep(self.index, self.searching.replace(false));
        let work = !self.shared.injector.is_empty()
            || self
                .shared
                .seats
                .iter()
                .any(|seat| !seat.stealer.is_empty())
            || self.shared.is_closed();
        let woken = !work && self.parker.park(Some(self.nap.get()));
        self.searching.set(self.shared.idle.wake_up(self.index));
        // What the reactor has woken is in this worker's own queue.
        if woken || work || !self.queue().is_empty() || !self.seat().next.is_empty() {
            self.nap.set(MIN_NAP);
            return;
        }
        // Nobody called for this long: see whether a worker is stuck in a task while another waits in its slot.
        self.nap.set(MAX_NAP.min(self.nap.get() * 2));
        if let Some(runnable) = self.search(true) {
            self.nap.set(MIN_NAP);
            self.push(runnable, true);
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end_search();
        let Some(queue) = self.queue.take() else {
            return;
        };
        let seat = self.seat();
        seat.set_parker(None);
        // What this worker leaves behind goes to the others, or is dropped there if the executor is closed.
        while let Some(runnable) = seat.next.take().or_else(|| queue.pop()) {
            self.shared.inject(runnable);
        }
        *seat.queue.lock().unwrap_or_else(PoisonError::into_inner) = Some(queue);
        if self.shared.is_closed() {
            self.shared.drop_tasks();
        }
        reactor::hand_over();
    }
}

/// Wakes the future that a guest runs.
struct Signal {
    woken: AtomicBool,
    parker: Arc<Parker>,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.parker.unpark();
    }
}
