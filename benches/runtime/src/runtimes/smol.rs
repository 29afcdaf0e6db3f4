//! The crates that smol is made of.

use super::{Reactor, Runtime, THREADS, define_echo};
use async_executor::{LocalExecutor, StaticExecutor};
use std::sync::Once;
use std::thread;
use std::time::Duration;

static EXECUTOR: StaticExecutor = StaticExecutor::new();

fn ensure_threads() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| {
        for _ in 0..THREADS {
            thread::spawn(|| async_io::block_on(EXECUTOR.run(std::future::pending::<()>())));
        }
    });
}

thread_local! {
    static LOCAL: &'static LocalExecutor<'static> = Box::leak(Box::default());
}

/// The executor with several threads.
pub struct Smol;

impl Runtime for Smol {
    const NAME: &'static str = "smol";

    fn run<F: Future>(future: F) -> F::Output {
        ensure_threads();
        futures_lite::future::block_on(future)
    }

    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        EXECUTOR.spawn(future)
    }

    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        EXECUTOR.spawn(future).detach();
    }
}

impl Reactor for Smol {
    async fn sleep(duration: Duration) {
        async_io::Timer::after(duration).await;
    }

    define_echo!(async_net::TcpListener, async_net::TcpStream, {
        use futures_lite::{AsyncReadExt, AsyncWriteExt};
    });
}

/// The executor with one.
pub struct SmolLocal;

impl Runtime for SmolLocal {
    const NAME: &'static str = "smol";

    fn run<F: Future>(future: F) -> F::Output {
        LOCAL.with(|local| async_io::block_on(local.run(future)))
    }

    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        LOCAL.with(|local| local.spawn(future))
    }

    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        LOCAL.with(|local| local.spawn(future).detach());
    }
}

impl Reactor for SmolLocal {
    async fn sleep(duration: Duration) {
        async_io::Timer::after(duration).await;
    }

    define_echo!(async_net::TcpListener, async_net::TcpStream, {
        use futures_lite::{AsyncReadExt, AsyncWriteExt};
    });
}
