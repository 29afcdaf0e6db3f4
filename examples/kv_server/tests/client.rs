//! The `redis` crate's client.

use super::process::{Process, assert_answer};
use redis::{Commands, ExistenceCheck, RedisResult, SetExpiry, SetOptions, Value, cmd, pipe};
use std::collections::HashMap;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};

/// Both versions of the protocol.
const PROTOCOLS: [&str; 2] = ["", "?protocol=resp3"];

fn message<T: std::fmt::Debug>(outcome: RedisResult<T>) -> String {
    outcome.unwrap_err().to_string().to_lowercase()
}

#[test]
fn values_are_set_and_read() {
    for protocol in PROTOCOLS {
        let server = Process::start();
        let mut client = server.client(protocol);
        assert_eq!(client.get::<_, Option<String>>("none").unwrap(), None);
        let () = client.set("key", b"\r\n\0\xff").unwrap();
        assert_eq!(client.get::<_, Vec<u8>>("key").unwrap(), b"\r\n\0\xff");
        let () = client.mset(&[("a", 1), ("b", 2)]).unwrap();
        let many: Vec<Option<u8>> = client.mget(&["a", "none", "b"]).unwrap();
        assert_eq!(many, [Some(1), None, Some(2)]);
        assert_eq!(client.append::<_, _, usize>("a", "23").unwrap(), 3);
        assert_eq!(
            client.incr::<_, _, i64>("none", 1).map_err(|_| "INCRBY"),
            Err("INCRBY")
        );
        assert_eq!(cmd("INCR").arg("a").query::<i64>(&mut client).unwrap(), 124);
        assert_eq!(cmd("INCR").arg("new").query::<i64>(&mut client).unwrap(), 1);
        assert_eq!(
            client.exists::<_, usize>(&["a", "b", "a", "none"]).unwrap(),
            3
        );
        assert_eq!(client.del::<_, usize>(&["a", "none", "a"]).unwrap(), 1);
        assert!(!client.exists::<_, bool>("a").unwrap());
    }
}

#[test]
fn set_keeps_to_its_conditions() {
    let server = Process::start();
    let mut client = server.client("");
    let mut set = |value: u8, check| {
        let options = SetOptions::default().conditional_set(check);
        client
            .set_options::<_, _, Option<String>>("key", value, options)
            .unwrap()
            .is_some()
    };
    assert!(!set(1, ExistenceCheck::XX));
    assert!(set(2, ExistenceCheck::NX));
    assert!(!set(3, ExistenceCheck::NX));
    assert!(set(4, ExistenceCheck::XX));
    assert_eq!(client.get::<_, u8>("key").unwrap(), 4);
}

