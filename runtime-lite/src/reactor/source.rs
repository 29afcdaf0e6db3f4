//! Sockets and who waits for them.

use super::poller::Ready;
use crate::wakers::Wakers;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// What of a socket is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Direction {
    Read,
    Write,
}

/// One socket's waiters.
#[derive(Default)]
struct Source {
    directions: [Waiters; 2],
    /// Whether what is there to read may be the last, of which no further event would tell.
    ended: AtomicBool,
    /// Held by the one that reads from a stream.
    next: Mutex<Next>,
}

/// What the next read of a stream has to begin with.
#[derive(Default)]
enum Next {
    /// Asking the system.
    #[default]
    Unknown,
    /// This byte, which the last read had no room for.
    Byte(u8),
    /// This error, which the last read came upon after a byte.
    Error(io::Error),
    /// Waiting, if there have been no more events than so many: the last read has taken everything there was.
    Event(usize),
}

/// Who waits for one direction of a socket.
#[derive(Default)]
struct Waiters {
    /// How often the socket has become ready. Whoever finds the socket not ready looks here before and after, so that no
    /// event goes missing in between.
    events: AtomicUsize,
    wakers: Mutex<Wakers>,
}

impl Waiters {
    fn lock(&self) -> MutexGuard<'_, Wakers> {
        self.wakers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wake(&self) {
        let mut wakers = self.lock();
        self.events.fetch_add(1, Ordering::AcqRel);
        let woken = wakers.take();
        drop(wakers);
        woken.wake();
    }

    /// Waits for the next event, unless there was one since `seen`.
    fn poll_event(&self, seen: usize, context: &Context<'_>) -> Poll<()> {
        let mut wakers = self.lock();
        if self.events.load(Ordering::Acquire) != seen {
            return Poll::Ready(());
        }
        wakers.add(context.waker());
        Poll::Pending
    }
}

/// All sockets, by the numbers that the poller knows them by.
#[derive(Default)]
pub(super) struct Sources {
    table: Mutex<Table>,
    count: AtomicUsize,
}

#[derive(Default)]
struct Table {
    sources: Vec<Option<Arc<Source>>>,
    free: Vec<usize>,
}

impl Sources {
    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count.load(Ordering::Acquire) == 0
    }

    fn add(&self) -> (usize, Arc<Source>) {
        let source = Arc::new(Source::default());
        let mut table = self.lock();
        let key = table.free.pop().unwrap_or(table.sources.len());
        match table.sources.get_mut(key) {
            Some(place) => *place = Some(source.clone()),
            None => table.sources.push(Some(source.clone())),
        }
        self.count.fetch_add(1, Ordering::AcqRel);
        (key, source)
    }

    fn remove(&self, key: usize) {
        let mut table = self.lock();
        let removed = table.sources[key].take();
        table.free.push(key);
        self.count.fetch_sub(1, Ordering::AcqRel);
        drop(table);
        drop(removed);
    }

    /// Wakes those who wait for an event.
    pub(super) fn wake(&self, event: Ready) {
        // The event may be for a socket that is gone, or for another that has got its number: it then wakes in vain.
        let Some(source) = self.lock().sources.get(event.key).cloned().flatten() else {
            return;
        };
        if event.ended {
            source.ended.store(true, Ordering::Release);
        }
        if event.readable {
            source.directions[Direction::Read as usize].wake();
        }
        if event.writable {
            source.directions[Direction::Write as usize].wake();
        }
    }
}

#[cfg(unix)]
mod registered {
    use super::{Direction, Next, Source};
    use crate::reactor::{self, Reactor, ensure_driven};
    use std::io::{self, IoSliceMut, Read};
    use std::os::fd::AsFd;
    use std::sync::atomic::Ordering;
    use std::sync::{Arc, PoisonError};
    use std::task::{Context, Poll, ready};

    /// Buffers of this size are large, and are as likely filled by a part of something as by all of it.
    const LARGE: usize = 4096;

    /// A socket that the reactor watches. It is registered once, for both directions, edge-triggered.
    pub(crate) struct Registered<T: AsFd> {
        io: T,
        key: usize,
        source: Arc<Source>,
        reactor: &'static Reactor,
    }

