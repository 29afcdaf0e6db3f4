//! `examples/kv_server` beside mini-redis, the example that tokio is taught with, both driven by `redis-benchmark`.

use crate::{counts, median, processor, shown};
use std::io;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const MINI_REDIS: &str = "0.4.1";
const REQUESTS: usize = 100_000;
/// Under valgrind and strace, of which the second counts.
const FEW: [usize; 2] = [2_000, 12_000];
const CLIENTS: &str = "50";

/// A server that can be started.
struct Server {
    name: &'static str,
    program: PathBuf,
    port: u16,
}

/// Both, built or installed if they are not there.
fn servers() -> io::Result<[Server; 2]> {
    let target = std::env::current_exe()?;
    let release = target.parent().ok_or(io::ErrorKind::NotFound)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(&cargo)
        .args(["build", "--quiet", "--release", "--package", "state-future"])
        .args(["--example", "kv_server"]))?;
    let root = release.join("peers");
    let mini_redis = root.join("bin/mini-redis-server");
    if !mini_redis.exists() {
        run(Command::new(&cargo)
            .args(["install", "--quiet", "--locked", "--root"])
            .arg(&root)
            .args(["--version", MINI_REDIS, "mini-redis"]))?;
    }
    Ok([
        Server {
            name: "kv_server",
            program: release.join("examples/kv_server"),
            port: 7801,
        },
        Server {
            name: "mini-redis",
            program: mini_redis,
            port: 7802,
        },
    ])
}

fn run(command: &mut Command) -> io::Result<()> {
    match command.status()?.success() {
        true => Ok(()),
        false => Err(io::Error::other(format!("{command:?} has failed"))),
    }
}

/// A server that runs, under a tool or by itself.
struct Running {
    child: Child,
    port: u16,
}

impl Running {
    fn start(server: &Server, tool: &[&str]) -> io::Result<Self> {
        let mut command = match tool {
            [] => Command::new(&server.program),
            [tool, arguments @ ..] => {
                let mut command = Command::new(tool);
                command.args(arguments).arg(&server.program);
                command
            }
        };
        let port = server.port;
        let child = command
            .args(["--port", &port.to_string()])
            // Mini-redis panics if it is told how much to log.
            .env_remove("RUST_LOG")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if start.elapsed() > Duration::from_secs(60) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            sleep(Duration::from_millis(20));
        }
        Ok(Self { child, port })
    }

    /// Sends so many requests, and gives how many were answered in a second.
    fn drive(&self, request: &str, pipeline: usize, count: usize) -> io::Result<f64> {
        let output = Command::new("redis-benchmark")
            .args([
                "-p",
                &self.port.to_string(),
                "-t",
                request,
                "-n",
                &count.to_string(),
            ])
            .args(["-c", CLIENTS, "-P", &pipeline.to_string(), "--csv"])
            .stderr(Stdio::null())
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        // A heading, then `"GET","12345.67",..`.
        let rate = text
            .lines()
            .nth(1)
            .and_then(|line| line.split('"').nth(3)?.parse().ok());
        rate.ok_or_else(|| io::Error::other(format!("redis-benchmark has failed: {text}")))
    }

    /// Has the server's process end, and gives what it, or the tool around it, says on its standard error.
    fn end(self, process: u32) -> io::Result<String> {
        run(Command::new("kill").args(["-INT", &process.to_string()]))?;
        let output = self.child.wait_with_output()?;
        Ok(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// What a request costs a server.
#[derive(Default)]
struct Measured {
    rates: Vec<f64>,
    processor: Vec<f64>,
}

/// The server's own process, if a tool runs it as a child.
fn traced_process(tool: &Child) -> io::Result<u32> {
    let (id, children) = (tool.id(), format!("/proc/{0}/task/{0}/children", tool.id()));
    let children = std::fs::read_to_string(children)?;
    Ok(children
        .split_whitespace()
        .next()
        .and_then(|child| child.parse().ok())
        .unwrap_or(id))
}

/// What a tool counts for a request: the difference between many and few.
fn count(server: &Server, request: &str, pipeline: usize, tool: &counts::Tool) -> Option<f64> {
    let counted = FEW.map(|requests| {
        let running = Running::start(server, tool.command).ok()?;
        running.drive(request, pipeline, requests).ok()?;
        let process = traced_process(&running.child).ok()?;
        (tool.result)(&running.end(process).ok()?)
    });
    Some((counted[1]? - counted[0]?) as f64 / (FEW[1] - FEW[0]) as f64)
}

/// Measures both servers and prints the table.
pub fn print(rounds: usize, with_counts: bool) -> io::Result<()> {
    println!(
        "\n| request | pipelined | server | 1000/s | ratio | cpu us | ratio | instructions | system calls |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    let servers = servers()?;
    for (request, pipeline) in [("set", 1), ("get", 1), ("set", 16), ("get", 16)] {
        let mut measured: [Measured; 2] = Default::default();
        for _ in 0..rounds {
            for (server, measured) in servers.iter().zip(&mut measured) {
                let running = Running::start(server, &[])?;
                running.drive("set", pipeline, REQUESTS / 10)?;
                let before = processor::time_of(running.child.id())?;
                measured
                    .rates
                    .push(running.drive(request, pipeline, REQUESTS)? / 1e3);
                let time = processor::time_of(running.child.id())? - before;
                measured.processor.push(time * 1e6 / REQUESTS as f64);
                let process = running.child.id();
                running.end(process)?;
            }
        }
        let medians =
            measured.map(|Measured { rates, processor }| (median(rates), median(processor)));
        for (server, (rate, processor)) in servers.iter().zip(medians) {
            let counted = |tool| {
                if with_counts {
                    count(server, request, pipeline, tool)
                } else {
                    None
                }
            };
            println!(
                "| {request} | {pipeline} | {} | {rate:.1} | {:.2} | {processor:.2} | {:.2} | {} | {} |",
                server.name,
                rate / medians[0].0,
                processor / medians[0].1,
                shown(counted(&counts::INSTRUCTIONS)),
                shown(counted(&counts::SYSTEM_CALLS)),
            );
        }
    }
    Ok(())
}
