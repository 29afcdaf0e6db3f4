#![deny(dead_code)]

use state_future::state_future;

#[state_future]
async fn uncalled() {}

struct Type;

#[state_future]
impl Type {
    async fn uncalled_method(&self) {}
}

impl Type {
    #[state_future]
    async fn uncalled_alone(&self) {}
}

fn main() {
    let _ = Type;
}
