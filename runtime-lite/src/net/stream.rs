//! What all streams have in common.

/// Implements the `futures-io` traits for a stream and for references to it, and its splitting in halves.
///
/// `short_read_drains` says whether a read that does not fill its buffer has taken all there was.
macro_rules! impl_stream {
    ($stream:ident, short_read_drains: $drains:literal) => {
        const _: () = {
            use ::std::io::{Error, ErrorKind, Result, Write};
            use ::std::net::Shutdown;
            use ::std::pin::Pin;
            use ::std::task::{Context, Poll};
            use $crate::net::split::{
                OwnedReadHalf, OwnedWriteHalf, ReadHalf, WriteHalf, impl_by_reference, into_halves,
            };

            impl $crate::io::AsyncRead for &$stream {
                fn poll_read(
                    self: Pin<&mut Self>,
                    context: &mut Context<'_>,
                    buffer: &mut [u8],
                ) -> Poll<Result<usize>> {
                    self.registered.poll_read(context, buffer, $drains)
                }
            }

            impl $crate::io::AsyncWrite for &$stream {
                fn poll_write(
                    self: Pin<&mut Self>,
                    context: &mut Context<'_>,
                    buffer: &[u8],
                ) -> Poll<Result<usize>> {
                    let write = |mut stream: &_| Write::write(&mut stream, buffer);
                    self.registered
                        .poll_io($crate::reactor::Direction::Write, context, write)
                }

                fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
                    Poll::Ready(Ok(()))
                }

                fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<()>> {
                    // A connection that the peer has ended already need not be ended again.
                    let is_ended = |error: &Error| error.kind() == ErrorKind::NotConnected;
                    Poll::Ready(match self.shutdown(Shutdown::Write) {
                        Err(error) if is_ended(&error) => Ok(()),
                        closed => closed,
                    })
                }
            }

    impl_by_reference!(read [] $stream, of $stream, stream => &*stream);
    impl_by_reference!(write [] $stream, of $stream, stream => &*stream);

            impl $stream {
                /// Ends reading, writing or both.
                pub fn shutdown(&self, how: Shutdown) -> Result<()> {
                    self.registered.io().shutdown(how)
                }

                /// Two halves that borrow the stream, one to read from and one to write to.
                pub fn split(&self) -> (ReadHalf<'_, Self>, WriteHalf<'_, Self>) {
                    (ReadHalf(self), WriteHalf(self))
                }

                /// Two halves that may go to different tasks, one to read from and one to write to.
                pub fn into_split(self) -> (OwnedReadHalf<Self>, OwnedWriteHalf<Self>) {
                    into_halves(self)
                }
            }
        };
    };
}
pub(super) use impl_stream;
