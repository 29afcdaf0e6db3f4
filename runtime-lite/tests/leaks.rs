//! Nothing is left behind: neither threads nor descriptors. A process of its own, as it counts them all.
#![cfg(target_os = "linux")]

use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
use runtime_lite::net::{TcpListener, TcpStream};
use runtime_lite::{Executor, LocalExecutor, block_on, spawn, spawn_blocking, time};
use std::future::pending;
use std::thread;
use std::time::{Duration, Instant};

/// How many entries a folder of `/proc/self` has.
fn count(folder: &str) -> usize {
    std::fs::read_dir(format!("/proc/self/{folder}"))
        .unwrap()
        .count()
}

/// One of everything, left in the middle of its work.
fn use_everything() {
    let executor = Executor::builder().threads(3).build().unwrap();
    let local = LocalExecutor::new();
    local.spawn(time::sleep(Duration::from_secs(1000))).detach();
    local.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        for _ in 0..20 {
            executor
                .spawn(async move {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.write_all(b"x").await.unwrap();
                    spawn(pending::<()>()).detach();
                    stream.read(&mut [0]).await.unwrap();
                })
                .detach();
            let (mut stream, _) = listener.accept().await.unwrap();
            stream.read_exact(&mut [0]).await.unwrap();
            executor
                .spawn(async move {
                    time::sleep(Duration::from_secs(1000)).await;
                    drop(stream);
                })
                .detach();
        }
        spawn_blocking(|| thread::sleep(Duration::from_millis(1)))
            .await
            .unwrap();
    });
    assert!(executor.tasks().len() >= 40);
}

#[test]
fn no_thread_and_no_descriptor_is_left() {
    // The reactor's own descriptors stay.
    block_on(time::sleep(Duration::from_millis(1)));
    let before = (count("task"), count("fd"));
    for _ in 0..3 {
        use_everything();
    }
    assert_eq!(count("fd"), before.1);
    // Idle threads for blocking code end after a while.
    let deadline = Instant::now() + Duration::from_secs(10);
    while count("task") != before.0 {
        assert!(
            Instant::now() < deadline,
            "{} threads, {} before",
            count("task"),
            before.0
        );
        thread::sleep(Duration::from_millis(50));
    }
}
