//! Where to connect to.

use crate::blocking::spawn_blocking;
use crate::task::JoinHandle;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// An address, or a host's name and a port to look up.
#[derive(Clone, Debug)]
pub struct Address(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Known(SocketAddr),
    Name(String),
}

impl From<SocketAddr> for Address {
    fn from(address: SocketAddr) -> Self {
        Self(Kind::Known(address))
    }
}

impl<A: Into<IpAddr>> From<(A, u16)> for Address {
    fn from((address, port): (A, u16)) -> Self {
        Self(Kind::Known(SocketAddr::new(address.into(), port)))
    }
}

impl From<&str> for Address {
    fn from(text: &str) -> Self {
        Self(
            text.parse()
                .map_or_else(|_| Kind::Name(text.into()), Kind::Known),
        )
    }
}

impl From<String> for Address {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// The looking up of an address, on a thread for blocking code if it is a name.
#[derive(Debug)]
pub(super) enum Lookup {
    Start(Address),
    Asked(JoinHandle<io::Result<Vec<SocketAddr>>>),
}

impl Lookup {
    pub(super) fn new(address: impl Into<Address>) -> Self {
        Self::Start(address.into())
    }

    /// The addresses that the name stands for; not to be called again after that.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Vec<SocketAddr>>> {
        loop {
            match self {
                Self::Start(Address(Kind::Known(address))) => {
                    return Poll::Ready(Ok(vec![*address]));
                }
                Self::Start(Address(Kind::Name(name))) => {
                    let name = std::mem::take(name);
                    *self = Self::Asked(spawn_blocking(move || {
                        Ok(name.to_socket_addrs()?.collect())
                    }));
                }
                Self::Asked(handle) => {
                    let found = ready!(Pin::new(handle).poll(context))
                        .unwrap_or_else(|error| Err(io::Error::other(error)));
                    return Poll::Ready(found);
                }
            }
        }
    }
}

/// The error for a name that stands for no address.
pub(super) fn no_address() -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidInput,
        "the name stands for no address",
    )
}
