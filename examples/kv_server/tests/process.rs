//! A server in a process of its own.

use rustix::process::{Pid, Signal, kill_process};
use state_future::runtime::block_on;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How long a client waits for an answer before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the child process runs, being this very program.
#[test]
#[ignore = "a server for the other tests, which start it"]
fn serve() {
    crate::limits::raise_descriptor_limit().unwrap();
    block_on(crate::run(0)).unwrap();
}

/// A running server. Dropping it sends SIGINT and checks that the server ends in good order, without ever having panicked.
pub struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
    errors: BufReader<ChildStderr>,
    pub port: u16,
}

impl Process {
    pub fn start() -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "tests::process::serve",
                "--ignored",
                "--nocapture",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let errors = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(
                output.read_line(&mut line).unwrap() > 0,
                "the server has ended"
            );
            if let Some((_, port)) = line.trim_end().split_once("listening on 127.0.0.1:") {
                break port.parse().unwrap();
            }
        };
        Self {
            child,
            output,
            errors,
            port,
        }
    }

    /// A connection without a client library.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// A connection of the client library; `more` is added to its address.
    pub fn client(&self, more: &str) -> redis::Connection {
        let client =
            redis::Client::open(format!("redis://127.0.0.1:{}/{more}", self.port)).unwrap();
        client.get_connection().unwrap()
    }

    /// Allows the server so many descriptors.
    #[cfg(target_os = "linux")]
    pub fn limit_descriptors(&self, count: u64) {
        use rustix::process::{Resource, Rlimit, prlimit};
        let limit = Rlimit {
            current: Some(count),
            maximum: Some(count),
        };
        prlimit(Some(Pid::from_child(&self.child)), Resource::Nofile, limit).unwrap();
    }

    /// Sends SIGINT.
    pub fn interrupt(&self) {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
    }

    /// Sends SIGUSR1, and gives the lines about each task.
    pub fn dump(&mut self) -> Vec<String> {
        kill_process(Pid::from_child(&self.child), Signal::USR1).unwrap();
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.errors.read_line(&mut line).unwrap() > 0);
            if line.trim_end() == format!("{} tasks", lines.len()) {
                return lines;
            }
            lines.push(line);
        }
    }

    /// Waits until the server says that it ends, after [`Process::interrupt`].
    pub fn wait_for_ending(&mut self) {
        let mut line = String::new();
        while line.trim_end() != "ending" {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.child.kill();
            let _ = self.child.wait();
            return;
        }
        self.interrupt();
        let mut errors = String::new();
        self.errors.read_to_string(&mut errors).unwrap();
        assert!(self.child.wait().unwrap().success(), "{errors}");
        assert!(!errors.contains("panicked"), "{errors}");
    }
}

/// Sends requests as they stand, and gives as many bytes of the answer as are expected.
#[track_caller]
pub fn assert_answer(stream: &mut TcpStream, request: &[u8], expected: &str) {
    stream.write_all(request).unwrap();
    let mut answer = vec![0; expected.len()];
    let filled = stream.read_exact(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert_eq!((answer.as_ref(), filled.is_ok()), (expected, true));
}

/// All that comes until the server closes the connection.
pub fn read_to_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}
