//! Many clients that say nothing.

use super::process::{Process, assert_answer};
use redis::cmd;

const CLIENTS: usize = 10_000;
/// What this process and the server need besides.
const OTHERS: u64 = 100;

#[test]
fn ten_thousand_idle_clients_are_kept() {
    let descriptors = crate::limits::raise_descriptor_limit().unwrap();
    if descriptors < CLIENTS as u64 + OTHERS {
        eprintln!("skipped: a process may have no more than {descriptors} descriptors here");
        return;
    }
    let server = Process::start();
    let mut idle: Vec<_> = (0..CLIENTS).map(|_| server.connect()).collect();
    let mut client = server.client("");
    // Those that were taken in last have answered when these have.
    for stream in idle.iter_mut().step_by(100) {
        assert_answer(stream, b"PING\r\n", "+PONG\r\n");
    }
    assert_answer(&mut idle[CLIENTS - 1], b"PING\r\n", "+PONG\r\n");
    let info: redis::InfoDict = cmd("INFO").query(&mut client).unwrap();
    assert_eq!(info.get::<usize>("connected_clients"), Some(CLIENTS + 1));
}
