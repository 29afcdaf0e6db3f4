//! Reading.

use super::AsyncRead;
use super::future::io_future;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The smallest free space in a buffer that is read into.
const CHUNK: usize = 8 * 1024;

/// Methods of everything that can be read from.
pub trait AsyncReadExt: AsyncRead {
    /// Reads what is there, waiting until there is something; 0 at the end.
    fn read<'a>(&'a mut self, buffer: &'a mut [u8]) -> Read<'a, Self> {
        Read {
            reader: self,
            buffer,
        }
    }

    /// Fills the buffer; an error of kind `UnexpectedEof` if the end comes first.
    fn read_exact<'a>(&'a mut self, buffer: &'a mut [u8]) -> ReadExact<'a, Self> {
        ReadExact {
            reader: self,
            buffer,
            filled: 0,
        }
    }

    /// Appends all that is left to read, and gives its length.
    fn read_to_end<'a>(&'a mut self, buffer: &'a mut Vec<u8>) -> ReadToEnd<'a, Self> {
        ReadToEnd {
            reader: self,
            start: buffer.len(),
            buffer,
        }
    }

    /// Appends all that is left to read, if it is UTF-8, and gives its length.
    fn read_to_string<'a>(&'a mut self, text: &'a mut String) -> ReadToString<'a, Self> {
        ReadToString {
            reader: self,
            bytes: Vec::new(),
            text,
        }
    }
}

impl<R: AsyncRead + ?Sized> AsyncReadExt for R {}

io_future! {
    /// The future of [`AsyncReadExt::read`].
    Read<R: AsyncRead>(reader, buffer: &'a mut [u8]) -> usize,
    |this, context| Pin::new(&mut *this.reader).poll_read(context, this.buffer)
}

io_future! {
    /// The future of [`AsyncReadExt::read_exact`].
    ReadExact<R: AsyncRead>(reader, buffer: &'a mut [u8], filled: usize) -> (),
    |this, context| {
        while this.filled < this.buffer.len() {
            let free = &mut this.buffer[this.filled..];
            match ready!(Pin::new(&mut *this.reader).poll_read(context, free))? {
                0 => return Poll::Ready(Err(ErrorKind::UnexpectedEof.into())),
                count => this.filled += count,
            }
        }
        Poll::Ready(Ok(()))
    }
}

io_future! {
    /// The future of [`AsyncReadExt::read_to_end`].
    ReadToEnd<R: AsyncRead>(reader, buffer: &'a mut Vec<u8>, start: usize) -> usize,
    |this, context| {
        ready!(poll_append(this.reader, context, this.buffer))?;
        Poll::Ready(Ok(this.buffer.len() - this.start))
    }
}

io_future! {
    /// The future of [`AsyncReadExt::read_to_string`].
    ReadToString<R: AsyncRead>(reader, bytes: Vec<u8>, text: &'a mut String) -> usize,
    |this, context| {
        ready!(poll_append(this.reader, context, &mut this.bytes))?;
        let text = std::str::from_utf8(&this.bytes)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, error))?;
        this.text.push_str(text);
        Poll::Ready(Ok(text.len()))
    }
}

/// Appends what is read to a buffer until the end comes.
fn poll_append<R: AsyncRead + Unpin + ?Sized>(
    reader: &mut R,
    context: &mut Context<'_>,
    buffer: &mut Vec<u8>,
) -> Poll<io::Result<()>> {
    loop {
        let filled = buffer.len();
        buffer.reserve(CHUNK);
        buffer.resize(buffer.capacity(), 0);
        let polled = Pin::new(&mut *reader).poll_read(context, &mut buffer[filled..]);
        let count = if let Poll::Ready(Ok(count)) = &polled {
            *count
        } else {
            0
        };
        buffer.truncate(filled + count);
        if ready!(polled)? == 0 {
            return Poll::Ready(Ok(()));
        }
    }
}
