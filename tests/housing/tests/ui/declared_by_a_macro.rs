//! What a macro declares without a name that can be seen would live across an await.

use state_future::state_future;

struct Guard;

impl Drop for Guard {
    fn drop(&mut self) {}
}

macro_rules! defer {
    () => {
        let _guard = Guard;
    };
}

#[state_future]
async fn declared() {
    defer!();
    std::future::ready(()).await;
}

#[state_future]
async fn declared_in_a_branch(number: u32) -> u32 {
    if number > 1 {
        defer! {}
        std::future::ready(()).await;
    }
    number
}

fn main() {}
