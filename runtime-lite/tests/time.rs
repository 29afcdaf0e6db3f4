//! Timers.

mod counted;

use counted::counted;
use runtime_lite::time::{self, Duration, Instant};
use runtime_lite::{Executor, LocalExecutor, block_on, join, select, yield_now};
use std::future::{Future, pending, ready};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

const SOON: Duration = Duration::from_millis(20);
const LATE: Duration = Duration::from_secs(5);

#[test]
fn sleepers_wake_in_the_order_of_their_times() {
    let _counted = counted();
    let order = std::cell::RefCell::new(Vec::new());
    let start = Instant::now();
    block_on(async {
        let sleeper = |number: u32| {
            let order = &order;
            async move {
                time::sleep(SOON * number).await;
                assert!(start.elapsed() >= SOON * number);
                order.borrow_mut().push(number);
            }
        };
        join!(sleeper(3), sleeper(1), sleeper(2))
    });
    assert_eq!(order.take(), [1, 2, 3]);
    assert!(start.elapsed() < LATE, "{:?}", start.elapsed());
}

#[test]
fn ten_thousand_timers_on_two_threads() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let start = Instant::now();
    let tasks: Vec<_> = (0..10_000u64)
        .map(|number| {
            executor.spawn(async move {
                let wait = Duration::from_micros(number * 37 % 50_000);
                let start = Instant::now();
                time::sleep(wait).await;
                assert!(start.elapsed() >= wait);
            })
        })
        .collect();
    block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert!(start.elapsed() < LATE, "{:?}", start.elapsed());
}

#[test]
fn a_timer_that_is_dropped_or_reset_does_not_fire() {
    let _counted = counted();
    struct Flag(AtomicBool);
    impl Wake for Flag {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let flag = Arc::new(Flag(AtomicBool::new(false)));
    let waker = Waker::from(flag.clone());
    let mut context = Context::from_waker(&waker);
    let mut dropped = Box::pin(time::sleep(SOON));
    assert!(dropped.as_mut().poll(&mut context).is_pending());
    drop(dropped);
    let mut reset = pin!(time::sleep(SOON));
    assert!(reset.as_mut().poll(&mut context).is_pending());
    reset.reset(Instant::now() + LATE);
    block_on(time::sleep(2 * SOON));
    assert!(!flag.0.load(Ordering::SeqCst));
    assert!(reset.as_mut().poll(&mut context).is_pending());
    reset.reset(Instant::now());
    assert_eq!(reset.poll(&mut context), Poll::Ready(()));
    assert_eq!(Arc::strong_count(&flag), 2);
}

#[test]
fn a_time_that_never_comes() {
    let _counted = counted();
    let mut never = pin!(time::sleep(Duration::MAX));
    assert_eq!(never.deadline(), None);
    assert!(
        never
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_pending()
    );
}

#[test]
fn timeout_gives_the_output_or_the_error() {
    let _counted = counted();
    block_on(async {
        assert_eq!(time::timeout(LATE, ready(5)).await, Ok(5));
        assert_eq!(time::timeout(Duration::ZERO, ready(5)).await, Ok(5));
        let error = time::timeout(SOON, pending::<()>()).await.unwrap_err();
        assert_eq!(error.to_string(), "the time is over");
        assert_eq!(
            std::io::Error::from(error).kind(),
            std::io::ErrorKind::TimedOut
        );
    });
}

#[test]
fn an_interval_keeps_its_beat_and_leaves_out_what_it_missed() {
    let _counted = counted();
    block_on(async {
        // However busy the machine is: ticks come when they are due, none twice, and those missed are left out.
        let mut interval = time::interval(SOON);
        let first = interval.tick().await;
        let (mut last, mut asked) = (first, first);
        for round in 0..10 {
            if round == 5 {
                thread::sleep(5 * SOON / 2);
            }
            let before = Instant::now();
            let due = interval.tick().await;
            assert!(due > last && due <= Instant::now());
            assert_eq!((due - first).as_nanos() % SOON.as_nanos(), 0);
            // Only the one tick may be long past that was waited for while the time went by.
            assert!(due > asked, "{:?}", asked - due);
            (last, asked) = (due, before);
        }
    });
}

#[test]
#[should_panic = "the period of an interval is zero"]
fn an_interval_needs_a_period() {
    let _counted = counted();
    time::interval(Duration::ZERO);
}

#[test]
fn timers_fire_while_the_threads_are_busy() {
    let _counted = counted();
    let busy = |stop: Arc<AtomicBool>| async move {
        while !stop.load(Ordering::Relaxed) {
            yield_now().await;
        }
    };
    let start = Instant::now();
    let stop = Arc::new(AtomicBool::new(false));
    let executor = Executor::builder().threads(1).build().unwrap();
    let flood: Vec<_> = (0..50)
        .map(|_| executor.spawn(busy(stop.clone())))
        .collect();
    block_on(executor.spawn(time::sleep(SOON))).unwrap();
    stop.store(true, Ordering::Relaxed);
    block_on(async {
        for task in flood {
            task.await.unwrap();
        }
    });
    let local = LocalExecutor::new();
    stop.store(false, Ordering::Relaxed);
    local.spawn(busy(stop.clone())).detach();
    local.block_on(local.spawn(time::sleep(SOON))).unwrap();
    block_on(async {
        let mut sleep = pin!(time::sleep(SOON));
        loop {
            select! {
                () = sleep.as_mut() => break,
                () = yield_now() => {}
            }
        }
    });
    assert!(start.elapsed() < LATE, "{:?}", start.elapsed());
}

#[test]
fn a_timer_fires_though_the_thread_that_waited_is_stuck() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let start = Instant::now();
    // Whichever thread waits in the reactor runs the first sleeper when it wakes, which then does not give way.
    let done = Arc::new(AtomicBool::new(false));
    let stuck = executor.spawn({
        let done = done.clone();
        async move {
            time::sleep(SOON).await;
            while !done.load(Ordering::Acquire) && start.elapsed() < LATE {
                thread::yield_now();
            }
        }
    });
    let sleeper = executor.spawn(async move {
        time::sleep(2 * SOON).await;
        done.store(true, Ordering::Release);
    });
    let (stuck, sleeper) = block_on(async { join!(stuck, sleeper) });
    stuck.and(sleeper).unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(1),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn threads_that_stop_waiting_hand_over() {
    let _counted = counted();
    let start = Instant::now();
    let threads: Vec<_> = (1..8u32)
        .map(|number| {
            thread::spawn(move || {
                block_on(time::sleep(SOON * number));
                start.elapsed()
            })
        })
        .collect();
    for (thread, number) in threads.into_iter().zip(1..) {
        let elapsed = thread.join().unwrap();
        assert!(
            elapsed >= SOON * number && elapsed < SOON * number + LATE,
            "{elapsed:?}"
        );
    }
}

#[test]
fn timers_work_on_an_executor_of_somebody_else() {
    let _counted = counted();
    struct Unpark(thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut sleep = pin!(time::sleep(SOON));
    let start = Instant::now();
    while sleep
        .as_mut()
        .poll(&mut Context::from_waker(&waker))
        .is_pending()
    {
        thread::park_timeout(LATE);
    }
    assert!(start.elapsed() < LATE, "{:?}", start.elapsed());
}
