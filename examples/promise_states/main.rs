//! A future is a promise in one of three states: initial, pending, ended. This example polls one by hand and watches.
//!
//! `cargo run --example promise_states`

mod promise;
#[cfg(test)]
mod tests;
mod ticks;

use promise::Promise;
use state_future::state_future;
use std::pin::pin;
use std::task::{Context, Waker};
use ticks::ticks;

/// Waits twice and adds up what it waited for.
#[state_future]
async fn add_up(first: u8, second: u8) -> u8 {
    let one = ticks(first).await;
    let two = ticks(second).await;
    one + two
}

fn main() {
    let mut promise = pin!(Promise::new(add_up(1, 2)));
    println!("made:    {:?}", promise.state());
    let mut context = Context::from_waker(Waker::noop());
    for poll in 1.. {
        let ended = promise.as_mut().poll_once(&mut context);
        println!("poll {poll}:  {:?}", promise.state());
        if let Some(sum) = ended {
            println!("output:  {sum}");
            break;
        }
    }
}
