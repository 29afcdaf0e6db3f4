//! Tokio, on one thread and on several.

use super::{Reactor, Runtime, THREADS, define_echo};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Builder;

static THREADED: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
        .expect("threads can be started")
});

thread_local! {
    static LOCAL: tokio::runtime::Runtime =
        Builder::new_current_thread().enable_all().build().expect("there are descriptors");
}

macro_rules! impl_tokio {
    ($runtime:ident, $name:literal, $future:ident => $run:expr) => {
        impl Runtime for $runtime {
            const NAME: &'static str = $name;

            fn run<F: Future>($future: F) -> F::Output {
                $run
            }

            fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
            where
                F: Future<Output: Send + 'static> + Send + 'static,
            {
                let handle = tokio::spawn(future);
                async { handle.await.expect("the task does not panic") }
            }

            fn detach<F>(future: F)
            where
                F: Future<Output = ()> + Send + 'static,
            {
                drop(tokio::spawn(future));
            }
        }

        impl Reactor for $runtime {
            fn sleep(duration: Duration) -> impl Future<Output = ()> + Send {
                tokio::time::sleep(duration)
            }

            define_echo!(tokio::net::TcpListener, tokio::net::TcpStream, {
                use tokio::io::{AsyncReadExt, AsyncWriteExt};
            });
        }
    };
}

/// The runtime with several threads.
pub struct Tokio;
impl_tokio!(Tokio, "tokio", future => THREADED.block_on(future));

/// The runtime with one.
pub struct TokioLocal;
impl_tokio!(TokioLocal, "tokio", future => LOCAL.with(|runtime| runtime.block_on(future)));
