//! Orders that outlive the process that serves them.
//!
//! `cargo run --release --features serde --example durable_order [FOLDER] [ORDERS]` serves so many orders and prints each step; kill it at
//! any moment and run it again. `.. durable_order list [FOLDER]` prints what each order waits for.
//!
//! An order is one annotated function that waits for days: reserve, charge, ship, and compensate if something fails. Its
//! suspended machine is saved after every step, in one transaction of an embedded store. A crash between an effect and the save
//! repeats the effect when the order goes on; as it carries the same key, the service answers as before and does nothing.

mod engine;
mod services;
mod workflow;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use engine::Engine;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    let lists = arguments.next_if(|argument| argument == "list").is_some();
    let folder = arguments
        .next()
        .map_or_else(|| PathBuf::from("target/durable_order"), PathBuf::from);
    let orders = match arguments.next().map(|count| count.parse()) {
        None => 10,
        Some(Ok(count)) => count,
        Some(Err(error)) => {
            eprintln!("the number of orders: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = Engine::open(&folder).and_then(|mut engine| {
        if lists {
            for (number, order) in engine.waiting()? {
                println!("order {number}: {order:?}");
            }
            return Ok(());
        }
        engine.accept(orders)?;
        engine.run(&mut |step| println!("{step}"))?;
        println!(
            "all {orders} orders have ended; the store is in {}",
            folder.display()
        );
        Ok(())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
