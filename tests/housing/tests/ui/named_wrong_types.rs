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
async fn a_wrong_type<T: Copy>(source: Source<T>) -> usize {
    let all: Vec<u8> = source.all();
    let call: Ready<T> = source.get();
    call.await;
    all.len()
}

fn main() {}
