//! The two halves of a stream.

use crate::io::{AsyncRead, AsyncWrite};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The half of a borrowed stream that is read from.
#[derive(Debug)]
pub struct ReadHalf<'a, S>(&'a S);

/// The half of a borrowed stream that is written to.
#[derive(Debug)]
pub struct WriteHalf<'a, S>(&'a S);

/// The half of a stream that is read from. The stream is closed when both halves are dropped.
#[derive(Debug)]
pub struct OwnedReadHalf<S>(Arc<S>);

/// The half of a stream that is written to. The stream is closed when both halves are dropped.
#[derive(Debug)]
pub struct OwnedWriteHalf<S>(Arc<S>);

impl<'a, S> ReadHalf<'a, S> {
    pub(super) fn new(stream: &'a S) -> Self {
        Self(stream)
    }
}

impl<'a, S> WriteHalf<'a, S> {
    pub(super) fn new(stream: &'a S) -> Self {
        Self(stream)
    }
}

/// Shares a stream between two halves.
pub(super) fn into_halves<S>(stream: S) -> (OwnedReadHalf<S>, OwnedWriteHalf<S>) {
    let stream = Arc::new(stream);
    (OwnedReadHalf(stream.clone()), OwnedWriteHalf(stream))
}

impl<S> OwnedReadHalf<S> {
    /// The stream again, if the other half is of the same one; both halves otherwise.
    pub fn reunite(self, other: OwnedWriteHalf<S>) -> Result<S, (Self, OwnedWriteHalf<S>)> {
        if !Arc::ptr_eq(&self.0, &other.0) {
            return Err((self, other));
        }
        drop(other);
        Arc::try_unwrap(self.0).map_err(|stream| (Self(stream.clone()), OwnedWriteHalf(stream)))
    }
}

macro_rules! impl_half {
    (read $half:ty, [$($generics:tt)*]) => {
        impl<$($generics)*> AsyncRead for $half
        where
            for<'s> &'s S: AsyncRead,
        {
            fn poll_read(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &mut [u8],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut &*self.0).poll_read(context, buffer)
            }
        }
    };
    (write $half:ty, [$($generics:tt)*]) => {
        impl<$($generics)*> AsyncWrite for $half
        where
            for<'s> &'s S: AsyncWrite,
        {
            fn poll_write(
                self: Pin<&mut Self>,
                context: &mut Context<'_>,
                buffer: &[u8],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut &*self.0).poll_write(context, buffer)
            }

            fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                Pin::new(&mut &*self.0).poll_flush(context)
            }

            fn poll_close(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                Pin::new(&mut &*self.0).poll_close(context)
            }
        }
    };
}
impl_half!(read ReadHalf<'_, S>, [S]);
impl_half!(read OwnedReadHalf<S>, [S]);
impl_half!(write WriteHalf<'_, S>, [S]);
impl_half!(write OwnedWriteHalf<S>, [S]);
