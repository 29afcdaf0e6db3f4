use std::fmt::Display;

use state_future::state_future;

struct Client<F>(F);

impl<F: std::future::Future<Output = u32> + Copy> Client<F> {
    fn call(&self, _count: u32) -> F {
        self.0
    }
}

#[state_future(named)]
async fn generic<F: std::future::Future<Output = u32> + Copy>(client: Client<F>) -> u32 {
    let first = client.call(1).await;
    let call: F = client.call(first);
    let second: u32 = call.await;
    for count in 0..second {
        let call: F = client.call(count);
        call.await;
    }
    first + second
}

#[state_future(named)]
async fn opaque_argument(value: impl Display) -> String {
    value.to_string()
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

#[state_future(named)]
#[derive(Clone)]
impl Two {
    async fn copied(&self) {}
}

fn main() {}
