//! A disk that can be watched: every operation has to be polled three times, and is noted down.

use state_future::runtime::io::AsyncWrite;
use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};

thread_local! {
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Takes what was noted down by this thread.
pub fn take_notes() -> Vec<String> {
    NOTES.take()
}

fn note(text: impl Into<String>) {
    NOTES.with_borrow_mut(|notes| notes.push(text.into()));
}

/// Counts the polls that an operation has to be given.
#[derive(Default)]
struct Delay(u8);

impl Delay {
    fn poll(&mut self) -> Poll<()> {
        self.0 += 1;
        if self.0 < 3 {
            return Poll::Pending;
        }
        self.0 = 0;
        Poll::Ready(())
    }
}

/// An open file, which takes five bytes at a time.
#[derive(Default)]
pub struct File(Delay);

impl File {
    /// Creates a file unless the path is empty.
    pub fn create(path: impl AsRef<Path>) -> Create {
        Create {
            refuse: path.as_ref().as_os_str().is_empty(),
            delay: Delay::default(),
        }
    }
}

/// The future of [`File::create`].
pub struct Create {
    refuse: bool,
    delay: Delay,
}

impl Future for Create {
    type Output = io::Result<File>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<File>> {
        note("poll create");
        let refuse = self.refuse;
        self.delay.poll().map(|()| {
            if refuse {
                Err(io::ErrorKind::NotFound.into())
            } else {
                Ok(File::default())
            }
        })
    }
}

impl Drop for Create {
    fn drop(&mut self) {
        note("drop create");
    }
}

impl AsyncWrite for File {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        let piece = &buffer[..buffer.len().min(5)];
        note(format!("poll write {:?}", String::from_utf8_lossy(piece)));
        self.0.poll().map(|()| Ok(piece.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        note("drop file");
    }
}
