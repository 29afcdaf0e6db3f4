//! A closure takes the whole variable here, and its fields since edition 2021.

use std::future::ready;

use state_future::state_future;

#[state_future]
async fn takes_a_field(pair: (String, String)) -> usize {
    let right = &pair.1;
    ready(right.len()).await;
    let closure = move || pair.0.len();
    ready(()).await;
    closure()
}

#[state_future]
async fn takes_a_field_into_a_block(pair: (String, String)) -> usize {
    let right = &pair.1;
    ready(right.len()).await;
    let block = async move { pair.0.len() };
    ready(()).await;
    block.await
}

fn main() {}
