//! One client.

use crate::commands::{self, Session};
use crate::protocol::{Parser, Reply};
use crate::server::Server;
use crate::stop::Stop;
use state_future::runtime::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use state_future::runtime::net::TcpStream;
use state_future::runtime::select;
use state_future::runtime::time::timeout;
use state_future::state_future;
use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Replies are sent when there are this many bytes of them, even if there are more requests to answer.
const FULL: usize = 64 << 10;
/// How much of a buffer a client keeps that says nothing.
const KEPT_CAPACITY: usize = 4 << 10;
/// How long a client has to take what was sent to it.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a client whose connection is closed has to stop sending.
const LINGER: Duration = Duration::from_secs(1);
/// How much is read at a time.
const CHUNK: usize = 16 << 10;

/// Why no more requests are answered for now.
enum Answered {
    /// There are replies enough to be sent first.
    Full,
    /// The next request has not come.
    All,
    /// The client has left, or does not make sense.
    Finished,
}

/// Answers the requests that have come.
fn answer(
    input: &mut Parser,
    session: &mut Session,
    server: &Server,
    reply: &mut Reply,
) -> Answered {
    while reply.bytes().len() < FULL {
        match input.next() {
            Ok(Some(request)) => commands::execute(request, session, server, reply),
            Ok(None) => return Answered::All,
            Err(malformed) => {
                reply.error(format_args!("ERR Protocol error: {malformed}"));
                return Answered::Finished;
            }
        }
        if session.quits {
            return Answered::Finished;
        }
    }
    Answered::Full
}

/// Answers a client's requests until it leaves, does not make sense, or the server is to end.
///
/// In the last case what has arrived until then is still answered.
#[state_future]
pub async fn serve_client<'a>(
    stream: &'a TcpStream,
    server: &'a Server,
    stop: &'a Stop,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = Parser::default();
    let mut reply = Reply::default();
    let mut session = Session::new(server);
    let mut stopping = false;
    let mut stop = pin!(stop.requested());
    loop {
        let answered = answer(&mut input, &mut session, server, &mut reply);
        if !reply.bytes().is_empty() {
            let mut writer = stream;
            timeout(PATIENCE, writer.write_all(reply.bytes())).await??;
            reply.clear(KEPT_CAPACITY);
        }
        match answered {
            Answered::Full => continue,
            Answered::Finished => break,
            Answered::All => {}
        }
        let count = if stopping {
            read_at_once(stream, &mut input).await?
        } else {
            select! {
                count = read_more(stream, &mut input) => count?,
                () = stop.as_mut() => {
                    stopping = true;
                    read_at_once(stream, &mut input).await?
                }
            }
        };
        if count == 0 {
            break;
        }
    }
    say_goodbye(stream).await;
    Ok(())
}

/// Closes a connection so that the client gets the last reply: with input left unread, the reply might be lost.
#[state_future]
async fn say_goodbye(stream: &TcpStream) {
    let mut stream = stream;
    if stream.close().await.is_ok() {
        // An error means that the client goes on sending: it is cut off.
        let _ = timeout(LINGER, discard(stream)).await;
    }
}

/// Reads until the end.
#[state_future]
async fn discard(mut stream: &TcpStream) {
    let mut buffer = [0; 512];
    while matches!(stream.read(&mut buffer).await, Ok(1..)) {}
}

/// Reads what there is, waiting until there is something; 0 at the end.
#[state_future]
async fn read_more(stream: &TcpStream, input: &mut Parser) -> io::Result<usize> {
    poll_fn(|context| poll_read(stream, input, context)).await
}

/// Reads what there is; 0 also if there is nothing.
#[state_future]
async fn read_at_once(stream: &TcpStream, input: &mut Parser) -> io::Result<usize> {
    poll_fn(|context| match poll_read(stream, input, context) {
        Poll::Pending => Poll::Ready(Ok(0)),
        ready => ready,
    })
    .await
}

/// Reads by way of a buffer of the thread, so that a client that says nothing needs none.
fn poll_read(
    mut stream: &TcpStream,
    input: &mut Parser,
    context: &mut Context<'_>,
) -> Poll<io::Result<usize>> {
    thread_local! {
        static BUFFER: RefCell<Box<[u8; CHUNK]>> = RefCell::new(Box::new([0; CHUNK]));
    }
    BUFFER.with_borrow_mut(|buffer| {
        let count = ready!(Pin::new(&mut stream).poll_read(context, &mut buffer[..]))?;
        input.feed(&buffer[..count]);
        Poll::Ready(Ok(count))
    })
}
