//! The ways in which a task can end, at each of its states, and what may go on at the same time.

mod counted;

use counted::counted;
use runtime_lite::{Executor, JoinHandle, LocalExecutor, block_on};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Returns,
    Panics,
    IsAborted,
    IsAbortedAndPanicsWhenDropped,
    IsLetGo,
    LosesItsExecutor,
}

const ENDINGS: [Ending; 6] = [
    Ending::Returns,
    Ending::Panics,
    Ending::IsAborted,
    Ending::IsAbortedAndPanicsWhenDropped,
    Ending::IsLetGo,
    Ending::LosesItsExecutor,
];

/// How often the futures here give way before they end.
const STATES: usize = 4;

/// A future that gives way in some states and then ends as it is meant to, counted while it lives.
struct Ends {
    left: usize,
    ending: Ending,
    alive: Arc<AtomicUsize>,
}

impl Ends {
    fn new(left: usize, ending: Ending, alive: &Arc<AtomicUsize>) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        let alive = alive.clone();
        Self {
            left,
            ending,
            alive,
        }
    }
}

impl Future for Ends {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.left == 0 {
            assert_ne!(self.ending, Ending::Panics, "on purpose");
            return match self.ending {
                Ending::Returns | Ending::IsLetGo => Poll::Ready(()),
                _ => Poll::Pending,
            };
        }
        self.left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Ends {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
        if self.ending == Ending::IsAbortedAndPanicsWhenDropped {
            panic!("dropped badly");
        }
    }
}

/// Checks what came out of a task after its ending.
fn check(ending: Ending, outcome: Result<(), runtime_lite::JoinError>) {
    match ending {
        Ending::Returns => outcome.unwrap(),
        Ending::Panics | Ending::IsAbortedAndPanicsWhenDropped => {
            assert!(outcome.unwrap_err().is_panic(), "{ending:?}");
        }
        _ => assert!(outcome.unwrap_err().is_aborted(), "{ending:?}"),
    }
}

#[test]
fn every_ending_in_every_state_on_one_thread() {
    let _counted = counted();
    let alive = Arc::new(AtomicUsize::new(0));
    for ending in ENDINGS {
        for polls in 0..=STATES {
            let executor = LocalExecutor::new();
            let ends_by_itself = matches!(ending, Ending::Returns | Ending::Panics);
            let left = if ends_by_itself { polls } else { STATES };
            let task = executor.spawn(Ends::new(left, ending, &alive));
            for _ in 0..polls {
                assert!(executor.try_tick());
            }
            assert_eq!(alive.load(Ordering::SeqCst), 1);
            match ending {
                Ending::LosesItsExecutor => {
                    drop(executor);
                    check(ending, block_on(task));
                }
                Ending::IsLetGo => {
                    task.detach();
                    while executor.try_tick() {}
                }
                Ending::Returns | Ending::Panics => check(ending, executor.block_on(task)),
                Ending::IsAborted | Ending::IsAbortedAndPanicsWhenDropped => {
                    task.abort();
                    while executor.try_tick() {}
                    check(ending, executor.block_on(task));
                    assert_eq!(executor.block_on(executor.spawn(async { 1 })).unwrap(), 1);
                }
            }
            assert_eq!(
                alive.load(Ordering::SeqCst),
                0,
                "{ending:?} after {polls} polls"
            );
        }
    }
}

#[test]
fn every_ending_in_every_state_on_other_threads() {
    let _counted = counted();
    let alive = Arc::new(AtomicUsize::new(0));
    for round in 0..50 {
        for ending in ENDINGS {
            let polls = round % (STATES + 1);
            let executor = Executor::builder().threads(round % 2 + 1).build().unwrap();
            let task = executor.spawn(Ends::new(polls, ending, &alive));
            match ending {
                Ending::IsLetGo => {
                    task.detach();
                    while alive.load(Ordering::SeqCst) > 0 {
                        thread::yield_now();
                    }
                }
                Ending::LosesItsExecutor => {
                    drop(executor);
                    check(ending, block_on(task));
                }
                _ => {
                    if matches!(
                        ending,
                        Ending::IsAborted | Ending::IsAbortedAndPanicsWhenDropped
                    ) {
                        task.abort();
                    }
                    check(ending, block_on(task));
                    assert_eq!(block_on(executor.spawn(async { 1 })).unwrap(), 1);
                }
            }
            assert_eq!(
                alive.load(Ordering::SeqCst),
                0,
                "{ending:?} after {polls} polls"
            );
        }
    }
}

