//! Writing.

use super::AsyncWrite;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

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

/// The future of [`AsyncWriteExt::write`].
#[must_use = "futures do nothing unless awaited"]
#[derive(Debug)]
pub struct Write<'a, W: ?Sized> {
    writer: &'a mut W,
    buffer: &'a [u8],
}

impl<W: AsyncWrite + Unpin + ?Sized> Future for Write<'_, W> {
    type Output = io::Result<usize>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        Pin::new(&mut *this.writer).poll_write(context, this.buffer)
    }
}

/// The future of [`AsyncWriteExt::write_all`].
#[must_use = "futures do nothing unless awaited"]
#[derive(Debug)]
pub struct WriteAll<'a, W: ?Sized> {
    writer: &'a mut W,
    rest: &'a [u8],
}

impl<W: AsyncWrite + Unpin + ?Sized> Future for WriteAll<'_, W> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        while !this.rest.is_empty() {
            match ready!(Pin::new(&mut *this.writer).poll_write(context, this.rest))? {
                0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                count => this.rest = &this.rest[count..],
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// The future of [`AsyncWriteExt::flush`].
#[must_use = "futures do nothing unless awaited"]
#[derive(Debug)]
pub struct Flush<'a, W: ?Sized> {
    writer: &'a mut W,
}

impl<W: AsyncWrite + Unpin + ?Sized> Future for Flush<'_, W> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.writer).poll_flush(context)
    }
}

/// The future of [`AsyncWriteExt::close`].
#[must_use = "futures do nothing unless awaited"]
#[derive(Debug)]
pub struct Close<'a, W: ?Sized> {
    writer: &'a mut W,
}

impl<W: AsyncWrite + Unpin + ?Sized> Future for Close<'_, W> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut *self.writer).poll_close(context)
    }
}
