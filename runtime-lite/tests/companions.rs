//! Locks, channels and events of other crates work here as they are.

mod counted;

use counted::counted;
use runtime_lite::{Executor, block_on, spawn, yield_now};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn a_lock_held_across_an_await_excludes_the_others() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let counter = Arc::new(async_lock::Mutex::new(0));
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let counter = counter.clone();
            executor.spawn(async move {
                for _ in 0..20 {
                    let mut counter = counter.lock().await;
                    let seen = *counter;
                    yield_now().await;
                    *counter = seen + 1;
                }
            })
        })
        .collect();
    block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*counter.lock().await, 1000);
    });
}

#[test]
fn a_channel_carries_everything_between_tasks() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let sum = block_on(executor.spawn(async {
        let (sender, receiver) = async_channel::bounded(4);
        for part in 0..10u64 {
            let sender = sender.clone();
            spawn(async move {
                for number in 0..100 {
                    sender.send(part * 100 + number).await.unwrap();
                }
            })
            .detach();
        }
        drop(sender);
        let mut sum = 0;
        while let Ok(number) = receiver.recv().await {
            sum += number;
        }
        sum
    }));
    assert_eq!(sum.unwrap(), 999 * 500);
}

#[test]
fn an_event_reaches_all_that_listen() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    let event = Arc::new(event_listener::Event::new());
    let heard = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let (listener, heard) = (event.listen(), heard.clone());
            executor.spawn(async move {
                listener.await;
                heard.fetch_add(1, Ordering::SeqCst)
            })
        })
        .collect();
    assert_eq!(heard.load(Ordering::SeqCst), 0);
    event.notify(usize::MAX);
    block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(heard.load(Ordering::SeqCst), 10);
}
