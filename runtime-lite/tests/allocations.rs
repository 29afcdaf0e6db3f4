//! No task and no executor is left in memory. A process of its own, as it counts what it allocates.

use runtime_lite::{Executor, LocalExecutor, block_on, spawn, time, yield_now};
use std::alloc::{GlobalAlloc, Layout, System};
use std::future::{pending, poll_fn};
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::mpsc;
use std::task::{Poll, Waker};
use std::thread::yield_now as yield_thread;
use std::time::{Duration, Instant};

/// The system's allocator, which counts what lives.
struct Counting;

static LIVE: AtomicIsize = AtomicIsize::new(0);

// SAFETY: every method hands on to the system's allocator what it was given, and gives what that gives.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Ordering::Relaxed);
        // SAFETY: the caller keeps to the contract of this very method.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(1, Ordering::Relaxed);
        // SAFETY: as above; the pointer comes from `System`.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Leaves tasks in every state behind in executors with so many threads: not begun, ready, waiting, asked, ended.
fn leave_tasks(threads: usize) {
    let (sender, wakers) = mpsc::channel::<Waker>();
    let keeps_waker = move || {
        let sender = sender.clone();
        poll_fn(move |context| {
            // Fails once nobody is interested.
            let _ = sender.send(context.waker().clone());
            Poll::<()>::Pending
        })
    };
    let executor = Executor::builder().threads(threads).build().unwrap();
    let local = LocalExecutor::new();
    for _ in 0..5 {
        executor.spawn(keeps_waker()).detach();
        executor.spawn(pending::<()>()).detach();
        executor
            .spawn(time::sleep(Duration::from_secs(1000)))
            .detach();
        executor
            .spawn_debug("sleeps", time::sleep(Duration::from_secs(1000)))
            .detach();
        local.spawn(keeps_waker()).detach();
        local
            .spawn_debug("sleeps", time::sleep(Duration::from_secs(1000)))
            .detach();
    }
    let give_way = async || {
        for _ in 0..50 {
            yield_now().await;
        }
    };
    executor.run(give_way());
    local.block_on(give_way());
    let output = executor.spawn(async { spawn(async { String::from("output") }).await.unwrap() });
    assert_eq!(executor.run(output).unwrap(), "output");
    executor.dump();
    local.dump();
    let kept: Vec<Waker> = wakers.try_iter().collect();
    kept.iter().for_each(Waker::wake_by_ref);
    let _never_runs = (
        executor.spawn(pending::<()>()),
        local.spawn(pending::<()>()),
    );
    drop((executor, local));
    kept.into_iter().for_each(Waker::wake);
}

/// A task drops its own executor, and ends or goes on.
fn drop_from_within(goes_on: bool) {
    let executor = Executor::builder().threads(2).build().unwrap();
    executor.spawn(pending::<()>()).detach();
    let (sender, receiver) = mpsc::channel::<Executor>();
    let (ended, end) = mpsc::channel::<()>();
    let task = executor.spawn(async move {
        drop(receiver.recv().unwrap());
        if goes_on {
            yield_now().await;
        }
        drop(ended);
    });
    sender.send(executor).unwrap();
    assert_eq!(block_on(task).is_ok(), !goes_on);
    assert!(end.recv().is_err());
}

#[test]
fn nothing_is_left_in_memory() {
    // The queues' crate keeps some dozens of blocks of a few threads that have ended, however many there were.
    const ROUNDS: isize = 500;
    for threads in [0, 2] {
        // What is made once, and what other crates give back late.
        let round = || {
            leave_tasks(threads);
            drop_from_within(false);
            drop_from_within(true);
        };
        (0..10).for_each(|_| round());
        block_on(yield_now());
        let before = LIVE.load(Ordering::Relaxed);
        (0..ROUNDS).for_each(|_| round());
        // The thread whose task has dropped its executor may still be on its way out.
        let deadline = Instant::now() + Duration::from_secs(10);
        let left = || LIVE.load(Ordering::Relaxed) - before;
        while left() >= ROUNDS && Instant::now() < deadline {
            yield_thread();
        }
        assert!(
            left() < ROUNDS,
            "{} after {ROUNDS} rounds, {threads} threads",
            left()
        );
    }
}
