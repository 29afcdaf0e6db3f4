//! Waiting for sockets and for the time.
//!
//! One reactor serves the process. It has no thread of its own: of the threads that have nothing to do, one waits in it
//! ([`Parker`](crate::parker::Parker) sees to that), and runs itself what it has woken. Workers of an executor come first,
//! as another thread would have to wake one of them for each task. A thread that stops waiting for good hands over to
//! another; one that is busy for long is replaced by a thread that naps. Only if a socket or a timer is used outside of
//! this crate's executors a thread is started for it.

mod fallback;
mod poller;
mod source;
mod timers;

pub(crate) use fallback::ensure_driven;
#[cfg(unix)]
pub(crate) use source::{Direction, Registered};
use timers::Timers;

use crate::parker::{Kind, Parker};
use poller::{Events, Poller};
use source::Sources;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::task::Waker;
use std::time::{Duration, Instant};

static REACTOR: OnceLock<Reactor> = OnceLock::new();

/// Set before the reactor is.
static HOOKS: OnceLock<Hooks> = OnceLock::new();

/// What threads that park or work need of the reactor. They come to it by these pointers alone, so that the linker leaves
/// the reactor out of a program that has neither sockets nor timers.
pub(crate) struct Hooks {
    /// Has a thread sleep, and wait in the reactor if no other does.
    pub(crate) park: fn(&Arc<Parker>, Option<Duration>),
    /// Ends the wait of the thread that waits in it.
    pub(crate) interrupt: fn(),
    glance: fn(),
    hand_over: fn(),
}

/// The reactor for threads that park or work, if anything has ever needed it.
pub(crate) fn hooks() -> Option<&'static Hooks> {
    HOOKS.get()
}

/// Looks whether a socket or a timer is ready, without waiting; for threads that are busy.
pub(crate) fn glance() {
    if let Some(hooks) = hooks() {
        (hooks.glance)();
    }
}

/// Has another thread wait in the reactor if none does, as the calling thread no longer will.
pub(crate) fn hand_over() {
    if let Some(hooks) = hooks() {
        (hooks.hand_over)();
    }
}

/// How many threads are workers of an executor.
static WORKERS: AtomicUsize = AtomicUsize::new(0);

/// Says that this thread is a worker, and waits in the reactor when it has nothing else to do, for as long as it lives.
pub(crate) struct Working {
    before: bool,
}

impl Working {
    pub(crate) fn enter() -> Self {
        WORKERS.fetch_add(1, Ordering::Relaxed);
        Self {
            before: fallback::set_working(true),
        }
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        WORKERS.fetch_sub(1, Ordering::Relaxed);
        fallback::set_working(self.before);
    }
}

/// Whether there are workers, which are better suited to wait in the reactor than other threads.
pub(crate) fn has_workers() -> bool {
    WORKERS.load(Ordering::Relaxed) > 0
}

/// What waits for sockets and for the time.
pub(crate) struct Reactor {
    poller: Poller,
    /// Held by the thread that waits.
    events: Mutex<Events>,
    sources: Sources,
    timers: Timers,
    /// Threads that sleep without waiting here, because another thread did.
    bystanders: Mutex<Vec<Arc<Parker>>>,
    bystander_count: AtomicUsize,
    /// Whether the thread that waits here should let a worker take its place.
    caller_waits: AtomicBool,
}

/// The right to wait in the reactor.
pub(crate) struct Turn {
    reactor: &'static Reactor,
    events: MutexGuard<'static, Events>,
}

/// The reactor, started if it was not.
pub(crate) fn start() -> io::Result<&'static Reactor> {
    if let Some(reactor) = REACTOR.get() {
        return Ok(reactor);
    }
    let reactor = Reactor {
        poller: Poller::new()?,
        events: Mutex::new(Events::new()),
        sources: Sources::default(),
        timers: Timers::default(),
        bystanders: Mutex::default(),
        bystander_count: AtomicUsize::new(0),
        caller_waits: AtomicBool::new(false),
    };
    HOOKS.get_or_init(|| Hooks {
        park: Parker::park_at_reactor,
        interrupt: || running().into_iter().for_each(Reactor::interrupt),
        glance: || running().into_iter().for_each(Reactor::glance),
        hand_over: || running().into_iter().for_each(Reactor::hand_over),
    });
    Ok(REACTOR.get_or_init(|| reactor))
}

