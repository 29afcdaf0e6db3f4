//! UDP.

use super::address::{Address, Lookup, no_address};
use super::operation::socket_operation;
use super::socket::define_socket;
use std::future::Future;
use std::io;
use std::net::{self as blocking, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

define_socket! {
    /// A socket that sends and receives datagrams.
    UdpSocket
}

impl UdpSocket {
    /// A socket at an address; at port 0, at a port that is free.
    pub fn bind(address: impl Into<Address>) -> UdpBind {
        UdpBind {
            lookup: Lookup::new(address),
        }
    }

    /// Sets the one address that datagrams are sent to and received from.
    pub fn connect(&self, address: SocketAddr) -> io::Result<()> {
        self.registered.io().connect(address)
    }

    /// The address of this side.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.registered.io().local_addr()
    }

    /// Sends a datagram to an address.
    pub fn send_to<'a>(&'a self, buffer: &'a [u8], address: SocketAddr) -> SendTo<'a> {
        SendTo {
            socket: self,
            buffer,
            address,
        }
    }

    /// Receives a datagram, cut off at the end of the buffer, and says from where.
    pub fn recv_from<'a>(&'a self, buffer: &'a mut [u8]) -> RecvFrom<'a> {
        RecvFrom {
            socket: self,
            buffer,
        }
    }

    /// Sends a datagram to the address that the socket is connected to.
    pub fn send<'a>(&'a self, buffer: &'a [u8]) -> Send<'a> {
        Send {
            socket: self,
            buffer,
        }
    }

    /// Receives a datagram from the address that the socket is connected to.
    pub fn recv<'a>(&'a self, buffer: &'a mut [u8]) -> Recv<'a> {
        Recv {
            socket: self,
            buffer,
        }
    }
}

/// The future of [`UdpSocket::bind`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct UdpBind {
    lookup: Lookup,
}

impl Future for UdpBind {
    type Output = io::Result<UdpSocket>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let addresses = ready!(self.lookup.poll(context))?;
        if addresses.is_empty() {
            return Poll::Ready(Err(no_address()));
        }
        Poll::Ready(blocking::UdpSocket::bind(addresses.as_slice())?.try_into())
    }
}

socket_operation! {
    /// The future of [`UdpSocket::send_to`].
    SendTo<'a>(UdpSocket, buffer: &'a [u8], address: SocketAddr) -> usize, Write,
    |this, socket| socket.send_to(this.buffer, this.address)
}

socket_operation! {
    /// The future of [`UdpSocket::recv_from`].
    RecvFrom<'a>(UdpSocket, buffer: &'a mut [u8]) -> (usize, SocketAddr), Read,
    |this, socket| socket.recv_from(this.buffer)
}

socket_operation! {
    /// The future of [`UdpSocket::send`].
    Send<'a>(UdpSocket, buffer: &'a [u8]) -> usize, Write,
    |this, socket| socket.send(this.buffer)
}

socket_operation! {
    /// The future of [`UdpSocket::recv`].
    Recv<'a>(UdpSocket, buffer: &'a mut [u8]) -> usize, Read,
    |this, socket| socket.recv(this.buffer)
}
