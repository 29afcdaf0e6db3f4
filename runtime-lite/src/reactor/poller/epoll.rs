//! Linux.

use super::Ready;
use rustix::buffer::spare_capacity;
use rustix::event::epoll::{self, CreateFlags, Event, EventData, EventFlags};
use rustix::event::{EventfdFlags, Timespec, eventfd};
use std::io;
use std::os::fd::{BorrowedFd, OwnedFd};
use std::time::Duration;

/// How many events are taken from the system at a time.
const CAPACITY: usize = 256;
/// The number of the descriptor that ends a wait.
const NOTIFIER: u64 = u64::MAX;

/// Waits for sockets. Each is added once, edge-triggered: the system tells every change, and nothing is armed again.
pub(crate) struct Poller {
    epoll: OwnedFd,
    notifier: OwnedFd,
}

/// Room for what a wait has found.
pub(crate) struct Events(Vec<Event>);

// SAFETY: an event's data can be read as a pointer, but only numbers are ever put there.
unsafe impl Send for Events {}

impl Events {
    pub(crate) fn new() -> Self {
        Self(Vec::with_capacity(CAPACITY))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Ready> {
        self.0
            .iter()
            .filter(|event| event.data.u64() != NOTIFIER)
            .map(|event| {
                let flags = event.flags;
                let failed = flags.intersects(EventFlags::ERR | EventFlags::HUP);
                Ready {
                    key: event.data.u64() as usize,
                    readable: failed || flags.intersects(EventFlags::IN | EventFlags::RDHUP),
                    writable: failed || flags.contains(EventFlags::OUT),
                    ended: failed || flags.contains(EventFlags::RDHUP),
                }
            })
    }
}

impl Poller {
    pub(crate) fn new() -> io::Result<Self> {
        let epoll = epoll::create(CreateFlags::CLOEXEC)?;
        let notifier = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        epoll::add(
            &epoll,
            &notifier,
            EventData::new_u64(NOTIFIER),
            EventFlags::IN | EventFlags::ET,
        )?;
        Ok(Self { epoll, notifier })
    }

    pub(crate) fn add(&self, descriptor: BorrowedFd<'_>, key: usize) -> io::Result<()> {
        let flags = EventFlags::IN | EventFlags::OUT | EventFlags::RDHUP | EventFlags::ET;
        Ok(epoll::add(
            &self.epoll,
            descriptor,
            EventData::new_u64(key as u64),
            flags,
        )?)
    }

    pub(crate) fn delete(&self, descriptor: BorrowedFd<'_>) -> io::Result<()> {
        Ok(epoll::delete(&self.epoll, descriptor)?)
    }

    /// Waits for events, for a notification or for the time to be over, counted in milliseconds and rounded up.
    pub(crate) fn wait(&self, events: &mut Events, timeout: Option<Duration>) -> io::Result<()> {
        events.0.clear();
        // A time too long to be told is as good as none.
        let timeout = timeout.and_then(|timeout| Timespec::try_from(timeout).ok());
        epoll::wait(&self.epoll, spare_capacity(&mut events.0), timeout.as_ref())?;
        Ok(())
    }

    /// Ends the wait that is going on, or else the next one.
    pub(crate) fn notify(&self) -> io::Result<()> {
        // The counter is never read: being edge-triggered, each addition is an event.
        rustix::io::write(&self.notifier, &1u64.to_ne_bytes())?;
        Ok(())
    }
}
