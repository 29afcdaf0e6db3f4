use std::rc::Rc;
use std::sync::Mutex;

use state_future::state_future;

async fn pause() {}

#[state_future]
async fn variable(n: u32) -> u32 {
    let counted = Rc::new(n);
    pause().await;
    pause().await;
    *counted
}

#[state_future]
async fn guard(counter: &Mutex<u32>) -> u32 {
    let mut guard = counter.lock().unwrap();
    *guard += 1;
    pause().await;
    *guard
}

#[state_future]
async fn temporary(counter: &Mutex<u32>) -> u32 {
    u32::max(*counter.lock().unwrap(), pause().await.into_number())
}

#[state_future]
async fn argument(counted: Rc<u32>) -> u32 {
    pause().await;
    *counted
}

#[state_future]
async fn awaited(counter: &Mutex<u32>) -> u32 {
    guard(counter).await
}

trait IntoNumber {
    fn into_number(self) -> u32;
}

impl IntoNumber for () {
    fn into_number(self) -> u32 {
        0
    }
}

fn send<T: Send>(_: T) {}

fn main() {
    let counter = Mutex::new(1);
    send(variable(1));
    send(guard(&counter));
    send(temporary(&counter));
    send(argument(Rc::new(1)));
    send(awaited(&counter));
}
