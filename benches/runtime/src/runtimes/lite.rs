//! This repository's runtime.

use super::{Reactor, Runtime, THREADS, define_echo};
use runtime_lite::{Executor, LocalExecutor, block_on, time};
use std::sync::LazyLock;
use std::time::Duration;

static EXECUTOR: LazyLock<Executor> = LazyLock::new(|| {
    Executor::builder()
        .threads(THREADS)
        .build()
        .expect("threads can be started")
});

thread_local! {
    static LOCAL: &'static LocalExecutor<'static> = Box::leak(Box::default());
}

/// `Executor`.
pub struct Lite;

impl Runtime for Lite {
    const NAME: &'static str = "runtime-lite";

    fn run<F: Future>(future: F) -> F::Output {
        LazyLock::force(&EXECUTOR);
        block_on(future)
    }

    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let handle = EXECUTOR.spawn(future);
        async { handle.await.expect("the task does not panic") }
    }

    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        EXECUTOR.spawn(future).detach();
    }
}

impl Reactor for Lite {
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send {
        time::sleep(duration)
    }

    define_echo!(
        runtime_lite::net::TcpListener,
        runtime_lite::net::TcpStream,
        {
            use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
        }
    );
}

/// `LocalExecutor`.
pub struct LiteLocal;

impl Runtime for LiteLocal {
    const NAME: &'static str = "runtime-lite";

    fn run<F: Future>(future: F) -> F::Output {
        LOCAL.with(|local| local.block_on(future))
    }

    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        let handle = LOCAL.with(|local| local.spawn(future));
        async { handle.await.expect("the task does not panic") }
    }

    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        LOCAL.with(|local| local.spawn(future).detach());
    }
}

impl Reactor for LiteLocal {
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send {
        time::sleep(duration)
    }

    define_echo!(
        runtime_lite::net::TcpListener,
        runtime_lite::net::TcpStream,
        {
            use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
        }
    );
}
