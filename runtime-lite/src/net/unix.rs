//! Sockets that are files.

use super::operation::socket_operation;
use super::socket::define_socket;
use super::stream::impl_stream;
use socket2::{Domain, SockAddr, Socket, Type};
use std::future::Future;
use std::io;
use std::os::unix::net as blocking;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

define_socket! {
    /// A socket that accepts connections at a path.
    UnixListener
}

impl UnixListener {
    /// Listens at a path where there is no file yet.
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        blocking::UnixListener::bind(path)?.try_into()
    }

    /// Waits for the next connection.
    pub fn accept(&self) -> UnixAccept<'_> {
        UnixAccept { socket: self }
    }
}

socket_operation! {
    /// The future of [`UnixListener::accept`].
    UnixAccept<'a>(UnixListener) -> UnixStream, Read,
    |this, listener| listener.accept()?.0.try_into()
}

define_socket! {
    /// A connection within the machine.
    UnixStream
}

impl UnixStream {
    /// Connects to a listener at a path; an error of kind `WouldBlock` if too many others wait to be accepted.
    pub fn connect(path: impl AsRef<Path>) -> UnixConnect {
        UnixConnect {
            path: path.as_ref().to_owned(),
        }
    }

    /// Two streams that are connected to each other.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = blocking::UnixStream::pair()?;
        Ok((one.try_into()?, other.try_into()?))
    }
}

// A read also ends where descriptors were sent along.
impl_stream!(UnixStream, short_read_drains: false);

/// The future of [`UnixStream::connect`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct UnixConnect {
    path: PathBuf,
}

impl Future for UnixConnect {
    type Output = io::Result<UnixStream>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        // Within a machine a connection is there at once or not at all.
        socket.set_nonblocking(true)?;
        socket.connect(&SockAddr::unix(&self.path)?)?;
        Poll::Ready(blocking::UnixStream::from(socket).try_into())
    }
}

define_socket! {
    /// A socket that sends and receives datagrams within the machine.
    UnixDatagram
}

impl UnixDatagram {
    /// Two sockets that are connected to each other.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, other) = blocking::UnixDatagram::pair()?;
        Ok((one.try_into()?, other.try_into()?))
    }

    /// Sends a datagram to the socket this one is connected to.
    pub fn send<'a>(&'a self, buffer: &'a [u8]) -> UnixSend<'a> {
        UnixSend {
            socket: self,
            buffer,
        }
    }

    /// Receives a datagram, cut off at the end of the buffer.
    pub fn recv<'a>(&'a self, buffer: &'a mut [u8]) -> UnixRecv<'a> {
        UnixRecv {
            socket: self,
            buffer,
        }
    }
}

socket_operation! {
    /// The future of [`UnixDatagram::send`].
    UnixSend<'a>(UnixDatagram, buffer: &'a [u8]) -> usize, Write,
    |this, socket| socket.send(this.buffer)
}

socket_operation! {
    /// The future of [`UnixDatagram::recv`].
    UnixRecv<'a>(UnixDatagram, buffer: &'a mut [u8]) -> usize, Read,
    |this, socket| socket.recv(this.buffer)
}
