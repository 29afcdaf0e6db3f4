//! The executor with several threads.

mod counted;

use counted::counted;
use runtime_lite::{Executor, JoinHandle, block_on, spawn, spawn_blocking, yield_now};
use std::future::{Future, pending, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// Counts how many of it are alive.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn threads(count: usize) -> Executor {
    Executor::builder().threads(count).build().unwrap()
}

#[test]
fn many_tasks_from_everywhere_all_end() {
    let _counted = counted();
    let executor = Arc::new(threads(3));
    let spawners: Vec<_> = (0..4)
        .map(|_| {
            let executor = executor.clone();
            thread::spawn(move || {
                let tasks: Vec<_> = (0..2000u64)
                    .map(|number| {
                        executor.spawn(async move {
                            if number % 3 == 0 {
                                yield_now().await;
                            }
                            spawn(async move { number }).await.unwrap()
                        })
                    })
                    .collect();
                block_on(async {
                    let mut sum = 0;
                    for task in tasks {
                        sum += task.await.unwrap();
                    }
                    sum
                })
            })
        })
        .collect();
    for spawner in spawners {
        assert_eq!(spawner.join().unwrap(), 1999 * 1000);
    }
    assert!(executor.tasks().is_empty());
}

#[test]
fn a_panic_kills_neither_thread_nor_other_tasks() {
    let _counted = counted();
    let executor = threads(1);
    for round in 0..50 {
        let bad = executor.spawn(async move {
            if round < 50 {
                panic!("round {round}")
            }
        });
        let error = block_on(bad).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the task panicked: round {round}")
        );
        assert_eq!(block_on(executor.spawn(async { 1 })).unwrap(), 1);
    }
}

