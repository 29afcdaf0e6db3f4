//! What each task is at, told while they live.

mod counted;

use counted::counted;
use runtime_lite::{
    Activity, Executor, LocalExecutor, TaskDump, block_on, dump, spawn, spawn_debug, time,
    yield_now,
};
use std::fmt::{self, Debug, Formatter};
use std::future::{Future, pending};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

/// Counts its polls and its printing, and ends when it is told to.
struct Counting<T> {
    polls: Arc<AtomicUsize>,
    value: T,
}

impl<T> Future for Counting<T> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.polls.fetch_add(1, Ordering::SeqCst);
        Poll::Pending
    }
}

impl<T: Debug> Debug for Counting<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "counting {:?}", self.value)
    }
}

/// Prints itself by a function.
struct Printed<F>(F);

impl<F> Future for Printed<F> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

impl<F: Fn() -> String> Debug for Printed<F> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&(self.0)())
    }
}

fn threads(count: usize) -> Executor {
    Executor::builder().threads(count).build().unwrap()
}

#[track_caller]
fn wait_until(condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < deadline, "it did not come to that");
        thread::yield_now();
    }
}

/// The names of the tasks and what their futures print.
fn printed(tasks: &[TaskDump]) -> Vec<(&str, &str)> {
    tasks
        .iter()
        .filter_map(|task| match &task.activity {
            Activity::WaitsIn { future, .. } => Some((task.name.as_deref()?, future.as_str())),
            _ => None,
        })
        .collect()
}

#[test]
fn each_task_tells_what_it_is_at() {
    let _counted = counted();
    let executor = threads(2);
    let polls = Arc::new(AtomicUsize::new(0));
    let counting = |value| {
        let polls = polls.clone();
        Counting { polls, value }
    };
    executor.spawn_debug("first", counting(1)).detach();
    executor.spawn_named("silent", pending::<()>()).detach();
    executor.spawn_debug("second", counting(2)).detach();
    let (release, released) = mpsc::channel::<()>();
    let (started, starts) = mpsc::channel();
    let busy = executor.spawn_named("busy", async move {
        started.send(()).unwrap();
        released.recv().unwrap();
    });
    starts.recv().unwrap();
    wait_until(|| polls.load(Ordering::SeqCst) == 2);
    // Until the polls are over.
    wait_until(|| printed(&executor.dump()).len() == 2);
    thread::sleep(Duration::from_millis(30));
    let tasks = executor.dump();
    let names: Vec<_> = tasks.iter().map(|task| task.name.as_deref()).collect();
    assert_eq!(
        names,
        [Some("busy"), Some("second"), Some("silent"), Some("first")]
    );
    assert_eq!(
        printed(&tasks),
        [("second", "counting 2"), ("first", "counting 1")]
    );
    assert_eq!(tasks[0].activity, Activity::Awake);
    assert_eq!(tasks[2].activity, Activity::Waits);
    assert_eq!(
        tasks[0].to_string(),
        format!("task {} \"busy\" is awake", busy.id())
    );
    let Activity::WaitsIn { since, .. } = tasks[1].activity else {
        panic!("{tasks:?}")
    };
    assert!(since.elapsed() < Duration::from_secs(10));
    let (start, rest) = tasks[1].to_string().split_once(" waits for ").map_or_else(
        || panic!("{tasks:?}"),
        |(start, rest)| (start.to_owned(), rest.to_owned()),
    );
    assert_eq!(start, format!("task {} \"second\"", tasks[1].id));
    let (seconds, future) = rest.split_once(" s: ").unwrap();
    assert!(seconds.parse::<f64>().unwrap() < 10.0);
    assert_eq!(future, "counting 2");
    release.send(()).unwrap();
    block_on(busy).unwrap();
}

#[test]
fn a_task_that_was_asked_goes_on() {
    let _counted = counted();
    let executor = threads(2);
    let stop = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = (0..50u64)
        .map(|number| {
            let stop = stop.clone();
            executor.spawn(async move {
                let mut sum = 0;
                while !stop.load(Ordering::Acquire) {
                    time::sleep(Duration::from_micros(number * 10)).await;
                    yield_now().await;
                    sum += number;
                }
                sum
            })
        })
        .collect();
    let mut dumps = 0;
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(300) {
        assert_eq!(executor.dump().len(), 50);
        dumps += 1;
    }
    assert!(dumps > 10, "{dumps}");
    stop.store(true, Ordering::Release);
    for task in tasks {
        block_on(task).unwrap();
    }
    assert!(executor.dump().is_empty());
}

