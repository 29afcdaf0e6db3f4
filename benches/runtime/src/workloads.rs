// What the runtimes are measured by. Compiled twice: as it stands, and with every async function lowered.

use crate::runtimes::{Reactor, Runtime};
use async_channel::{Receiver, Sender, bounded};
use futures_channel::oneshot;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Lets others run; the same for all runtimes.
#[derive(Default)]
struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Is ready at once.
#[lower]
pub async fn nothing() {}

/// Starts many tasks, then waits for each.
#[lower]
pub async fn spawn_and_join<R: Runtime + 'static>(count: usize) {
    let tasks: Vec<_> = (0..count).map(|_| R::spawn(nothing())).collect();
    for task in tasks {
        task.await;
    }
}

/// The same within a task, where the runtime's own threads are.
#[lower]
pub async fn spawn_and_join_within<R: Runtime + 'static>(count: usize) {
    R::spawn(spawn_and_join::<R>(count)).await;
}

/// Starts a task and waits for it, again and again.
#[lower]
pub async fn spawn_one<R: Runtime + 'static>(count: usize) {
    for _ in 0..count {
        R::spawn(nothing()).await;
    }
}

fn start_link<R: Runtime + 'static>(left: usize, done: Sender<()>) {
    if left == 0 {
        done.try_send(()).expect("there is room for one");
    } else {
        R::detach(link::<R>(left, done));
    }
}

#[lower]
async fn link<R: Runtime + 'static>(left: usize, done: Sender<()>) {
    start_link::<R>(left - 1, done);
}

/// Each task starts the next.
#[lower]
pub async fn chain<R: Runtime + 'static>(count: usize) {
    let (sender, receiver) = bounded(1);
    start_link::<R>(count, sender);
    receiver.recv().await.expect("the last link sends");
}

/// Tasks that start tasks and wait for them: as many as the square root of the count, and each of these as many.
#[lower]
pub async fn tree<R: Runtime + 'static>(count: usize) {
    let width = count.isqrt();
    let tasks: Vec<_> = (0..width).map(|_| R::spawn(spawn_and_join::<R>(width))).collect();
    for task in tasks {
        task.await;
    }
}

#[lower]
async fn yield_often(times: usize) {
    for _ in 0..times {
        Yield::default().await;
    }
}

/// 200 tasks that give way over and over.
#[lower]
pub async fn yields<R: Runtime + 'static>(count: usize) {
    let tasks: Vec<_> = (0..200).map(|_| R::spawn(yield_often(count / 200))).collect();
    for task in tasks {
        task.await;
    }
}

#[lower]
async fn pass_on(from: Receiver<usize>, to: Sender<usize>) {
    while let Ok(token) = from.recv().await {
        if to.send(token).await.is_err() {
            return;
        }
    }
}

#[lower]
async fn play<R: Runtime + 'static>(players: usize, rounds: usize) {
    let (first, mut last) = bounded(1);
    for _ in 1..players {
        let (sender, receiver) = bounded(1);
        R::detach(pass_on(last, sender));
        last = receiver;
    }
    for round in 0..rounds {
        first.send(round).await.expect("the players are there");
        let token = last.recv().await.expect("the players are there");
        assert_eq!(token, round);
    }
}

/// Two tasks send a token back and forth.
#[lower]
pub async fn ping_pong<R: Runtime + 'static>(count: usize) {
    R::spawn(play::<R>(2, count)).await;
}

/// A token goes around a ring of 300 tasks.
#[lower]
pub async fn ring<R: Runtime + 'static>(count: usize) {
    R::spawn(play::<R>(300, count / 300)).await;
}

#[lower]
async fn serve(requests: Receiver<oneshot::Sender<usize>>) {
    let mut number = 0;
    while let Ok(request) = requests.recv().await {
        number += 1;
        request.send(number).expect("the answer is waited for");
    }
}

#[lower]
async fn ask(requests: Sender<oneshot::Sender<usize>>, count: usize) {
    for _ in 0..count {
        let (sender, receiver) = oneshot::channel();
        requests.send(sender).await.expect("the server is there");
        receiver.await.expect("the server answers");
    }
}

/// 10 tasks ask one by a channel, and are answered each by a channel of its own.
#[lower]
pub async fn requests<R: Runtime + 'static>(count: usize) {
    let (sender, receiver) = bounded(100);
    R::detach(serve(receiver));
    let tasks: Vec<_> = (0..10).map(|_| R::spawn(ask(sender.clone(), count / 10))).collect();
    drop(sender);
    for task in tasks {
        task.await;
    }
}

#[lower]
async fn nap<R: Reactor + 'static>(milliseconds: u64) {
    R::sleep(Duration::from_millis(milliseconds)).await;
}

/// Tasks that sleep for 1 to 10 ms each.
#[lower]
pub async fn timers<R: Reactor + 'static>(count: usize) {
    let tasks: Vec<_> = (0..count as u64).map(|number| R::spawn(nap::<R>(1 + number % 10))).collect();
    for task in tasks {
        task.await;
    }
}
