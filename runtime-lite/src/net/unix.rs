//! Sockets that are files.

use super::operation::socket_operation;
use super::stream::impl_stream;
use crate::reactor::Registered;
use socket2::{Domain, SockAddr, Socket, Type};
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::io;
use std::os::unix::net as blocking;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

/// A socket that accepts connections at a path.
pub struct UnixListener {
    registered: Registered<blocking::UnixListener>,
}

impl UnixListener {
    /// Listens at a path where there is no file yet.
    pub fn bind(path: impl AsRef<Path>) -> io::Result<Self> {
        let listener = blocking::UnixListener::bind(path)?;
        listener.set_nonblocking(true)?;
        Ok(Self {
            registered: Registered::new(listener)?,
        })
    }

    /// Waits for the next connection.
    pub fn accept(&self) -> UnixAccept<'_> {
        UnixAccept { socket: self }
    }
}

impl Debug for UnixListener {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.registered.io().fmt(formatter)
    }
}

socket_operation! {
    /// The future of [`UnixListener::accept`].
    UnixAccept<'a>(UnixListener) -> UnixStream, Read,
    |this, listener| listener.accept()?.0.try_into()
}

/// A connection within the machine.
pub struct UnixStream {
    registered: Registered<blocking::UnixStream>,
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

impl TryFrom<blocking::UnixStream> for UnixStream {
    type Error = io::Error;

    fn try_from(stream: blocking::UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self {
            registered: Registered::new(stream)?,
        })
    }
}

impl Debug for UnixStream {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.registered.io().fmt(formatter)
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

/// A socket that sends and receives datagrams within the machine.
pub struct UnixDatagram {
    registered: Registered<blocking::UnixDatagram>,
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

impl TryFrom<blocking::UnixDatagram> for UnixDatagram {
    type Error = io::Error;

    fn try_from(socket: blocking::UnixDatagram) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(Self {
            registered: Registered::new(socket)?,
        })
    }
}

impl Debug for UnixDatagram {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.registered.io().fmt(formatter)
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
