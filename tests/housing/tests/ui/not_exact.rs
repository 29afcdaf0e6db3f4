//! Forms whose drops the attribute cannot place: it says so, and what to write.

use state_future::state_future;

macro_rules! length {
    ($text:expr) => {
        String::from($text).as_str().len()
    };
}

async fn pause(_: usize) {}

#[state_future]
async fn awaited() {
    pause(length!("text")).await;
}

#[state_future]
async fn before_an_await() -> (usize, ()) {
    (length!("text"), pause(1).await)
}

#[state_future]
async fn allowed() -> (usize, ()) {
    let length = length!("text");
    (length, pause(1).await)
}

struct Pair {
    left: String,
    right: String,
}

#[state_future]
async fn field_of_an_inner_closure(pair: Pair) -> usize {
    let length = async {
        let inner = move || pair.left.len();
        inner()
    };
    let length = length.await;
    pause(length).await;
    length
}

fn main() {
    let _ = (awaited(), before_an_await(), allowed());
    let pair = Pair {
        left: String::new(),
        right: String::new(),
    };
    let _ = field_of_an_inner_closure(pair);
}