#[test]
fn keys_end_when_their_time_is_over() {
    let server = Process::start();
    let mut client = server.client("");
    let options = SetOptions::default().with_expiration(SetExpiry::PX(80));
    let () = client.set_options("soon", 1, options).unwrap();
    let options = SetOptions::default().with_expiration(SetExpiry::EX(100));
    let () = client.set_options("later", 2, options).unwrap();
    let () = client.set("never", 3).unwrap();
    let time_to_live =
        |client: &mut redis::Connection, key: &str| client.ttl::<_, i64>(key).unwrap();
    assert_eq!(time_to_live(&mut client, "later"), 100);
    assert_eq!(time_to_live(&mut client, "never"), -1);
    assert_eq!(time_to_live(&mut client, "none"), -2);
    assert!(client.expire::<_, bool>("never", 50).unwrap());
    assert_eq!(time_to_live(&mut client, "never"), 50);
    assert!(!client.expire::<_, bool>("none", 50).unwrap());
    assert!(client.expire::<_, bool>("later", -1).unwrap());
    assert_eq!(time_to_live(&mut client, "later"), -2);
    // A new value is without end.
    let () = client.set("never", 4).unwrap();
    assert_eq!(time_to_live(&mut client, "never"), -1);
    sleep(Duration::from_millis(100));
    assert!(!client.exists::<_, bool>("soon").unwrap());
    // It is removed even if nobody asks for it.
    let options = SetOptions::default().with_expiration(SetExpiry::PX(1));
    let () = client.set_options("gone", 1, options).unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let info: String = cmd("INFO").arg("keyspace").query(&mut client).unwrap();
        if info.contains("db0:keys=1,expires=0") {
            break;
        }
        assert!(Instant::now() < deadline, "{info}");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn mistakes_are_errors_and_the_connection_goes_on() {
    let server = Process::start();
    let mut client = server.client("");
    let mut ask = |text: &str| {
        let mut words = text.split(' ');
        let mut request = cmd(words.next().unwrap());
        words.for_each(|word| {
            request.arg(word);
        });
        request.query::<Value>(&mut client)
    };
    for (request, words) in [
        ("NONE 1", "unknown command"),
        ("GET", "wrong number of arguments"),
        ("GET a b", "wrong number of arguments"),
        ("MSET a 1 b", "wrong number of arguments"),
        ("SET a 1 EX", "syntax error"),
        ("SET a 1 XY", "syntax error"),
        ("SET a 1 NX XX", "syntax error"),
        ("SET a 1 EX 0", "invalid expire time"),
        ("SET a 1 EX 9223372036854775807", "invalid expire time"),
        ("SET a 1 PX x", "not an integer"),
        ("EXPIRE a x", "not an integer"),
        ("CONFIG SET a b", "unknown subcommand"),
        ("CLIENT KILL", "unknown subcommand"),
        ("HELLO 4", "unsupported protocol version"),
    ] {
        let found = message(ask(request));
        assert!(found.contains(words), "{request}: {found}");
    }
    assert_eq!(ask("SET number 9223372036854775807").unwrap(), Value::Okay);
    assert!(message(ask("INCR number")).contains("would overflow"));
    for number in ["01", "+1", " 1", "1.0", "", "-0", "9223372036854775808"] {
        let () = server.client("").set("number", number).unwrap();
        assert!(
            message(ask("INCR number")).contains("not an integer"),
            "{number:?}"
        );
    }
    assert_eq!(ask("PING").unwrap(), Value::SimpleString("PONG".into()));
}

#[test]
fn the_server_tells_of_itself() {
    for protocol in PROTOCOLS {
        let server = Process::start();
        let mut client = server.client(protocol);
        assert_eq!(
            cmd("ECHO")
                .arg("hello")
                .query::<String>(&mut client)
                .unwrap(),
            "hello"
        );
        assert_eq!(
            cmd("PING")
                .arg("hello")
                .query::<String>(&mut client)
                .unwrap(),
            "hello"
        );
        let settings: HashMap<String, String> = cmd("CONFIG")
            .arg("GET")
            .arg("*")
            .query(&mut client)
            .unwrap();
        assert_eq!(settings["port"], server.port.to_string());
        let info: redis::InfoDict = cmd("INFO").query(&mut client).unwrap();
        assert_eq!(info.get::<u16>("tcp_port"), Some(server.port));
        assert_eq!(info.get::<usize>("connected_clients"), Some(1));
        let commands: Vec<Value> = cmd("COMMAND").query(&mut client).unwrap();
        assert_eq!(
            cmd("COMMAND")
                .arg("COUNT")
                .query::<usize>(&mut client)
                .unwrap(),
            commands.len()
        );
        let described: Vec<Value> = cmd("COMMAND")
            .arg("INFO")
            .arg("get")
            .arg("none")
            .query(&mut client)
            .unwrap();
        assert_eq!(described[1], Value::Nil);
        let () = client.client_setname("me").unwrap();
        assert_eq!(
            client
                .client_getname::<Option<String>>()
                .unwrap()
                .as_deref(),
            Some("me")
        );
        assert_ne!(
            client.client_id::<u64>().unwrap(),
            server.client("").client_id::<u64>().unwrap()
        );
    }
}

#[test]
fn requests_are_pipelined() {
    let server = Process::start();
    let mut client = server.client("");
    let mut requests = pipe();
    for _ in 0..10_000 {
        requests.cmd("INCR").arg("count");
    }
    let counts: Vec<u32> = requests.query(&mut client).unwrap();
    assert!(counts.into_iter().eq(1..=10_000));
    // More of an answer than any buffer holds.
    let () = client.set("large", "x".repeat(1 << 20)).unwrap();
    let mut requests = pipe();
    for _ in 0..64 {
        requests.cmd("GET").arg("large");
    }
    let values: Vec<String> = requests.query(&mut client).unwrap();
    assert!(values.iter().all(|value| value.len() == 1 << 20));
}

#[test]
fn clients_do_not_get_in_each_others_way() {
    let server = Process::start();
    scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                let mut client = server.client("?protocol=resp3");
                for _ in 0..200 {
                    let _: u32 = cmd("INCR").arg("count").query(&mut client).unwrap();
                }
            });
        }
    });
    assert_eq!(server.client("").get::<_, u32>("count").unwrap(), 4000);
}

#[test]
fn quit_is_answered_before_the_connection_ends() {
    let server = Process::start();
    let mut stream = server.connect();
    assert_answer(&mut stream, b"PING\r\nQUIT\r\nPING\r\n", "+PONG\r\n+OK\r\n");
    assert_eq!(super::process::read_to_end(&mut stream), "");
}
