//! An open file.

use super::operation::{named_operation, poll_blocking};
use crate::blocking::spawn_blocking;
use crate::io::{AsyncRead, AsyncSeek, AsyncWrite};
use crate::task::JoinHandle;
use std::fs as blocking;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The most that one read or write moves.
const MAX_CHUNK: usize = 256 * 1024;

/// An open file, read and written through the `futures-io` traits.
///
/// Nothing is held back: when a write has ended, its bytes are with the operating system, as with [`std::fs::File`].
///
/// A write whose future is dropped is either done or not, as a whole. When the same bytes are written next they take its
/// place, so that writing again what was cancelled writes it once.
///
/// ```
/// use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
/// use runtime_lite::{block_on, fs::File};
///
/// # let path = std::env::temp_dir().join(format!("runtime-lite-file-{}", std::process::id()));
/// block_on(async {
///     let mut file = File::create(&path).await?;
///     file.write_all(b"some text").await?;
///     let mut text = String::new();
///     File::open(&path).await?.read_to_string(&mut text).await?;
///     assert_eq!(text, "some text");
///     Ok::<(), std::io::Error>(())
/// })?;
/// # std::fs::remove_file(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct File {
    file: Arc<blocking::File>,
    activity: Activity,
}

/// What a write was given, and how much of it is written.
type Written = (Vec<u8>, usize);

/// What the file is busy with.
#[derive(Debug)]
enum Activity {
    /// Nothing; what was read and not handed out yet is `buffer[position..]`.
    Idle { buffer: Vec<u8>, position: usize },
    /// A thread reads into a buffer.
    Reading(JoinHandle<io::Result<Vec<u8>>>),
    /// A thread writes a buffer and says how much of it.
    Writing(JoinHandle<io::Result<Written>>),
    /// A thread looks for a position.
    Seeking(JoinHandle<io::Result<u64>>),
}

impl Activity {
    const NONE: Self = Self::Idle {
        buffer: Vec::new(),
        position: 0,
    };
}

impl From<blocking::File> for File {
    fn from(file: blocking::File) -> Self {
        Self {
            file: Arc::new(file),
            activity: Activity::NONE,
        }
    }
}

impl File {
    /// What is known about the file: its length, kind, times and rights.
    pub fn metadata(&self) -> FileMetadata {
        FileMetadata::new(self.file.clone())
    }

    /// Has the operating system write all that it holds of the file to the disk.
    pub fn sync_all(&self) -> SyncAll {
        SyncAll::new(self.file.clone())
    }

    /// Cuts the file off, or fills it up with zeros, to have this length.
    pub fn set_len(&self, length: u64) -> SetLen {
        SetLen::new((self.file.clone(), length))
    }

    /// Waits for what the file is busy with, and gives what a write has written.
    fn poll_idle(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Written>>> {
        let (finished, written) = match &mut self.activity {
            Activity::Idle { .. } => return Poll::Ready(Ok(None)),
            Activity::Reading(handle) => (ready!(poll_blocking(handle, context)).map(Some), None),
            Activity::Seeking(handle) => {
                (ready!(poll_blocking(handle, context)).map(|_| None), None)
            }
            Activity::Writing(handle) => match ready!(poll_blocking(handle, context)) {
                Ok(written) => (Ok(None), Some(written)),
                Err(error) => (Err(error), None),
            },
        };
        self.activity = Activity::NONE;
        if let Some(buffer) = finished? {
            self.activity = Activity::Idle {
                buffer,
                position: 0,
            };
        }
        Poll::Ready(Ok(written))
    }

    /// How many bytes were read from the file and not handed out; they are forgotten.
    fn forget_read_ahead(&mut self) -> usize {
        match std::mem::replace(&mut self.activity, Activity::NONE) {
            Activity::Idle { buffer, position } => buffer.len() - position,
            busy => {
                self.activity = busy;
                0
            }
        }
    }
}

impl AsyncRead for File {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        target: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        let this = &mut *self;
        // An empty buffer is the end of the file if it comes from a read, and else the reason for one.
        let mut asked = matches!(this.activity, Activity::Reading(_));
        loop {
            ready!(this.poll_idle(context))?;
            if let Activity::Idle { buffer, position } = &mut this.activity {
                let rest = &buffer[*position..];
                if !rest.is_empty() || asked || target.is_empty() {
                    let count = rest.len().min(target.len());
                    target[..count].copy_from_slice(&rest[..count]);
                    *position += count;
                    return Poll::Ready(Ok(count));
                }
                let file = this.file.clone();
                let mut buffer = std::mem::take(buffer);
                buffer.clear();
                buffer.resize(target.len().min(MAX_CHUNK), 0);
                this.activity = Activity::Reading(spawn_blocking(move || {
                    let count = (&*file).read(&mut buffer)?;
                    buffer.truncate(count);
                    Ok(buffer)
                }));
            }
            asked = true;
        }
    }
}

impl AsyncWrite for File {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        source: &[u8],
    ) -> Poll<io::Result<usize>> {
        let chunk = &source[..source.len().min(MAX_CHUNK)];
        loop {
            match ready!(self.poll_idle(context))? {
                Some((buffer, count)) if buffer == chunk => return Poll::Ready(Ok(count)),
                _ => {}
            }
            let ahead = self.forget_read_ahead();
            let file = self.file.clone();
            let buffer = chunk.to_vec();
            self.activity = Activity::Writing(spawn_blocking(move || {
                if ahead > 0 {
                    (&*file).seek(SeekFrom::Current(-(ahead as i64)))?;
                }
                let count = (&*file).write(&buffer)?;
                Ok((buffer, count))
            }));
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_idle(context).map_ok(drop)
    }

    fn poll_close(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_flush(context)
    }
}

impl AsyncSeek for File {
    fn poll_seek(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        target: SeekFrom,
    ) -> Poll<io::Result<u64>> {
        // A position relative to the current one is taken from where the reader stands, not from where it read ahead.
        loop {
            if let Activity::Seeking(handle) = &mut self.activity {
                let position = ready!(poll_blocking(handle, context));
                self.activity = Activity::NONE;
                return Poll::Ready(position);
            }
            ready!(self.poll_idle(context))?;
            let ahead = self.forget_read_ahead() as i64;
            let target = match target {
                SeekFrom::Current(offset) => SeekFrom::Current(offset - ahead),
                absolute => absolute,
            };
            let file = self.file.clone();
            self.activity = Activity::Seeking(spawn_blocking(move || (&*file).seek(target)));
        }
    }
}

named_operation! {
    /// The future of [`File::metadata`].
    FileMetadata(Arc<blocking::File>) -> blocking::Metadata, |file| file.metadata()
}

named_operation! {
    /// The future of [`File::sync_all`].
    SyncAll(Arc<blocking::File>) -> (), |file| file.sync_all()
}

named_operation! {
    /// The future of [`File::set_len`].
    SetLen((Arc<blocking::File>, u64)) -> (), |(file, length)| file.set_len(length)
}
