//! What is done on each runtime.

use state_future::runtime::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use state_future::runtime::net::{TcpListener, TcpStream};
use state_future::runtime::time::{sleep, timeout};
use state_future::runtime::{fs, spawn_blocking, try_join};
use state_future::state_future;
use std::io;
use std::pin::Pin;
use std::time::Duration;

/// What all tasks together have done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub tasks: usize,
    pub echoed: usize,
    pub read: usize,
    pub timeouts: usize,
}

/// A task for any runtime to run.
pub type Task = Pin<Box<dyn Future<Output = io::Result<Report>> + Send>>;

/// Has a runtime run tasks, and adds up what they have done.
#[state_future]
pub async fn gather<F>(count: usize, spawn: impl Fn(Task) -> F) -> io::Result<Report>
where
    F: Future<Output = io::Result<Report>>,
{
    let tasks: Vec<F> = (0..count)
        .map(|number| spawn(Box::pin(work(number))))
        .collect();
    let mut sum = Report::default();
    for task in tasks {
        let report = task.await?;
        sum.tasks += 1;
        sum.echoed += report.echoed;
        sum.read += report.read;
        sum.timeouts += report.timeouts;
    }
    Ok(sum)
}

/// One of everything: a connection, a timer, a file, blocking code.
#[state_future]
async fn work(number: usize) -> io::Result<Report> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let message = format!("hello from {number:04}").repeat(100).into_bytes();
    let ((), echoed) = try_join!(
        answer(&listener),
        ask(TcpStream::connect(address).await?, &message)
    )?;
    let manifest = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let (first, text) = try_join!(count_bytes(), manifest)?;
    sleep(Duration::from_millis(2)).await;
    let late = timeout(Duration::from_millis(2), std::future::pending::<()>()).await;
    Ok(Report {
        tasks: 1,
        echoed,
        read: usize::from(first == text.len()),
        timeouts: usize::from(late.is_err()),
    })
}

/// How long this crate's manifest is, found out by code that blocks.
#[state_future]
async fn count_bytes() -> io::Result<usize> {
    let counted =
        spawn_blocking(|| std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")));
    Ok(counted.await.map_err(io::Error::other)??.len())
}

/// Sends back what comes on the first connection.
#[state_future]
async fn answer(listener: &TcpListener) -> io::Result<()> {
    let (stream, _address) = listener.accept().await?;
    let (reader, writer) = stream.into_split();
    copy(reader, writer).await
}

/// Copies to the end, between streams of any kind.
#[state_future]
async fn copy(
    mut reader: impl AsyncRead + Unpin,
    mut writer: impl AsyncWrite + Unpin,
) -> io::Result<()> {
    let mut buffer = [0; 256];
    loop {
        let count = reader.read(&mut buffer).await?;
        if count == 0 {
            return writer.close().await;
        }
        writer.write_all(&buffer[..count]).await?;
    }
}

/// Sends a message and reads the answer to its end; how many bytes of it are right.
#[state_future]
async fn ask(mut stream: TcpStream, message: &[u8]) -> io::Result<usize> {
    stream.write_all(message).await?;
    stream.close().await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer
        .iter()
        .zip(message)
        .filter(|(found, sent)| found == sent)
        .count())
}
