use std::future::{Ready, ready};

use state_future::state_future;

fn wait(number: u32) -> Ready<u32> {
    ready(number)
}

#[state_future]
#[derive(Clone)]
async fn an_iterator() -> u32 {
    let list = vec![1];
    let mut sum = 0;
    for number in list.iter() {
        sum += wait(*number).await;
    }
    sum
}

#[state_future]
#[derive(Clone)]
async fn a_pattern_of_a_loop() -> u32 {
    let list = vec![1];
    let mut rest = 0;
    while let Some(first) = list.get(rest) {
        wait(1).await;
        rest += *first as usize;
    }
    rest as u32
}

#[state_future]
#[derive(Clone)]
async fn a_pattern_of_a_let() -> u32 {
    let list = vec![1];
    let [first, ..] = &list[..] else {
        return 0;
    };
    wait(1).await + first
}

#[state_future]
#[derive(Clone)]
async fn a_pattern_of_a_match() -> u32 {
    let list = vec![1];
    match list.first() {
        Some(first) => {
            wait(1).await;
            *first
        }
        None => 0,
    }
}

#[state_future]
#[derive(Clone)]
async fn an_assigned_value() -> u32 {
    let list = vec![1];
    let mut list_again = None;
    list_again = Some(&list);
    wait(1).await + list_again.map_or(0, |list| list.len() as u32)
}

#[state_future]
#[derive(Clone)]
async fn a_collection() -> u32 {
    let list = vec![1];
    let mut lists: Vec<&Vec<u32>> = Vec::new();
    lists.push(&list);
    wait(1).await + lists.len() as u32
}

fn main() {}
