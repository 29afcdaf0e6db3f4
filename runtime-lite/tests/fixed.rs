//! The executor that allocates nothing.

use runtime_lite::{FixedExecutor, Full, ReadyFlags, block_on_with, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn};
use std::pin::pin;
use std::task::{Poll, Waker};
use std::thread;

#[test]
fn a_place_is_free_again_when_its_task_has_ended() {
    static FLAGS: ReadyFlags<1> = ReadyFlags::new();
    let done = Cell::new(0);
    let mut first = pin!(async { done.set(1) });
    let mut second = pin!(async { done.set(2) });
    let mut third = pin!(async {});
    let mut executor = FixedExecutor::new(&FLAGS);
    assert_eq!(executor.spawn(first.as_mut()), Ok(()));
    assert!(executor.tick());
    assert_eq!((executor.live(), done.get()), (0, 1));
    assert_eq!(executor.spawn(second.as_mut()), Ok(()));
    assert_eq!(executor.spawn(third.as_mut()), Err(Full));
    executor.run(|| panic!("there is a task that is ready"));
    assert_eq!(done.get(), 2);
}

#[test]
fn a_task_is_polled_only_when_it_was_woken() {
    static FLAGS: ReadyFlags<2> = ReadyFlags::new();
    let polls = Cell::new(0);
    let kept = RefCell::new(None::<Waker>);
    let mut task = pin!(poll_fn(|context| {
        polls.set(polls.get() + 1);
        kept.replace(Some(context.waker().clone()));
        if polls.get() == 3 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }));
    let mut executor = FixedExecutor::new(&FLAGS);
    executor.spawn(task.as_mut()).unwrap();
    assert!(executor.tick());
    assert!(!executor.tick());
    kept.borrow().as_ref().unwrap().wake_by_ref();
    assert!(executor.tick());
    let waker = kept.borrow().clone().unwrap();
    let mut threads = vec![thread::spawn(move || waker.wake())];
    executor.run(thread::yield_now);
    assert_eq!(polls.get(), 3);
    threads.drain(..).for_each(|thread| thread.join().unwrap());
    drop(executor);
    let kept = kept.take().unwrap();
    kept.wake();
}

#[test]
fn flags_serve_one_executor_at_a_time() {
    static FLAGS: ReadyFlags<1> = ReadyFlags::new();
    let executor = FixedExecutor::new(&FLAGS);
    assert!(std::panic::catch_unwind(|| drop(FixedExecutor::new(&FLAGS))).is_err());
    drop(executor);
    drop(FixedExecutor::new(&FLAGS));
}

#[test]
fn block_on_with_calls_idle_between_polls() {
    let idle = Cell::new(0);
    let output = block_on_with(
        async {
            yield_now().await;
            yield_now().await;
            "done"
        },
        || idle.set(idle.get() + 1),
    );
    assert_eq!((output, idle.get()), ("done", 2));
    let mut waits = pin!(pending::<u8>());
    let given_up = block_on_with(
        async { runtime_lite::race!(async { Some(waits.as_mut().await) }, async { None }) },
        || {},
    );
    assert_eq!(given_up, None);
}
