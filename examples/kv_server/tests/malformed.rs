//! Input that makes no sense: an error or a closed connection, and other clients do not notice.

use super::process::{Process, assert_answer, read_to_end};
use std::io::{Read, Write};
use std::net::Shutdown;

#[test]
fn what_makes_no_sense_is_told_and_cut_off() {
    let server = Process::start();
    let mut other = server.connect();
    for (input, words) in [
        (&b"*x\r\n"[..], "invalid multibulk length"),
        (b"*+1\r\n", "invalid multibulk length"),
        (b"*1048577\r\n", "invalid multibulk length"),
        (b"*99999999999999999999\r\n", "invalid multibulk length"),
        (b"*1\r\nPING\r\n", "expected '$'"),
        (b"*1\r\n:1\r\n", "expected '$'"),
        (b"*1\r\n$-1\r\n", "invalid bulk length"),
        (b"*1\r\n$x\r\n", "invalid bulk length"),
        (b"*1\r\n$67108865\r\n", "invalid bulk length"),
        (b"*2\r\n$1\r\na\r\n$67108864\r\n", "too big request"),
        (b"*1\r\n$4\r\nPINGPONG\r\n", "expected the end"),
        (&[b'x'; 70_000], "too big line"),
    ] {
        let mut stream = server.connect();
        let _ = stream.write_all(input);
        let answer = read_to_end(&mut stream);
        assert!(answer.starts_with("-ERR Protocol error: "), "{answer:?}");
        assert!(
            answer.contains(words) && answer.ends_with("\r\n"),
            "{words}: {answer:?}"
        );
        assert_answer(&mut other, b"PING\r\n", "+PONG\r\n");
    }
}

#[test]
fn what_came_before_is_answered_first() {
    let server = Process::start();
    let mut stream = server.connect();
    stream
        .write_all(b"PING\r\nSET a 1\r\n*x\r\nPING\r\n")
        .unwrap();
    assert_eq!(
        read_to_end(&mut stream),
        "+PONG\r\n+OK\r\n-ERR Protocol error: invalid multibulk length\r\n"
    );
}

#[test]
fn nothing_is_asked_for_by_empty_requests() {
    let server = Process::start();
    assert_answer(
        &mut server.connect(),
        b"\r\n*0\r\n*-1\r\n  \r\nPING\r\n",
        "+PONG\r\n",
    );
    assert_answer(
        &mut server.connect(),
        b"*1\r\n$0\r\n\r\n",
        "-ERR unknown command ''\r\n",
    );
}

#[test]
fn an_error_stays_on_its_line() {
    let server = Process::start();
    let request = b"*1\r\n$8\r\na\r\n+OK\r\n\r\nPING\r\n";
    assert_answer(
        &mut server.connect(),
        request,
        "-ERR unknown command 'a  +OK  '\r\n+PONG\r\n",
    );
}

/// Bytes that look random and are the same at each run.
fn noise(seed: u64) -> impl Iterator<Item = u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        // Mostly what the protocol is made of, so that some of it is understood.
        let alphabet = b"*$123456789\r\n\r\n\r\n-+:GETSET PING";
        if state % 8 == 0 {
            (state >> 32) as u8
        } else {
            alphabet[(state >> 16) as usize % alphabet.len()]
        }
    })
}

#[test]
fn noise_harms_nobody() {
    let server = Process::start();
    let mut other = server.connect();
    for seed in 0..300 {
        let mut stream = server.connect();
        let input: Vec<u8> = noise(seed).take(2000).collect();
        let _ = stream.write_all(&input);
        let _ = stream.shutdown(Shutdown::Write);
        // The connection may be reset, as the server does not read all of what makes no sense.
        let _ = stream.read_to_end(&mut Vec::new());
        assert_answer(&mut other, b"PING\r\n", "+PONG\r\n");
    }
}

#[test]
fn clients_that_leave_in_mid_request_are_forgotten() {
    let server = Process::start();
    for _ in 0..100 {
        server
            .connect()
            .write_all(b"*2\r\n$3\r\nGET\r\n$5\r\nab")
            .unwrap();
    }
    let mut other = server.connect();
    while !String::from_utf8_lossy(&{
        other.write_all(b"INFO clients\r\n").unwrap();
        let mut answer = [0; 512];
        let length = other.read(&mut answer).unwrap();
        answer[..length].to_vec()
    })
    .contains("connected_clients:1\r\n")
    {}
}
