//! The runtimes, made alike.

mod futures;
mod lite;
mod smol;
mod tokio;

pub use futures::Pool;
pub use lite::{Lite, LiteLocal};
pub use smol::{Smol, SmolLocal};
pub use tokio::{Tokio, TokioLocal};

use std::io;
use std::time::Duration;

/// How many threads the runtimes that have several use.
pub const THREADS: usize = 2;

/// A runtime that runs tasks, made when it is first used, and kept.
pub trait Runtime: 'static {
    /// Its name in the table.
    const NAME: &'static str;

    /// Runs a future on the calling thread, and the tasks wherever the runtime runs them.
    fn run<F: Future>(future: F) -> F::Output;

    /// Starts a task from within [`Runtime::run`].
    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static;

    /// Starts a task that nobody waits for.
    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static;
}

/// A runtime that can wait for more than its own tasks.
pub trait Reactor: Runtime {
    fn sleep(duration: Duration) -> impl Future<Output = ()> + Send;

    /// Has so many clients send 64 bytes so many times and wait for them to come back, each from a task of the server's.
    fn echo(connections: usize, rounds: usize) -> impl Future<Output = io::Result<()>>;
}

/// The length of a message of [`Reactor::echo`].
pub const MESSAGE: usize = 64;

/// Defines [`Reactor::echo`] out of a runtime's own sockets and the traits that go with them.
macro_rules! define_echo {
    ($listener:path, $stream:path, {$($traits:item)*}) => {
        async fn echo(connections: usize, rounds: usize) -> std::io::Result<()> {
            use $listener as Listener;
            use $stream as Stream;
            $($traits)*

            async fn answer(mut stream: Stream, rounds: usize) -> std::io::Result<()> {
                let mut buffer = [0; crate::runtimes::MESSAGE];
                for _ in 0..rounds {
                    stream.read_exact(&mut buffer).await?;
                    stream.write_all(&buffer).await?;
                }
                Ok(())
            }

            async fn ask(mut stream: Stream, rounds: usize) -> std::io::Result<()> {
                let mut buffer = [7; crate::runtimes::MESSAGE];
                for _ in 0..rounds {
                    stream.write_all(&buffer).await?;
                    stream.read_exact(&mut buffer).await?;
                }
                Ok(())
            }

            let listener = Listener::bind("127.0.0.1:0").await?;
            let address = listener.local_addr()?;
            let mut tasks = Vec::new();
            for _ in 0..connections {
                let client = Stream::connect(address).await?;
                let (server, _) = listener.accept().await?;
                client.set_nodelay(true)?;
                server.set_nodelay(true)?;
                tasks.push((Self::spawn(answer(server, rounds)), Self::spawn(ask(client, rounds))));
            }
            for (server, client) in tasks {
                server.await?;
                client.await?;
            }
            Ok(())
        }
    };
}
pub(crate) use define_echo;
