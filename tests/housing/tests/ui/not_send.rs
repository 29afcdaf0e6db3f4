use std::rc::Rc;

use state_future::state_future;

#[state_future]
async fn shared(n: u32) -> u32 {
    let counted = Rc::new(n);
    std::future::ready(()).await;
    *counted
}

fn send<T: Send>(_: T) {}

fn main() {
    send(shared(1));
}