    impl<T: AsFd> Registered<T> {
        /// Registers a socket, which must be non-blocking.
        pub(crate) fn new(io: T) -> io::Result<Self> {
            let reactor = reactor::start()?;
            let (key, source) = reactor.sources.add();
            // `io` is kept in the value made here, whose `drop` takes it out of the poller again before it is closed.
            let added = reactor.poller.add(io.as_fd(), key);
            if let Err(error) = added {
                reactor.sources.remove(key);
                return Err(error);
            }
            Ok(Self {
                io,
                key,
                source,
                reactor,
            })
        }

        /// The socket itself.
        pub(crate) fn io(&self) -> &T {
            &self.io
        }

        /// Tries an operation, and waits for the socket whenever it would block.
        pub(crate) fn poll_io<R>(
            &self,
            direction: Direction,
            context: &Context<'_>,
            mut operation: impl FnMut(&T) -> io::Result<R>,
        ) -> Poll<io::Result<R>> {
            let waiters = &self.source.directions[direction as usize];
            loop {
                let seen = waiters.events.load(Ordering::Acquire);
                match self.try_io(&mut operation) {
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    done => return Poll::Ready(done),
                }
                ensure_driven();
                ready!(waiters.poll_event(seen, context));
            }
        }

        /// Tries an operation until no signal interrupts it.
        fn try_io<R>(&self, mut operation: impl FnMut(&T) -> io::Result<R>) -> io::Result<R> {
            loop {
                match operation(&self.io) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    done => return done,
                }
            }
        }
    }

    impl<T: AsFd> Registered<T>
    where
        for<'a> &'a T: Read,
    {
        /// Reads from a stream, and waits for it whenever it has nothing.
        ///
        /// If `short_read_drains`, a read that leaves room in its buffer has taken all there was, so that the next one need not
        /// ask the system before there is an event. A small buffer gets room for a byte more, as a message often fills it:
        /// this saves asking in vain, once for each message.
        pub(crate) fn poll_read(
            &self,
            context: &Context<'_>,
            buffer: &mut [u8],
            short_read_drains: bool,
        ) -> Poll<io::Result<usize>> {
            if buffer.is_empty() {
                return Poll::Ready(Ok(0));
            }
            let waiters = &self.source.directions[Direction::Read as usize];
            let mut next = self
                .source
                .next
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            let mut filled = 0;
            match std::mem::take(&mut *next) {
                Next::Unknown => {}
                Next::Byte(byte) => {
                    buffer[0] = byte;
                    filled = 1;
                }
                Next::Error(error) => return Poll::Ready(Err(error)),
                Next::Event(seen) => {
                    ensure_driven();
                    if waiters.poll_event(seen, context).is_pending() {
                        *next = Next::Event(seen);
                        return Poll::Pending;
                    }
                }
            }
            let mut spare = [0];
            let room = usize::from(short_read_drains && buffer.len() < LARGE);
            let read = |mut stream: &T| {
                let rest = IoSliceMut::new(&mut buffer[filled..]);
                let spare = IoSliceMut::new(&mut spare[..room]);
                stream.read_vectored(&mut [rest, spare])
            };
            let seen = waiters.events.load(Ordering::Acquire);
            let count = if filled == 0 {
                ready!(self.poll_io(Direction::Read, context, read))?
            } else {
                // The byte that is there is not to wait for others.
                match self.try_io(read) {
                    Ok(count) => count,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => 0,
                    Err(error) => {
                        *next = Next::Error(error);
                        return Poll::Ready(Ok(filled));
                    }
                }
            };
            filled += count;
            if filled > buffer.len() {
                filled = buffer.len();
                *next = Next::Byte(spare[0]);
            } else if short_read_drains
                && 0 < count
                && filled < buffer.len() + room
                && !self.source.ended.load(Ordering::Acquire)
            {
                *next = Next::Event(seen);
            }
            Poll::Ready(Ok(filled))
        }
    }

    impl<T: AsFd> Drop for Registered<T> {
        fn drop(&mut self) {
            // Fails only if the socket is not registered, which it is.
            let _ = self.reactor.poller.delete(self.io.as_fd());
            self.reactor.sources.remove(self.key);
        }
    }
}
#[cfg(unix)]
pub(crate) use registered::Registered;
