//! Reading and writing whole buffers on anything that speaks the `futures-io` traits.
//!
//! The traits themselves are re-exported, so that [`fs::File`](crate::fs::File) and the sockets can be named in bounds.
//! `futures-util` has more of the same and works on the same types.

mod future;
mod read;
mod write;

pub use futures_io::{AsyncRead, AsyncSeek, AsyncWrite};
pub use read::{AsyncReadExt, Read, ReadExact, ReadToEnd, ReadToString};
pub use write::{AsyncWriteExt, Close, Flush, Write, WriteAll};
