//! A macro that is not known and awaits by itself: what it awaits cannot be seen.

use state_future::state_future;

macro_rules! fetched {
    ($number:expr) => {
        fetch($number).await
    };
}

async fn fetch(number: u32) -> u32 {
    number
}

#[state_future]
async fn sum() -> u32 {
    let first = fetch(1).await;
    first + fetched!(2)
}

#[state_future]
async fn alone() -> u32 {
    fetched!(2)
}

fn main() {
    let _ = (sum(), alone());
}
