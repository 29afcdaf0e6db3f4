use std::future::{Ready, ready};

use state_future::state_future;

fn count(list: &[u32], number: u32) -> u32 {
    list.len() as u32 + number
}

fn same(list: &[u32]) -> &[u32] {
    list
}

struct Counter;

impl Counter {
    fn count(&self, list: &[u32], number: u32) -> u32 {
        count(list, number)
    }
}

fn wait(number: u32) -> Ready<u32> {
    ready(number)
}

#[state_future]
#[derive(Clone)]
async fn an_argument() -> u32 {
    let list = vec![1];
    count(&list, wait(1).await)
}

#[state_future]
#[derive(Clone)]
async fn an_argument_made_by_a_call() -> u32 {
    let list = vec![1];
    count(same(&list), wait(1).await)
}

#[state_future]
#[derive(Clone)]
async fn an_argument_of_a_method() -> u32 {
    let list = vec![1];
    Counter.count(&list, wait(1).await)
}

#[state_future]
#[derive(Clone)]
async fn a_part_of_a_tuple() -> u32 {
    let list = vec![1];
    let pair = (same(&list), wait(1).await);
    pair.0.len() as u32
}

#[state_future]
#[derive(Clone)]
async fn an_operand() -> u32 {
    let list = vec![1];
    list.len() as u32 + *list.iter().max().unwrap_or(&wait(1).await)
}

#[state_future]
#[derive(Clone)]
async fn a_pinned_future() -> u32 {
    let list = vec![1];
    let pinned = std::pin::pin!(wait(1));
    pinned.await + list.len() as u32
}

#[state_future]
#[derive(Clone)]
async fn a_value_given_later() -> u32 {
    let list = vec![1];
    let later;
    later = same(&list);
    wait(1).await + later.len() as u32
}

fn main() {}
