#![deny(unused, dead_code, clippy::all)]

use state_future::state_future;

#[state_future]
async fn unused(argument: u32) {
    let local = 1;
    std::future::ready(()).await;
}

#[state_future]
async fn uncalled() {}

struct Type;

#[state_future]
impl Type {
    async fn uncalled(&self, argument: u32) {}
}

fn main() {
    pollster::block_on(unused(1));
    let _ = Type;
}
