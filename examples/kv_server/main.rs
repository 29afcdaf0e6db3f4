//! A key-value server that speaks RESP2 and RESP3, for `redis-cli`, `redis-benchmark` and every client of Redis.
//!
//! `cargo run --release --example kv_server -- [--port N]`
//!
//! The port is 6379 if none is given, and any that is free if it is 0. SIGINT ends the server when it has answered what it
//! has got. SIGUSR1 has it print to stderr what each of its tasks is at. Every async function is annotated.
//!
//! * `server`: taking in clients, and seeing them off.
//! * `connection`: one client.
//! * `protocol`: requests and replies as bytes.
//! * `commands`: what each request does.
//! * `store`: the keys and their values.
//! * `stop`, `limits`: signals, and how many clients there can be.

mod commands;
mod connection;
mod limits;
mod protocol;
mod server;
mod stop;
mod store;

use server::{Server, serve};
use signal_hook::consts::{SIGINT, SIGTERM, SIGUSR1};
use state_future::runtime::net::TcpListener;
use state_future::runtime::{block_on, dump, spawn_debug};
use state_future::state_future;
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use stop::{Signals, stopper};

/// The port of Redis.
const DEFAULT_PORT: u16 = 6379;

/// Serves until a signal comes.
#[state_future]
async fn run(port: u16) -> io::Result<()> {
    let mut interrupts = Signals::catch(&[SIGINT, SIGTERM])?;
    let questions = Signals::catch(&[SIGUSR1])?;
    let listener = TcpListener::bind(([127, 0, 0, 1], port)).await?;
    let address = listener.local_addr()?;
    println!("listening on {address}");
    let (stopper, stop) = stopper();
    let telling = spawn_debug("SIGUSR1", tell_tasks(questions));
    let server = Arc::new(Server::new(address.port()));
    let serving = spawn_debug("server", serve(listener, server, stop));
    interrupts.next().await?;
    println!("ending");
    drop(stopper);
    let served = serving.await;
    telling.abort();
    served.map_err(io::Error::other)
}

/// Prints what each task is at, the oldest first, whenever it is asked to.
#[state_future]
async fn tell_tasks(mut questions: Signals) {
    while questions.next().await.is_ok() {
        let tasks = dump();
        for task in tasks.iter().rev() {
            eprintln!("{task}");
        }
        eprintln!("{} tasks", tasks.len());
    }
}

/// What the command line asks for.
fn port(mut arguments: impl Iterator<Item = String>) -> Option<u16> {
    let port = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => DEFAULT_PORT,
        (Some("--port"), Some(port)) => port.parse().ok()?,
        _ => return None,
    };
    arguments.next().is_none().then_some(port)
}

fn main() -> ExitCode {
    let Some(port) = port(std::env::args().skip(1)) else {
        eprintln!("usage: kv_server [--port N]");
        return ExitCode::from(2);
    };
    if let Err(error) = limits::raise_descriptor_limit() {
        eprintln!("warning: the number of clients stays limited: {error}");
    }
    match block_on(run(port)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
