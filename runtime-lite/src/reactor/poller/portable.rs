//! Other systems, by way of the `polling` crate.

use super::Ready;
use polling::Event;
use std::io;
#[cfg(unix)]
use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::Duration;

/// Waits for sockets. Each is added once, edge-triggered.
pub(crate) struct Poller(polling::Poller);

/// Room for what a wait has found.
pub(crate) struct Events(polling::Events);

impl Events {
    pub(crate) fn new() -> Self {
        Self(polling::Events::new())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Ready> {
        self.0.iter().map(
            |Event {
                 key,
                 readable,
                 writable,
                 ..
             }| Ready {
                key,
                readable,
                writable,
                ended: true,
            },
        )
    }
}

impl Poller {
    pub(crate) fn new() -> io::Result<Self> {
        polling::Poller::new().map(Self)
    }

    #[cfg(unix)]
    pub(crate) fn add(&self, descriptor: BorrowedFd<'_>, key: usize) -> io::Result<()> {
        // SAFETY: the caller takes the descriptor out again before it is closed, see `Registered`.
        unsafe {
            self.0.add_with_mode(
                descriptor.as_raw_fd(),
                Event::all(key),
                polling::PollMode::Edge,
            )
        }
    }

    #[cfg(unix)]
    pub(crate) fn delete(&self, descriptor: BorrowedFd<'_>) -> io::Result<()> {
        self.0.delete(descriptor)
    }

    /// Waits for events, for a notification or for the time to be over.
    pub(crate) fn wait(&self, events: &mut Events, timeout: Option<Duration>) -> io::Result<()> {
        events.0.clear();
        self.0.wait(&mut events.0, timeout).map(drop)
    }

    /// Ends the wait that is going on, or else the next one.
    pub(crate) fn notify(&self) -> io::Result<()> {
        self.0.notify()
    }
}
