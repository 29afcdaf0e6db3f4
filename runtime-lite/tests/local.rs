//! The executor that stays on one thread.

mod counted;

use counted::counted;
use runtime_lite::{LocalExecutor, block_on, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::thread;

/// Counts how many of it are alive.
struct Alive<'a>(&'a Cell<usize>);

impl<'a> Alive<'a> {
    fn new(count: &'a Cell<usize>) -> Self {
        count.set(count.get() + 1);
        Self(count)
    }
}

impl Drop for Alive<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

#[test]
fn tasks_take_turns() {
    let _counted = counted();
    let order = RefCell::new(Vec::new());
    let executor = LocalExecutor::new();
    let tasks: Vec<_> = (0..3)
        .map(|task| {
            let order = &order;
            executor.spawn(async move {
                for round in 0..3 {
                    order.borrow_mut().push((round, task));
                    yield_now().await;
                }
            })
        })
        .collect();
    executor.block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    let expected: Vec<_> = (0..3)
        .flat_map(|round| (0..3).map(move |task| (round, task)))
        .collect();
    assert_eq!(order.take(), expected);
}

#[test]
fn a_panic_comes_out_of_the_handle_alone() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let word = String::from("bad");
    let bad = executor.spawn(async move { panic!("this is {word}") });
    let good = executor.spawn(async { 1 });
    executor.block_on(async {
        let error = bad.await.map(|(): ()| ()).unwrap_err();
        assert!(error.is_panic() && !error.is_aborted());
        assert_eq!(error.to_string(), "the task panicked: this is bad");
        assert_eq!(
            *error
                .try_into_panic()
                .unwrap()
                .downcast::<String>()
                .unwrap(),
            "this is bad"
        );
        assert_eq!(good.await.unwrap(), 1);
    });
}

#[test]
fn a_panic_in_a_destructor_is_kept_in_too() {
    let _counted = counted();
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("dropped badly");
        }
    }
    let executor = LocalExecutor::new();
    let ends = executor.spawn(async {
        let _bad = Bad;
    });
    let aborted = executor.spawn(async {
        let _bad = Bad;
        pending::<()>().await;
    });
    executor.spawn(async { Bad }).detach();
    executor
        .spawn(async { (Bad, pending::<()>().await).1 })
        .detach();
    executor.block_on(async {
        yield_now().await;
        assert!(ends.await.unwrap_err().is_panic());
        aborted.abort();
        assert!(aborted.await.unwrap_err().is_panic());
    });
}

#[test]
fn abort_drops_the_future_in_every_state() {
    let _counted = counted();
    let count = Cell::new(0);
    for rounds in 0..4 {
        let executor = LocalExecutor::new();
        let alive = Alive::new(&count);
        let task = executor.spawn(async move {
            let _alive = alive;
            yield_now().await;
            yield_now().await;
            pending::<()>().await;
        });
        for _ in 0..rounds {
            assert!(executor.try_tick());
        }
        assert!(!task.is_finished());
        task.abort();
        assert_eq!(count.get(), 1);
        while executor.try_tick() {}
        assert_eq!(count.get(), 0, "after {rounds} polls");
        assert!(task.is_finished());
        assert!(executor.block_on(task).unwrap_err().is_aborted());
    }
}

#[test]
fn abort_after_the_end_leaves_the_output() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let task = executor.spawn(async { 5 });
    while executor.try_tick() {}
    task.abort();
    assert_eq!(executor.block_on(task).unwrap(), 5);
}

#[test]
fn a_task_may_abort_itself() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let own: Rc<RefCell<Option<runtime_lite::JoinHandle<()>>>> = Rc::default();
    let task = executor.spawn({
        let own = own.clone();
        async move {
            own.borrow().as_ref().unwrap().abort();
            pending::<()>().await;
        }
    });
    own.replace(Some(task));
    while executor.try_tick() {}
    assert!(block_on(own.take().unwrap()).unwrap_err().is_aborted());
}

