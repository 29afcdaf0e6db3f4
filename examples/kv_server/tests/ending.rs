//! SIGINT.

use super::process::{Process, assert_answer, read_to_end};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

#[test]
fn idle_clients_are_seen_off() {
    let mut server = Process::start();
    let mut streams: Vec<_> = (0..10).map(|_| server.connect()).collect();
    for stream in &mut streams {
        assert_answer(stream, b"PING\r\n", "+PONG\r\n");
    }
    server.interrupt();
    server.wait_for_ending();
    for stream in &mut streams {
        assert_eq!(read_to_end(stream), "");
    }
    let start = Instant::now();
    while let Ok(stream) = TcpStream::connect(("127.0.0.1", server.port)) {
        drop(stream);
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "it goes on taking clients in"
        );
    }
}

/// Every request up to a point is answered, none is answered in part, and the connection ends without a reset.
#[test]
fn what_was_read_is_answered() {
    for round in 0..3 {
        let mut server = Process::start();
        let clients = 4;
        scope(|scope| {
            for _ in 0..clients {
                let mut stream = server.connect();
                assert_answer(&mut stream, b"PING\r\n", "+PONG\r\n");
                let mut reader = stream.try_clone().unwrap();
                let writing = scope.spawn(move || {
                    let mut sent = 0;
                    while stream.write_all(b"PING\r\n").is_ok() {
                        sent += 1;
                    }
                    sent
                });
                scope.spawn(move || {
                    let mut answers = Vec::new();
                    // A reset can only come after all answers: from what is sent to a server that is gone.
                    let end = reader
                        .read_to_end(&mut answers)
                        .map_err(|error| error.kind());
                    assert!(
                        matches!(end, Ok(_) | Err(ErrorKind::ConnectionReset)),
                        "{end:?}"
                    );
                    assert_eq!(answers.len() % b"+PONG\r\n".len(), 0);
                    assert!(answers.chunks(7).all(|answer| answer == b"+PONG\r\n"));
                    let sent = writing.join().unwrap();
                    assert!(answers.len() / 7 <= sent + 1);
                });
            }
            sleep(Duration::from_millis(5 + 20 * round));
            server.interrupt();
            server.wait_for_ending();
        });
    }
}

#[test]
fn requests_that_have_arrived_are_answered() {
    let mut server = Process::start();
    let mut stream = server.connect();
    // The answers fill every buffer there is, so that the server is held up while it writes them.
    let value = "x".repeat(1 << 20);
    write!(
        stream,
        "*3\r\n$3\r\nSET\r\n$1\r\na\r\n${}\r\n{value}\r\n",
        value.len()
    )
    .unwrap();
    assert_answer(&mut stream, b"", "+OK\r\n");
    stream.write_all(&b"GET a\r\n".repeat(64)).unwrap();
    sleep(Duration::from_millis(100));
    server.interrupt();
    server.wait_for_ending();
    let answers = read_to_end(&mut stream);
    assert_eq!(answers.len(), 64 * (value.len() + "$1048576\r\n\r\n".len()));
}
