//! What all streams have in common.

/// Implements the `futures-io` traits for a stream and for references to it, and its splitting in halves.
///
/// `short_read_drains` says whether a read that does not fill its buffer has taken all there was.
macro_rules! impl_stream {
    ($stream:ident, short_read_drains: $drains:literal) => {
        impl $crate::io::AsyncRead for &$stream {
            fn poll_read(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
                buffer: &mut [u8],
            ) -> ::std::task::Poll<::std::io::Result<usize>> {
                self.registered.poll_read(context, buffer, $drains)
            }
        }

        impl $crate::io::AsyncWrite for &$stream {
            fn poll_write(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
                buffer: &[u8],
            ) -> ::std::task::Poll<::std::io::Result<usize>> {
                let write = |mut stream: &_| ::std::io::Write::write(&mut stream, buffer);
                self.registered
                    .poll_io($crate::reactor::Direction::Write, context, write)
            }

            fn poll_flush(
                self: ::std::pin::Pin<&mut Self>,
                _: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<::std::io::Result<()>> {
                ::std::task::Poll::Ready(Ok(()))
            }

            fn poll_close(
                self: ::std::pin::Pin<&mut Self>,
                _: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<::std::io::Result<()>> {
                // A connection that the peer has ended already need not be ended again.
                ::std::task::Poll::Ready(match self.shutdown(::std::net::Shutdown::Write) {
                    Err(error) if error.kind() == ::std::io::ErrorKind::NotConnected => Ok(()),
                    closed => closed,
                })
            }
        }

        impl $crate::io::AsyncRead for $stream {
            fn poll_read(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
                buffer: &mut [u8],
            ) -> ::std::task::Poll<::std::io::Result<usize>> {
                ::std::pin::Pin::new(&mut &*self).poll_read(context, buffer)
            }
        }

        impl $crate::io::AsyncWrite for $stream {
            fn poll_write(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
                buffer: &[u8],
            ) -> ::std::task::Poll<::std::io::Result<usize>> {
                ::std::pin::Pin::new(&mut &*self).poll_write(context, buffer)
            }

            fn poll_flush(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<::std::io::Result<()>> {
                ::std::pin::Pin::new(&mut &*self).poll_flush(context)
            }

            fn poll_close(
                self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<::std::io::Result<()>> {
                ::std::pin::Pin::new(&mut &*self).poll_close(context)
            }
        }

        impl $stream {
            /// Ends reading, writing or both.
            pub fn shutdown(&self, how: ::std::net::Shutdown) -> ::std::io::Result<()> {
                self.registered.io().shutdown(how)
            }

            /// Two halves that borrow the stream, one to read from and one to write to.
            pub fn split(
                &self,
            ) -> (
                $crate::net::ReadHalf<'_, Self>,
                $crate::net::WriteHalf<'_, Self>,
            ) {
                (
                    $crate::net::ReadHalf::new(self),
                    $crate::net::WriteHalf::new(self),
                )
            }

            /// Two halves that may go to different tasks, one to read from and one to write to.
            pub fn into_split(
                self,
            ) -> (
                $crate::net::OwnedReadHalf<Self>,
                $crate::net::OwnedWriteHalf<Self>,
            ) {
                $crate::net::split::into_halves(self)
            }
        }
    };
}
pub(super) use impl_stream;