#[test]
fn dropping_the_executor_drops_every_task() {
    let _counted = counted();
    let count = Cell::new(0);
    let executor = LocalExecutor::new();
    let mut handles = Vec::new();
    for kind in 0..200 {
        let alive = Alive::new(&count);
        let waits = async move {
            let _alive = alive;
            match kind % 3 {
                0 => pending().await,
                1 => loop {
                    yield_now().await;
                },
                _ => kind,
            }
        };
        match kind % 2 {
            0 => handles.push(executor.spawn(waits)),
            _ => executor.spawn(waits).detach(),
        }
    }
    for _ in 0..250 {
        executor.try_tick();
    }
    assert_eq!(executor.tasks().len(), count.get());
    assert!(count.get() >= 133);
    drop(executor);
    assert_eq!(count.get(), 0);
    for handle in handles {
        assert!(handle.is_finished());
        match block_on(handle) {
            Ok(kind) => assert_eq!(kind % 3, 2),
            Err(error) => assert!(error.is_aborted()),
        }
    }
}

#[test]
fn a_dropped_handle_lets_the_task_run_on() {
    let _counted = counted();
    let done = Cell::new(false);
    let executor = LocalExecutor::new();
    drop(executor.spawn(async {
        yield_now().await;
        done.set(true);
    }));
    while executor.try_tick() {}
    assert!(done.get());
    assert!(executor.tasks().is_empty());
}

#[test]
fn a_waker_works_from_any_thread_after_the_task_and_after_the_executor() {
    let _counted = counted();
    let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
    let executor = LocalExecutor::new();
    let polls = Rc::new(Cell::new(0));
    let task = executor.spawn(poll_fn({
        let (kept, polls) = (kept.clone(), polls.clone());
        move |context| {
            polls.set(polls.get() + 1);
            kept.replace(Some(context.waker().clone()));
            if polls.get() == 3 {
                Poll::Ready(3)
            } else {
                Poll::Pending
            }
        }
    }));
    let mut threads = Vec::new();
    let output = executor.block_on(async {
        yield_now().await;
        for seen in 1..3 {
            let waker = kept.borrow().clone().unwrap();
            threads.push(thread::spawn(move || waker.wake()));
            while polls.get() == seen {
                yield_now().await;
            }
        }
        task.await.unwrap()
    });
    assert_eq!(output, 3);
    threads
        .into_iter()
        .for_each(|thread| thread.join().unwrap());
    kept.borrow().as_ref().unwrap().wake_by_ref();
    drop(executor);
    let waker = kept.take().unwrap();
    thread::spawn(move || waker.wake()).join().unwrap();
}

#[test]
fn two_runs_of_one_executor_serve_each_other() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let first = executor.spawn(async {
        for _ in 0..1000 {
            yield_now().await;
        }
        1
    });
    let second = executor.spawn(async { 2 });
    let (one, two) =
        block_on(async { runtime_lite::join!(executor.run(first), executor.run(second)) });
    assert_eq!((one.unwrap(), two.unwrap()), (1, 2));
}

#[test]
fn a_nested_call_is_woken_by_its_own_thread() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let output = executor.block_on(async {
        let inner = executor.spawn(async {
            yield_now().await;
            7
        });
        executor.block_on(inner).unwrap()
    });
    assert_eq!(output, 7);
}

#[test]
fn names_and_numbers_tell_tasks_apart() {
    let _counted = counted();
    let executor = LocalExecutor::new();
    let named = executor.spawn_named("ticker", pending::<()>());
    let unnamed = executor.spawn(pending::<()>());
    assert_eq!((named.name(), unnamed.name()), (Some("ticker"), None));
    assert!(named.id() < unnamed.id());
    let tasks = executor.tasks();
    assert_eq!(
        tasks.iter().map(|task| task.id).collect::<Vec<_>>(),
        [unnamed.id(), named.id()]
    );
    assert_eq!(tasks[1].name.as_deref(), Some("ticker"));
}