#[test]
fn dropping_the_executor_drops_every_task_and_ends_every_thread() {
    let _counted = counted();
    let count = Arc::new(AtomicUsize::new(0));
    let kept = Arc::new(Mutex::new(Vec::<Waker>::new()));
    let executor = threads(2);
    let handles: Vec<_> = (0..500)
        .map(|kind| {
            let alive = Alive::new(&count);
            let kept = kept.clone();
            executor.spawn(async move {
                let _alive = alive;
                match kind % 3 {
                    0 => pending().await,
                    1 => loop {
                        yield_now().await;
                    },
                    _ => {
                        poll_fn(|context| {
                            kept.lock().unwrap().push(context.waker().clone());
                            Poll::<()>::Pending
                        })
                        .await;
                    }
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_millis(20));
    drop(executor);
    assert_eq!(count.load(Ordering::SeqCst), 0);
    for handle in handles {
        assert!(block_on(handle).unwrap_err().is_aborted());
    }
    // Wakers of tasks that are gone are harmless.
    kept.lock().unwrap().drain(..).for_each(Waker::wake);
    assert_eq!(Arc::strong_count(&kept), 1);
}

#[test]
fn a_task_may_drop_its_own_executor() {
    let _counted = counted();
    let count = Arc::new(AtomicUsize::new(0));
    let executor = threads(2);
    let alive = Alive::new(&count);
    executor
        .spawn(async move {
            let _alive = alive;
            pending::<()>().await;
        })
        .detach();
    let slot = Arc::new(Mutex::new(None));
    let (sender, receiver) = mpsc::channel();
    let task = executor.spawn({
        let slot = slot.clone();
        async move {
            receiver.recv().unwrap();
            drop(slot.lock().unwrap().take());
            yield_now().await;
            unreachable!("the executor is gone");
        }
    });
    *slot.lock().unwrap() = Some(executor);
    sender.send(()).unwrap();
    assert!(block_on(task).map(|(): ()| ()).unwrap_err().is_aborted());
    assert_eq!(count.load(Ordering::SeqCst), 0);
}

#[test]
fn abort_races_with_wake_and_end() {
    let _counted = counted();
    let executor = threads(2);
    for round in 0..2000 {
        let count = Arc::new(AtomicUsize::new(0));
        let alive = Alive::new(&count);
        let task = executor.spawn(async move {
            let _alive = alive;
            for _ in 0..round % 7 {
                yield_now().await;
            }
            if round % 2 == 0 {
                pending::<()>().await;
            }
            round
        });
        if round % 3 == 0 {
            thread::yield_now();
        }
        task.abort();
        match block_on(task) {
            Ok(output) => assert_eq!(output, round),
            Err(error) => assert!(error.is_aborted()),
        }
        let deadline = Instant::now() + Duration::from_secs(5);
        while count.load(Ordering::SeqCst) != 0 {
            assert!(Instant::now() < deadline, "the future outlives its task");
            thread::yield_now();
        }
    }
}

#[test]
fn a_million_wakes_from_other_threads() {
    let _counted = counted();
    let executor = threads(2);
    let target = Arc::new(Mutex::new(None::<Waker>));
    let stop = Arc::new(AtomicBool::new(false));
    let polls = Arc::new(AtomicUsize::new(0));
    let task = executor.spawn({
        let (target, stop, polls) = (target.clone(), stop.clone(), polls.clone());
        poll_fn(move |context| {
            polls.fetch_add(1, Ordering::Relaxed);
            let mut target = target.lock().unwrap();
            if !target
                .as_ref()
                .is_some_and(|waker| waker.will_wake(context.waker()))
            {
                *target = Some(context.waker().clone());
            }
            if stop.load(Ordering::Acquire) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
    });
    let wakers: Vec<_> = (0..2)
        .map(|_| {
            let target = target.clone();
            thread::spawn(move || {
                for _ in 0..500_000 {
                    let waker = target.lock().unwrap().clone();
                    if let Some(waker) = waker {
                        waker.wake();
                    }
                }
            })
        })
        .collect();
    wakers.into_iter().for_each(|waker| waker.join().unwrap());
    stop.store(true, Ordering::Release);
    target.lock().unwrap().clone().unwrap().wake();
    block_on(task).unwrap();
    assert!(polls.load(Ordering::Relaxed) > 1);
    target.lock().unwrap().take().unwrap().wake();
}

#[test]
fn all_threads_work_at_the_same_time() {
    let _counted = counted();
    let executor = threads(3);
    let barrier = Arc::new(Barrier::new(3));
    let first = executor.spawn({
        let barrier = barrier.clone();
        async move {
            // Spawned on a worker: the others have to come and take them.
            let others: Vec<JoinHandle<()>> = (0..2)
                .map(|_| {
                    let barrier = barrier.clone();
                    spawn(async move {
                        barrier.wait();
                    })
                })
                .collect();
            barrier.wait();
            for other in others {
                other.await.unwrap();
            }
        }
    });
    block_on(first).unwrap();
}

#[test]
fn a_task_behind_one_that_never_yields_is_taken_over() {
    let _counted = counted();
    let executor = threads(2);
    let done = Arc::new(AtomicBool::new(false));
    let stuck = executor.spawn({
        let done = done.clone();
        async move {
            let other = done.clone();
            spawn(async move { other.store(true, Ordering::Release) }).detach();
            let start = Instant::now();
            while !done.load(Ordering::Acquire) {
                assert!(
                    start.elapsed() < Duration::from_secs(10),
                    "nobody took the task over"
                );
                thread::yield_now();
            }
            start.elapsed()
        }
    });
    let waited = block_on(stuck).unwrap();
    assert!(waited < Duration::from_secs(1), "{waited:?}");
}

#[test]
fn a_flood_of_ready_tasks_starves_nobody() {
    let _counted = counted();
    let executor = threads(1);
    let stop = Arc::new(AtomicBool::new(false));
    for _ in 0..100 {
        let stop = stop.clone();
        executor
            .spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    yield_now().await;
                }
            })
            .detach();
    }
    // Two tasks that wake each other go through the slot for the next task, from which only they run.
    let (sender, receiver) = (
        Arc::new(Mutex::new(None::<Waker>)),
        Arc::new(Mutex::new(None::<Waker>)),
    );
    for (own, other) in [(sender.clone(), receiver.clone()), (receiver, sender)] {
        let stop = stop.clone();
        executor
            .spawn(poll_fn(move |context| {
                *own.lock().unwrap() = Some(context.waker().clone());
                let other = other.lock().unwrap().clone();
                if let Some(waker) = other {
                    waker.wake();
                }
                if stop.load(Ordering::Relaxed) {
                    Poll::Ready(())
                } else {
                    Poll::Pending
                }
            }))
            .detach();
    }
    let start = Instant::now();
    for _ in 0..20 {
        assert_eq!(block_on(executor.spawn(async { 3 })).unwrap(), 3);
    }
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    stop.store(true, Ordering::Relaxed);
}

#[test]
fn run_in_place_works_without_threads_and_for_several_callers() {
    let _counted = counted();
    let executor = threads(0);
    let task = executor.spawn(async {
        yield_now().await;
        spawn(async { 20 }).await.unwrap() + 1
    });
    assert_eq!(executor.run(task).unwrap(), 21);
    let executor = Arc::new(threads(1));
    let callers: Vec<_> = (0..3)
        .map(|number| {
            let executor = executor.clone();
            thread::spawn(move || executor.run(executor.spawn(async move { number })).unwrap())
        })
        .collect();
    for (number, caller) in callers.into_iter().enumerate() {
        assert_eq!(caller.join().unwrap(), number);
    }
}

#[test]
fn a_panic_in_run_leaves_the_executor_whole() {
    let _counted = counted();
    let executor = threads(0);
    let task = executor.spawn(async { 4 });
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        executor.run(async { panic!("in place") });
    }));
    assert!(outcome.is_err());
    assert_eq!(executor.run(task).unwrap(), 4);
}

#[test]
fn deep_recursion_of_tasks() {
    let _counted = counted();
    fn descend(depth: usize) -> Pin<Box<dyn Future<Output = usize> + Send>> {
        Box::pin(async move {
            if depth == 0 {
                0
            } else {
                spawn(descend(depth - 1)).await.unwrap() + 1
            }
        })
    }
    assert_eq!(block_on(threads(2).spawn(descend(1000))).unwrap(), 1000);
}

#[test]
fn blocking_code_runs_beside_and_may_be_aborted_before_it_begins() {
    let _counted = counted();
    let started = Instant::now();
    let sleepers: Vec<_> = (0..20)
        .map(|_| spawn_blocking(|| thread::sleep(Duration::from_millis(50))))
        .collect();
    block_on(async {
        for sleeper in sleepers {
            sleeper.await.unwrap();
        }
    });
    assert!(
        started.elapsed() < Duration::from_millis(20 * 50),
        "{:?}",
        started.elapsed()
    );
}
