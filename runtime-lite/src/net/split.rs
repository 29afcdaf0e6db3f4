//! The two halves of a stream.

use std::sync::Arc;

/// The half of a borrowed stream that is read from.
#[derive(Debug)]
pub struct ReadHalf<'a, S>(pub(super) &'a S);

/// The half of a borrowed stream that is written to.
#[derive(Debug)]
pub struct WriteHalf<'a, S>(pub(super) &'a S);

/// The half of a stream that is read from. The stream is closed when both halves are dropped.
#[derive(Debug)]
pub struct OwnedReadHalf<S>(Arc<S>);

/// The half of a stream that is written to. The stream is closed when both halves are dropped.
#[derive(Debug)]
pub struct OwnedWriteHalf<S>(Arc<S>);

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

/// Implements reading or writing for what leads to a stream, by a reference to the stream.
macro_rules! impl_by_reference {
    (read [$($generics:tt)*] $type:ty, of $stream:ty, $this:ident => $reference:expr) => {
        const _: () = {
            use ::std::{io, pin::Pin, task::{Context, Poll}};

            impl<$($generics)*> $crate::io::AsyncRead for $type
            where
                for<'s> &'s $stream: $crate::io::AsyncRead,
            {
                fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
                    let $this = self;
                    Pin::new(&mut $reference).poll_read(context, buffer)
                }
            }
        };
    };
    (write [$($generics:tt)*] $type:ty, of $stream:ty, $this:ident => $reference:expr) => {
        const _: () = {
            use ::std::{io, pin::Pin, task::{Context, Poll}};

            impl<$($generics)*> $crate::io::AsyncWrite for $type
            where
                for<'s> &'s $stream: $crate::io::AsyncWrite,
            {
                fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
                    let $this = self;
                    Pin::new(&mut $reference).poll_write(context, buffer)
                }

                fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                    let $this = self;
                    Pin::new(&mut $reference).poll_flush(context)
                }

                fn poll_close(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
                    let $this = self;
                    Pin::new(&mut $reference).poll_close(context)
                }
            }
        };
    };
}
pub(super) use impl_by_reference;

impl_by_reference!(read [S] ReadHalf<'_, S>, of S, half => &*half.0);
impl_by_reference!(read [S] OwnedReadHalf<S>, of S, half => &*half.0);
impl_by_reference!(write [S] WriteHalf<'_, S>, of S, half => &*half.0);
impl_by_reference!(write [S] OwnedWriteHalf<S>, of S, half => &*half.0);
