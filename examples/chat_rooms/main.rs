//! Chat rooms on one thread: tasks that share state without a lock, timers, and tasks that are ended from outside.
//!
//! `cargo run --example chat_rooms -- [--port N]`, then `nc 127.0.0.1 N`; the port is 7000 if none is given, and any that
//! is free if it is 0.
//!
//! A client says its name, and then what is told to the others in its room, or one of these:
//!
//!     /join ROOM          go to another room
//!     /who                list who is here
//!     /later MS WORDS     say something in a while
//!     /cancel             say nothing of what is to be said later
//!     /kick NAME          end another's connection
//!
//! Whoever says nothing for a minute is sent away. Every async function is annotated.

mod client;
mod lines;
mod rooms;
#[cfg(test)]
mod tests;

use client::attend;
use rooms::Rooms;
use state_future::runtime::LocalExecutor;
use state_future::runtime::net::TcpListener;
use state_future::state_future;
use std::io;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

const DEFAULT_PORT: u16 = 7000;
/// How long a client may say nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// Takes clients in, each in a task of its own.
#[state_future]
async fn serve(
    listener: TcpListener,
    executor: &LocalExecutor<'_>,
    patience: Duration,
) -> io::Result<()> {
    let rooms = Rc::new(Rooms::default());
    loop {
        let (stream, address) = listener.accept().await?;
        let seat = rooms.new_seat();
        let name = address.to_string();
        // `Rc` is not `Send`, and neither is the task: it stays on this thread.
        let task = executor.spawn_named(&name, attend(stream, rooms.clone(), seat, patience));
        rooms.keep(seat, task);
    }
}

/// Listens and serves.
#[state_future]
async fn run(port: u16, executor: &LocalExecutor<'_>) -> io::Result<()> {
    let listener = TcpListener::bind(([127, 0, 0, 1], port)).await?;
    println!("listening on {}", listener.local_addr()?);
    serve(listener, executor, PATIENCE).await
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let port = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Some(DEFAULT_PORT),
        (Some("--port"), Some(port)) => port.parse().ok(),
        _ => None,
    };
    let Some(port) = port else {
        eprintln!("usage: chat_rooms [--port N]");
        return ExitCode::from(2);
    };
    let executor = LocalExecutor::new();
    match executor.block_on(run(port, &executor)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
