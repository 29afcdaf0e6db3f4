//! SIGUSR1.

use super::process::{Process, assert_answer};

#[test]
fn each_task_says_where_it_waits() {
    let mut server = Process::start();
    let mut idle = server.connect();
    assert_answer(&mut idle, b"PING\r\n", "+PONG\r\n");
    // The answer may be there before the client's task waits for more.
    let is_awake = |line: &String| line.contains("\"client ") && line.ends_with("is awake\n");
    let lines = loop {
        let lines = server.dump();
        if !lines.iter().any(is_awake) {
            break lines;
        }
    };
    println!("{}", lines.concat());
    let find = |name: &str| {
        let line = lines.iter().find(|line| line.contains(name));
        line.unwrap_or_else(|| panic!("no {name} in {lines:?}"))
    };
    assert!(find("\"SIGUSR1\"").ends_with("is awake\n"));
    assert!(find("\"sweeper\"").contains(" sweep at examples/kv_server/server.rs:"));
    assert!(find("\"server\"").contains(" serve at examples/kv_server/server.rs:"));
    let client = find(&format!("\"client {}\"", idle.local_addr().unwrap()));
    assert!(client.contains(" attend at examples/kv_server/server.rs:"));
    assert!(client.contains(" > serve_client at examples/kv_server/connection.rs:"));
    assert_eq!(lines.len(), 4);
    // And all goes on as before.
    assert_answer(&mut idle, b"PING\r\n", "+PONG\r\n");
    assert_eq!(server.dump().len(), 4);
}
