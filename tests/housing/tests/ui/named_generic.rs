use std::future::{Ready, ready};

use state_future::state_future;

struct Source<T>(T);

impl<T: Copy> Source<T> {
    fn get(&self) -> Ready<T> {
        ready(self.0)
    }
    fn all(&self) -> Vec<T> {
        vec![self.0]
    }
}

#[state_future(named)]
async fn a_variable<T: Copy>(source: Source<T>) -> usize {
    let all = source.all();
    let call: Ready<T> = source.get();
    call.await;
    all.len()
}

#[state_future(named)]
async fn two_variables<T: Copy>(source: Source<T>) -> usize {
    let first = source.all();
    let call: Ready<T> = source.get();
    call.await;
    let second = source.all();
    let again: Ready<T> = source.get();
    again.await;
    first.len() + second.len()
}

#[state_future(named)]
async fn parts_of_a_pattern<T: Copy>(source: Source<T>) -> usize {
    let (one, two) = (source.all(), 1u8);
    let call: Ready<T> = source.get();
    call.await;
    one.len() + two as usize
}

#[state_future(named)]
async fn in_an_arm<T: Copy>(source: Option<Source<T>>) -> usize {
    match source {
        Some(found) => {
            let call: Ready<T> = found.get();
            call.await;
            found.all().len()
        }
        None => 0,
    }
}

#[state_future(named)]
async fn a_method_awaited<T: Copy>(source: Source<T>) -> T {
    source.get().await
}

#[state_future(named)]
async fn a_variable_awaited<T: Copy>(source: Source<T>) -> T {
    let call = source.get();
    call.await
}

#[state_future(named)]
async fn borrows<T: AsRef<str>>(text: T) -> usize {
    let word: &str = text.as_ref();
    let wait: Ready<()> = ready(());
    wait.await;
    word.len()
}

#[state_future(named)]
async fn borrows_within<T: AsRef<str>>(text: T) -> usize {
    let words: Vec<&str> = vec![text.as_ref()];
    let wait: Ready<()> = ready(());
    wait.await;
    words.len()
}

#[state_future(named)]
async fn inferred<T: Copy>(source: Source<T>) -> usize {
    let all: Vec<_> = source.all();
    let call: Ready<T> = source.get();
    call.await;
    all.len()
}

#[state_future(named)]
async fn borrows_in_the_future<T: AsRef<str>>(text: T) -> usize {
    let wait: Ready<Option<&'_ str>> = ready(Some(text.as_ref()));
    wait.await.map_or(0, str::len)
}

#[state_future(named)]
async fn functions_may_leave_lifetimes_out<T: AsRef<str>>(text: T, by: fn(&str) -> &str) -> usize {
    let trim: fn(&str) -> &str = by;
    let wait: Ready<()> = ready(());
    wait.await;
    trim(text.as_ref()).len()
}

#[state_future(named)]
async fn types_that_are_known<T: Copy>(source: Source<T>, (left, right): (T, u8)) -> (T, u32) {
    let (number, also): (u16, bool) = (1, true);
    let letter = 'a';
    let large = 3u32;
    let same = right;
    let wait: Ready<T> = source.get();
    wait.await;
    (left, u32::from(number) + u32::from(also) + u32::from(letter) + large + u32::from(same))
}

#[state_future(named)]
async fn repeats<T: Copy>(source: Source<T>) {
    for _ in 0..3 {
        let call: Ready<T> = source.get();
        call.await;
    }
}

fn main() {}
