//! More clients than the server may have descriptors for.
#![cfg(target_os = "linux")]

use super::process::{Process, assert_answer};

#[test]
fn clients_wait_until_there_is_a_descriptor_for_them() {
    let server = Process::start();
    let mut first = server.connect();
    assert_answer(&mut first, b"PING\r\n", "+PONG\r\n");
    server.limit_descriptors(30);
    let mut clients: Vec<_> = (0..60).map(|_| server.connect()).collect();
    // Those who are in are served.
    assert_answer(&mut first, b"SET a 1\r\n", "+OK\r\n");
    assert_answer(&mut clients[0], b"GET a\r\n", "$1\r\n1\r\n");
    // The others come in as these leave.
    while let Some(mut client) = (!clients.is_empty()).then(|| clients.remove(0)) {
        assert_answer(&mut client, b"PING\r\n", "+PONG\r\n");
    }
    assert_answer(&mut first, b"PING\r\n", "+PONG\r\n");
}