#[test]
fn it_works_though_every_thread_is_stuck() {
    let _counted = counted();
    let executor = threads(1);
    executor
        .spawn_debug("waits", Printed(|| "in vain".into()))
        .detach();
    wait_until(|| printed(&executor.dump()) == [("waits", "in vain")]);
    // Until it was polled once more, as it is after each dump.
    let flush = executor.spawn(yield_now());
    block_on(flush).unwrap();
    let (release, released) = mpsc::channel::<()>();
    let (started, starts) = mpsc::channel();
    let stuck = executor.spawn_named("stuck", async move {
        started.send(()).unwrap();
        released.recv().unwrap();
    });
    starts.recv().unwrap();
    let tasks = executor.dump();
    assert_eq!(tasks[0].activity, Activity::Awake);
    assert_eq!(printed(&tasks), [("waits", "in vain")]);
    release.send(()).unwrap();
    block_on(stuck).unwrap();
}

#[test]
fn a_task_may_ask_for_all() {
    let _counted = counted();
    let executor = threads(1);
    let lines = executor.spawn_named("asks", async {
        spawn_debug("other", Printed(|| "other".into())).detach();
        yield_now().await;
        dump()
    });
    let lines = block_on(lines).unwrap();
    assert_eq!(lines[1].name.as_deref(), Some("asks"));
    assert_eq!(lines[1].activity, Activity::Awake);
    assert_eq!(printed(&lines), [("other", "other")]);
}

#[test]
fn what_is_printed_may_panic_and_may_ask_itself() {
    let _counted = counted();
    let executor = Arc::new(threads(0));
    executor
        .spawn_debug("panics", Printed(|| panic!("unprintable")))
        .detach();
    let weak = Arc::downgrade(&executor);
    let asks = Printed(move || format!("{} tasks", weak.upgrade().unwrap().dump().len()));
    executor.spawn_debug("asks", asks).detach();
    for _ in 0..2 {
        executor.run(async {
            for _ in 0..5 {
                yield_now().await;
            }
        });
        let tasks = executor.dump();
        assert_eq!(
            printed(&tasks),
            [
                ("asks", "2 tasks"),
                ("panics", "(it panicked when printed)")
            ]
        );
    }
}

#[test]
fn an_aborted_task_and_a_dropped_executor_drop_what_was_asked() {
    let _counted = counted();
    let value = Arc::new(());
    let polls = Arc::new(AtomicUsize::new(0));
    let executor = threads(1);
    let counting = || {
        let (polls, value) = (polls.clone(), value.clone());
        Counting { polls, value }
    };
    let task = executor.spawn_debug("aborted", counting());
    executor.spawn_debug("dropped", counting()).detach();
    wait_until(|| polls.load(Ordering::SeqCst) == 2);
    executor.dump();
    task.abort();
    assert!(block_on(task).unwrap_err().is_aborted());
    executor.dump();
    drop(executor);
    assert_eq!(Arc::strong_count(&value), 1);
}

#[test]
fn tasks_of_one_thread_tell_too() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let word = Rc::new(String::from("own"));
    let polls = Arc::new(AtomicUsize::new(0));
    let value = word.clone();
    let counting = Counting {
        polls: polls.clone(),
        value,
    };
    executor.spawn_debug("counting", counting).detach();
    executor.spawn(pending::<()>()).detach();
    // Not polled yet, it is awake.
    assert!(
        executor
            .dump()
            .iter()
            .all(|task| task.activity == Activity::Awake)
    );
    while executor.try_tick() {}
    let tasks = executor.dump();
    assert_eq!(printed(&tasks), [("counting", "counting \"own\"")]);
    assert_eq!(tasks[0].activity, Activity::Waits);
    assert_eq!(polls.load(Ordering::SeqCst), 1);
    while executor.try_tick() {}
    assert_eq!(polls.load(Ordering::SeqCst), 2);
    drop(executor);
    assert_eq!(Rc::strong_count(&word), 1);
}

#[test]
fn the_executor_of_all_is_asked_by_the_function() {
    let _counted = counted();
    let task = spawn_debug("of all", Printed(|| "everywhere".into()));
    wait_until(|| printed(&dump()).contains(&("of all", "everywhere")));
    task.abort();
    assert!(block_on(task).unwrap_err().is_aborted());
    block_on(spawn(async {})).unwrap();
}
