//! No descriptors are left: errors where they are asked for, and all is well when there are some again. A process of its own,
//! as it takes them from everybody.
#![cfg(target_os = "linux")]

use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
use runtime_lite::net::{TcpListener, TcpStream, UdpSocket};
use runtime_lite::{block_on, fs, spawn, time};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::fs::File;
use std::io;
use std::time::Duration;

/// Takes all descriptors that this process may have.
fn take_all() -> Vec<File> {
    std::iter::from_fn(|| File::open("/dev/null").ok()).collect()
}

#[track_caller]
fn assert_exhausted<T>(outcome: io::Result<T>) {
    const TOO_MANY_FILES: i32 = 24;
    assert_eq!(
        outcome.err().and_then(|error| error.raw_os_error()),
        Some(TOO_MANY_FILES)
    );
}

#[test]
fn descriptors_may_run_out() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(
        Resource::Nofile,
        Rlimit {
            current: Some(64),
            maximum: limit.maximum,
        },
    )
    .unwrap();

    // Before the reactor has any.
    let all = take_all();
    assert_exhausted(block_on(TcpListener::bind("127.0.0.1:0")));
    assert_exhausted(block_on(UdpSocket::bind("127.0.0.1:0")));
    assert_exhausted(block_on(fs::File::open("/dev/null")).map(drop));
    drop(all);

    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (mut client, accepted) = (
            TcpStream::connect(address).await.unwrap(),
            listener.accept().await,
        );
        let (mut server, _) = accepted.unwrap();
        // One that waits to be accepted, when there is no descriptor for it.
        let mut waiting = TcpStream::connect(address).await.unwrap();
        let all = take_all();
        assert_exhausted(listener.accept().await);
        assert_exhausted(TcpStream::connect(address).await);
        // What there is goes on: sockets, timers, tasks.
        let echo = spawn(async move {
            let mut byte = [0];
            server.read_exact(&mut byte).await.unwrap();
            time::sleep(Duration::from_millis(1)).await;
            server.write_all(&byte).await.unwrap();
        });
        client.write_all(b"x").await.unwrap();
        client.read_exact(&mut [0]).await.unwrap();
        echo.await.unwrap();
        drop(all);
        let (mut late, _) = listener.accept().await.unwrap();
        late.write_all(b"y").await.unwrap();
        waiting.read_exact(&mut [0]).await.unwrap();
    });
}
