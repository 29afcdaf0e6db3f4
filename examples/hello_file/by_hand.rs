//! `create -> write_all -> Ok`, as it runs.

#[cfg(test)]
use crate::disk::{Create, File};
use pin_project::pin_project;
#[cfg(not(test))]
use state_future::runtime::fs::{Create, File};
use state_future::runtime::io::AsyncWrite;
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Creates a file that says hello.
pub fn hello(path: &Path) -> Hello<'_> {
    Hello::Start { path }
}

/// The machine: a state for each await, with what the rest of the function needs.
#[pin_project(project = HelloProjection)]
#[must_use = "futures do nothing unless awaited"]
pub enum Hello<'a> {
    /// Not polled yet.
    Start { path: &'a Path },
    /// `File::create(path).await`
    Create {
        #[pin]
        create: Create,
    },
    /// `file.write_all(b"hello, file\n").await`
    ///
    /// The future of `write_all` would borrow `file`, which no safe code can keep beside it; so it is written out.
    WriteAll { file: File, rest: &'static [u8] },
    /// The function has returned.
    Done,
}

impl Future for Hello<'_> {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match self.as_mut().project() {
                HelloProjection::Start { path } => {
                    let create = File::create(*path);
                    self.set(Hello::Create { create });
                }
                HelloProjection::Create { create } => match ready!(create.poll(context)) {
                    Ok(file) => self.set(Hello::WriteAll {
                        file,
                        rest: b"hello, file\n",
                    }),
                    Err(error) => {
                        self.set(Hello::Done);
                        return Poll::Ready(Err(error));
                    }
                },
                HelloProjection::WriteAll { file, rest } => {
                    let written = match rest.is_empty() {
                        true => Ok(()),
                        false => match ready!(Pin::new(file).poll_write(context, rest)) {
                            Ok(0) => Err(io::ErrorKind::WriteZero.into()),
                            Ok(count) => {
                                *rest = &rest[count..];
                                continue;
                            }
                            Err(error) => Err(error),
                        },
                    };
                    self.set(Hello::Done);
                    return Poll::Ready(written);
                }
                HelloProjection::Done => panic!("`async fn` resumed after completion"),
            }
        }
    }
}

#[cfg(test)]
impl Hello<'_> {
    /// The state's name.
    pub fn state(&self) -> &'static str {
        match self {
            Hello::Start { .. } => "Start",
            Hello::Create { .. } => "Create",
            Hello::WriteAll { .. } => "WriteAll",
            Hello::Done => "Done",
        }
    }
}
