//! TCP.

use super::address::{Address, Lookup, no_address};
use super::operation::socket_operation;
use super::socket::define_socket;
use super::stream::impl_stream;
use crate::reactor::Direction;
use socket2::{Domain, Protocol, Socket, Type};
use std::future::Future;
use std::io;
use std::net::{self as blocking, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 1024;

define_socket! {
    /// A socket that accepts connections.
    TcpListener
}

impl TcpListener {
    /// Listens at an address; at port 0, at a port that is free.
    pub fn bind(address: impl Into<Address>) -> Bind {
        Bind {
            lookup: Lookup::new(address),
        }
    }

    /// Waits for the next connection.
    pub fn accept(&self) -> Accept<'_> {
        Accept { socket: self }
    }

    /// The address listened at.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.registered.io().local_addr()
    }
}

/// The future of [`TcpListener::bind`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Bind {
    lookup: Lookup,
}

impl Future for Bind {
    type Output = io::Result<TcpListener>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut last_error = no_address();
        for address in ready!(self.lookup.poll(context))? {
            match listen(address) {
                Ok(listener) => return Poll::Ready(Ok(listener)),
                Err(error) => last_error = error,
            }
        }
        Poll::Ready(Err(last_error))
    }
}

/// Listens at one address.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    // A server that is started again need not wait until its old connections are forgotten.
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    socket.listen(BACKLOG)?;
    blocking::TcpListener::from(socket).try_into()
}

socket_operation! {
    /// The future of [`TcpListener::accept`].
    Accept<'a>(TcpListener) -> (TcpStream, SocketAddr), Read,
    |this, listener| {
        let (stream, address) = listener.accept()?;
        Ok((stream.try_into()?, address))
    }
}

define_socket! {
    /// A TCP connection.
    TcpStream
}

impl TcpStream {
    /// Connects to an address; if a name stands for several, to the first that answers.
    pub fn connect(address: impl Into<Address>) -> Connect {
        Connect {
            state: Connecting::Lookup(Lookup::new(address)),
        }
    }

    /// The address of this side.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.registered.io().local_addr()
    }

    /// The address of the other side.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.registered.io().peer_addr()
    }

    /// Whether small pieces are sent at once instead of being gathered.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.registered.io().set_nodelay(nodelay)
    }
}

impl_stream!(TcpStream, short_read_drains: true);

/// The future of [`TcpStream::connect`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Connect {
    state: Connecting,
}

#[derive(Debug)]
enum Connecting {
    Lookup(Lookup),
    /// The attempt that is under way, what is left to try, and why the last attempt failed.
    Attempt {
        current: Option<TcpStream>,
        rest: std::vec::IntoIter<SocketAddr>,
        last_error: io::Error,
    },
}

impl Future for Connect {
    type Output = io::Result<TcpStream>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        loop {
            match &mut self.state {
                Connecting::Lookup(lookup) => {
                    let rest = ready!(lookup.poll(context))?.into_iter();
                    self.state = Connecting::Attempt {
                        current: None,
                        rest,
                        last_error: no_address(),
                    };
                }
                Connecting::Attempt {
                    current,
                    rest,
                    last_error,
                } => {
                    if let Some(stream) = current {
                        match ready!(stream.registered.poll_io(
                            Direction::Write,
                            context,
                            connected
                        )) {
                            Ok(()) => {
                                let stream = current.take();
                                return Poll::Ready(stream.ok_or_else(no_address));
                            }
                            Err(error) => *last_error = error,
                        }
                    }
                    let Some(address) = rest.next() else {
                        return Poll::Ready(Err(std::mem::replace(last_error, no_address())));
                    };
                    match start_connecting(address) {
                        Ok(stream) => *current = Some(stream),
                        Err(error) => {
                            *current = None;
                            *last_error = error;
                        }
                    }
                }
            }
        }
    }
}

/// Begins to connect to one address.
fn start_connecting(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    match socket.connect(&address.into()) {
        Err(error) if error.raw_os_error() != Some(libc::EINPROGRESS) => Err(error),
        _ => blocking::TcpStream::from(socket).try_into(),
    }
}

/// Whether an attempt has come to its end: an error, which says "would block" if not.
fn connected(stream: &blocking::TcpStream) -> io::Result<()> {
    match stream.take_error()? {
        Some(error) => Err(error),
        None => match stream.peer_addr() {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => {
                Err(io::ErrorKind::WouldBlock.into())
            }
            answer => answer.map(drop),
        },
    }
}
