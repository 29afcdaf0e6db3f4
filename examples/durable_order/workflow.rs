//! The life of an order.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use serde::{Deserialize, Serialize};
use state_future::state_future;

use super::services;

thread_local! {
    /// The day it is, by the store's clock.
    pub static TODAY: Cell<u64> = const { Cell::new(0) };
}

/// How an order has ended.
#[derive(Debug, PartialEq)]
pub enum Outcome {
    Delivered,
    Declined,
    Lost,
}

/// From the click to the end of the time in which it can be returned.
#[state_future(named)]
#[derive(Serialize, Deserialize, Debug)]
pub async fn order(number: u64) -> Outcome {
    effect(number, "reserve").await;
    if !effect(number, "charge").await {
        effect(number, "release").await;
        return Outcome::Declined;
    }
    days(3).await;
    if !effect(number, "ship").await {
        effect(number, "refund").await;
        effect(number, "release").await;
        return Outcome::Lost;
    }
    days(14).await;
    Outcome::Delivered
}

/// Something that a service shall do once, whether it agreed.
#[derive(Serialize, Deserialize, Debug)]
pub struct Effect {
    /// The same whenever this effect is asked for, so that the service can tell.
    key: String,
    is_saved: bool,
}

fn effect(order: u64, what: &str) -> Effect {
    Effect {
        key: format!("{what}-{order}"),
        is_saved: false,
    }
}

impl Future for Effect {
    type Output = bool;

    /// Waits to be saved before it asks the service: what is asked for is known to the store.
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<bool> {
        if !std::mem::replace(&mut self.is_saved, true) {
            return Poll::Pending;
        }
        Poll::Ready(services::apply(&self.key))
    }
}

/// A timer that goes on while nothing runs: it knows the day it is due.
#[derive(Serialize, Deserialize, Debug)]
pub struct Days {
    due: u64,
}

fn days(count: u64) -> Days {
    Days {
        due: TODAY.get() + count,
    }
}

impl Future for Days {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match TODAY.get() < self.due {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }
}
