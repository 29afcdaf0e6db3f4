//! Locks, channels, events and protocols of other crates work here as they are.

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

#[cfg(unix)]
#[test]
fn a_web_socket_goes_over_a_stream() {
    use async_tungstenite::tungstenite::Message;
    use async_tungstenite::{accept_async, client_async};
    use futures_util::StreamExt;
    use runtime_lite::net::{TcpListener, TcpStream};

    let _counted = counted();
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut socket = accept_async(stream).await.unwrap();
            while let Some(Ok(message)) = socket.next().await {
                if message.is_text() || message.is_binary() {
                    socket.send(message).await.unwrap();
                }
            }
        });
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut socket, _) = client_async("ws://localhost/", stream).await.unwrap();
        let long = Message::binary(
            (0..100_000u32)
                .map(|number| number as u8)
                .collect::<Vec<_>>(),
        );
        for message in [Message::text("hello"), long] {
            socket.send(message.clone()).await.unwrap();
            assert_eq!(socket.next().await.unwrap().unwrap(), message);
        }
        socket.close(None).await.unwrap();
        while socket.next().await.is_some_and(|last| last.is_ok()) {}
        serving.await.unwrap();
    });
}
