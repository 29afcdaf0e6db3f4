//! Writing.

use super::AsyncWrite;
use super::future::io_future;
use std::io::ErrorKind;
use std::pin::Pin;
use std::task::{Poll, ready};

/// Methods of everything that can be written to.
pub trait AsyncWriteExt: AsyncWrite {
    /// Writes some of the buffer, waiting until there is room, and says how much.
    fn write<'a>(&'a mut self, buffer: &'a [u8]) -> Write<'a, Self> {
        Write {
            writer: self,
            buffer,
        }
    }

    /// Writes all of the buffer.
    fn write_all<'a>(&'a mut self, buffer: &'a [u8]) -> WriteAll<'a, Self> {
        WriteAll {
            writer: self,
            rest: buffer,
        }
    }

    /// Sends on what the writer itself still holds.
    fn flush(&mut self) -> Flush<'_, Self> {
        Flush { writer: self }
    }

    /// Flushes, then closes the writer's side.
    fn close(&mut self) -> Close<'_, Self> {
        Close { writer: self }
    }
}

impl<W: AsyncWrite + ?Sized> AsyncWriteExt for W {}

io_future! {
    /// The future of [`AsyncWriteExt::write`].
    Write<W: AsyncWrite>(writer, buffer: &'a [u8]) -> usize,
    |this, context| Pin::new(&mut *this.writer).poll_write(context, this.buffer)
}

io_future! {
    /// The future of [`AsyncWriteExt::write_all`].
    WriteAll<W: AsyncWrite>(writer, rest: &'a [u8]) -> (),
    |this, context| {
        while !this.rest.is_empty() {
            match ready!(Pin::new(&mut *this.writer).poll_write(context, this.rest))? {
                0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                count => this.rest = &this.rest[count..],
            }
        }
        Poll::Ready(Ok(()))
    }
}

io_future! {
    /// The future of [`AsyncWriteExt::flush`].
    Flush<W: AsyncWrite>(writer) -> (),
    |this, context| Pin::new(&mut *this.writer).poll_flush(context)
}

io_future! {
    /// The future of [`AsyncWriteExt::close`].
    Close<W: AsyncWrite>(writer) -> (),
    |this, context| Pin::new(&mut *this.writer).poll_close(context)
}