/// Everything that can happen to a task at once: it is woken, asked, aborted and let go of, each by a thread of its own.
#[test]
fn wake_abort_dump_and_drop_at_the_same_time() {
    let _counted = counted();
    let alive = Arc::new(AtomicUsize::new(0));
    let executor = Arc::new(Executor::builder().threads(2).build().unwrap());
    let over = Arc::new(AtomicBool::new(false));
    let asking = thread::spawn({
        let (executor, over) = (executor.clone(), over.clone());
        move || {
            while !over.load(Ordering::Acquire) {
                executor.dump();
            }
        }
    });
    let (wakers, woken) = mpsc::channel::<Waker>();
    let waking = thread::spawn(move || {
        for waker in woken {
            waker.wake_by_ref();
            waker.wake();
        }
    });
    let (handles, let_go) = mpsc::channel::<(usize, JoinHandle<()>)>();
    let ending = thread::spawn(move || {
        for (number, handle) in let_go {
            match number % 3 {
                0 => handle.abort(),
                1 => handle.detach(),
                _ => {
                    handle.abort();
                    // It may have ended by itself before.
                    let _ = block_on(handle);
                }
            }
        }
    });
    for number in 0..10_000 {
        let wakers = wakers.clone();
        let mut ends = Ends::new(number % 3, Ending::Returns, &alive);
        let future = poll_fn(move |context| {
            // Fails when the test is over.
            let _ = wakers.send(context.waker().clone());
            Pin::new(&mut ends).poll(context)
        });
        handles.send((number, executor.spawn(future))).unwrap();
    }
    drop((wakers, handles));
    ending.join().unwrap();
    while alive.load(Ordering::SeqCst) > 0 {
        thread::yield_now();
    }
    over.store(true, Ordering::Release);
    asking.join().unwrap();
    waking.join().unwrap();
    assert!(executor.tasks().is_empty());
}

const MILLION: usize = 1_000_000;

/// A future that wakes itself a million times, at once or one time a poll.
fn wakes_itself(at_once: bool) -> impl Future<Output = usize> + Send {
    let mut polls = 0;
    poll_fn(move |context| {
        polls += 1;
        let times = if at_once { MILLION } else { 1 };
        for _ in 0..times {
            context.waker().wake_by_ref();
        }
        if polls == (if at_once { 2 } else { MILLION }) {
            Poll::Ready(polls)
        } else {
            Poll::Pending
        }
    })
}

#[test]
fn a_million_wakes_within_polls() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let local = LocalExecutor::new();
    for (at_once, polls) in [(true, 2), (false, MILLION)] {
        assert_eq!(block_on(wakes_itself(at_once)), polls);
        assert_eq!(
            block_on(executor.spawn(wakes_itself(at_once))).unwrap(),
            polls
        );
        assert_eq!(
            local.block_on(local.spawn(wakes_itself(at_once))).unwrap(),
            polls
        );
    }
}

#[test]
fn a_million_wakes_after_the_end_and_after_the_executor() {
    let _counted = counted();
    let kept = Arc::new(Mutex::new(Vec::new()));
    let polls = Arc::new(AtomicUsize::new(0));
    let keeps = || {
        let (kept, polls) = (kept.clone(), polls.clone());
        poll_fn(move |context| {
            polls.fetch_add(1, Ordering::SeqCst);
            kept.lock().unwrap().push(context.waker().clone());
            Poll::Ready(())
        })
    };
    let executor = Executor::builder().threads(2).build().unwrap();
    let local = LocalExecutor::new();
    block_on(executor.spawn(keeps())).unwrap();
    local.block_on(local.spawn(keeps())).unwrap();
    let wake_all = || {
        thread::scope(|scope| {
            for _ in 0..2 {
                let wakers = kept.lock().unwrap().clone();
                scope.spawn(move || {
                    for number in 0..MILLION / 4 {
                        let waker = &wakers[number % 2];
                        waker.wake_by_ref();
                        let own = waker.clone();
                        own.wake();
                    }
                });
            }
        });
    };
    wake_all();
    assert!(!local.try_tick());
    drop((executor, local));
    wake_all();
    assert_eq!(polls.load(Ordering::SeqCst), 2);
    kept.lock().unwrap().clear();
}