/// The reactor, if anything has ever needed it.
pub(crate) fn running() -> Option<&'static Reactor> {
    REACTOR.get()
}

impl Reactor {
    fn glance(&'static self) {
        if let Some(mut turn) = self.try_turn() {
            turn.wait(Kind::Worker, Some(Duration::ZERO));
        }
    }

    fn hand_over(&'static self) {
        if self.bystander_count.load(Ordering::SeqCst) == 0 || self.try_turn().is_none() {
            return;
        }
        let mut bystanders = self.bystanders();
        let is_worker = |parker: &Arc<Parker>| parker.kind == Kind::Worker;
        let chosen = bystanders
            .iter()
            .rposition(is_worker)
            .or(bystanders.len().checked_sub(1));
        let bystander = chosen.map(|index| bystanders.remove(index));
        drop(bystanders);
        if let Some(parker) = bystander {
            parker.unpark();
        }
    }

    /// The right to wait here, unless another thread has it.
    pub(crate) fn try_turn(&'static self) -> Option<Turn> {
        let events = match self.events.try_lock() {
            Ok(events) => events,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        Some(Turn {
            reactor: self,
            events,
        })
    }

    fn bystanders(&self) -> MutexGuard<'_, Vec<Arc<Parker>>> {
        self.bystanders
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a thread that goes to sleep while another waits here.
    pub(crate) fn add_bystander(&self, parker: &Arc<Parker>) {
        self.bystanders().push(parker.clone());
        self.bystander_count.fetch_add(1, Ordering::SeqCst);
        if parker.kind == Kind::Worker && self.caller_waits.load(Ordering::SeqCst) {
            self.interrupt();
        }
    }

    /// Takes back [`Reactor::add_bystander`].
    pub(crate) fn remove_bystander(&self, parker: &Arc<Parker>) {
        self.bystander_count.fetch_sub(1, Ordering::SeqCst);
        self.bystanders()
            .retain(|other| !Arc::ptr_eq(other, parker));
    }

    /// Ends the wait of the thread that waits here.
    pub(crate) fn interrupt(&self) {
        // Fails only if the poller is broken, and then the waiting thread comes back with that error.
        let _ = self.poller.notify();
    }

    /// Has a waker called at a moment, and gives the number to cancel it by.
    pub(crate) fn add_timer(&self, deadline: Instant, waker: &Waker) -> u64 {
        let (number, is_next) = self.timers.add(deadline, waker);
        if is_next {
            self.interrupt();
        }
        number
    }

    pub(crate) fn timers(&self) -> &Timers {
        &self.timers
    }
}

impl Turn {
    /// Waits for sockets, for the next timer, for an interruption or for the time to be over, and wakes what is ready.
    pub(crate) fn wait(&mut self, kind: Kind, timeout: Option<Duration>) {
        let reactor = self.reactor;
        // A glance without sockets needs no system call.
        if timeout != Some(Duration::ZERO) || !reactor.sources.is_empty() {
            let timeout = reactor.timers.begin_wait(timeout);
            reactor
                .caller_waits
                .store(kind == Kind::Caller, Ordering::SeqCst);
            let waited = reactor.poller.wait(&mut self.events, timeout);
            reactor.caller_waits.store(false, Ordering::SeqCst);
            reactor.timers.end_wait();
            if let Err(error) = waited {
                assert_eq!(
                    error.kind(),
                    io::ErrorKind::Interrupted,
                    "the poller is broken: {error}"
                );
            }
            for event in self.events.iter() {
                reactor.sources.wake(event);
            }
        }
        reactor.timers.fire();
    }
}
