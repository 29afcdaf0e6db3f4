//! The rooms as seen from outside.

use crate::serve;
use state_future::runtime::LocalExecutor;
use state_future::runtime::net::TcpListener;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

/// Starts a server that lasts as long as the test program.
fn start(patience: Duration) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let listener = TcpListener::try_from(listener).unwrap();
        let executor = LocalExecutor::new();
        executor.block_on(serve(listener, &executor, patience))
    });
    address
}

struct Guest(BufReader<TcpStream>);

impl Guest {
    fn enter(address: SocketAddr, name: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let mut guest = Self(BufReader::new(stream));
        assert_eq!(guest.hear(), "your name?");
        guest.say(name);
        guest.say("/who");
        guest.hear();
        guest
    }

    fn say(&mut self, words: &str) {
        self.0
            .get_mut()
            .write_all(format!("{words}\n").as_bytes())
            .unwrap();
    }

    /// The next line, empty at the end.
    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

const LONG: Duration = Duration::from_secs(100);

#[test]
fn words_are_heard_in_the_same_room_only() {
    let address = start(LONG);
    let [mut anna, mut berta, mut clara] =
        ["anna", "berta", "clara"].map(|name| Guest::enter(address, name));
    assert_eq!(anna.hear(), "* berta has come");
    assert_eq!(anna.hear(), "* clara has come");
    assert_eq!(berta.hear(), "* clara has come");
    clara.say("/join cellar");
    assert_eq!(anna.hear(), "* clara has left");
    assert_eq!(berta.hear(), "* clara has left");
    berta.say("hello");
    assert_eq!(anna.hear(), "berta: hello");
    clara.say("/who");
    assert_eq!(clara.hear(), "* here: clara");
    drop(berta);
    assert_eq!(anna.hear(), "* berta has left");
}

#[test]
fn words_for_later_are_said_when_they_are_due_unless_cancelled() {
    let address = start(LONG);
    let mut anna = Guest::enter(address, "anna");
    let mut berta = Guest::enter(address, "berta");
    assert_eq!(anna.hear(), "* berta has come");
    let start = Instant::now();
    // In one piece, so that a busy machine does not come in between.
    berta.say("/later 500 second\n/later 100 first");
    assert_eq!(anna.hear(), "berta: first");
    assert!(start.elapsed() >= Duration::from_millis(100));
    assert_eq!(anna.hear(), "berta: second");
    assert!(start.elapsed() >= Duration::from_millis(500));
    berta.say("/later 200 never\n/cancel");
    thread::sleep(Duration::from_millis(250));
    berta.say("done");
    assert_eq!(anna.hear(), "berta: done");
}

#[test]
fn a_task_that_is_ended_leaves_its_room() {
    let address = start(LONG);
    let mut anna = Guest::enter(address, "anna");
    let mut berta = Guest::enter(address, "berta");
    assert_eq!(anna.hear(), "* berta has come");
    anna.say("/kick berta");
    assert_eq!(berta.hear(), "");
    assert_eq!(anna.hear(), "* berta has left");
    anna.say("/kick berta");
    assert_eq!(anna.hear(), "* berta is not here");
    // The name is free again.
    drop(Guest::enter(address, "berta"));
    assert_eq!(anna.hear(), "* berta has come");
}

#[test]
fn the_silent_are_sent_away() {
    let address = start(Duration::from_millis(50));
    let mut anna = Guest::enter(address, "anna");
    assert_eq!(anna.hear(), "you have fallen asleep");
    assert_eq!(anna.hear(), "");
}
