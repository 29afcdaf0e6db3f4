use std::fmt::Display;

use state_future::state_future;

#[state_future(named)]
async fn generic<T>(value: T) -> T {
    value
}

#[state_future(named)]
async fn opaque_argument(value: impl Display) -> String {
    value.to_string()
}

#[state_future(named)]
async fn sized<const N: usize>() -> usize {
    N
}

#[state_future(named)]
async fn opaque_output() -> impl Display {
    1
}

struct One<T>(T);

#[state_future(named = Fetch)]
impl<T> One<T> {
    async fn first(&self) {}
    async fn second(&self) {}
}

struct Two;

impl Two {
    #[state_future(named)]
    async fn single(&self) {}
}

trait Waits {
    async fn wait(&self);
}

#[state_future(named)]
impl Waits for Two {
    async fn wait(&self) {}
}

#[state_future(named, named = Other)]
async fn twice() {}

#[state_future(named = "Other")]
async fn quoted() {}

fn main() {}
