//! The protocol of sleepers: no work is left lying while all who could do it sleep.

use super::idle::Idle;
use crate::sync::{AtomicUsize, Ordering};
use loom::model::Builder;
use loom::thread::{self, Thread};
use std::sync::Arc;

/// An executor of as little as will do: work is a number, and a worker does one piece of it at a time.
struct Executor {
    idle: Idle,
    /// Only the fences of `Idle` order this, as it is read and written without any order of its own.
    work: AtomicUsize,
    done: AtomicUsize,
    threads: loom::sync::Mutex<Vec<Option<Thread>>>,
}

impl Executor {
    fn new(workers: usize) -> Arc<Self> {
        Arc::new(Self {
            idle: Idle::default(),
            work: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            threads: loom::sync::Mutex::new((0..workers).map(|_| None).collect()),
        })
    }

    fn notify(&self) {
        if let Some(index) = self.idle.worker_to_wake() {
            let thread = self.threads.lock().unwrap()[index].clone();
            thread.expect("a sleeper has told its thread").unpark();
        }
    }

    fn add_work(&self) {
        self.work.fetch_add(1, Ordering::Relaxed);
        self.notify();
    }

    fn take_work(&self) -> bool {
        let taken = self
            .work
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |work| {
                work.checked_sub(1)
            });
        taken.is_ok()
    }

    /// What a worker does, as `Worker::run` and `Worker::sleep` do it, until so much work is done.
    fn run(&self, index: usize, total: usize) {
        self.threads.lock().unwrap()[index] = Some(thread::current());
        let mut searching = false;
        while self.done.load(Ordering::Acquire) < total {
            if self.take_work() {
                if std::mem::take(&mut searching) && self.idle.found() {
                    self.notify();
                }
                if self.done.fetch_add(1, Ordering::AcqRel) + 1 == total {
                    // The end, which wakes everybody, as closing an executor does.
                    for thread in self.threads.lock().unwrap().iter().flatten() {
                        thread.unpark();
                    }
                }
                continue;
            }
            self.idle.fall_asleep(index, std::mem::take(&mut searching));
            if self.work.load(Ordering::Relaxed) == 0 && self.done.load(Ordering::Acquire) < total {
                thread::park();
            }
            searching = self.idle.wake_up(index);
        }
        if searching {
            self.idle.found();
        }
    }
}

#[test]
fn work_wakes_the_only_worker() {
    loom::model(|| {
        let executor = Executor::new(1);
        let worker = thread::spawn({
            let executor = executor.clone();
            move || executor.run(0, 1)
        });
        executor.add_work();
        worker.join().unwrap();
    });
}

#[test]
fn work_of_two_threads_is_done_by_two_workers() {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(2);
    builder.check(|| {
        let executor = Executor::new(2);
        let other = thread::spawn({
            let executor = executor.clone();
            move || executor.run(1, 2)
        });
        let adding = thread::spawn({
            let executor = executor.clone();
            move || {
                executor.add_work();
                executor.add_work();
            }
        });
        executor.run(0, 2);
        other.join().unwrap();
        adding.join().unwrap();
        assert_eq!(executor.work.load(Ordering::Relaxed), 0);
    });
}
