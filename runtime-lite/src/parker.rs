//! Putting a thread to sleep until one of its wakers fires.

use crate::reactor::{self, Turn};
use crate::sync::thread::{self, Thread};
use crate::sync::{AtomicU8, Ordering};
use std::cell::Cell;
use std::sync::Arc;
use std::task::Wake;
use std::time::{Duration, Instant};

/// Nobody has woken the thread since it last looked.
const EMPTY: u8 = 0;
/// The thread sleeps.
const PARKED: u8 = 1;
/// The thread waits in the reactor.
const POLLING: u8 = 2;
/// The thread was woken and has not looked yet.
const NOTIFIED: u8 = 3;

/// A thread that comes back so often without having slept has a look at the reactor.
const PARKS_PER_LOOK: u32 = 8;
/// A thread that sleeps while another is to wait in the reactor sees to it after this time, and then ever more rarely ..
const MIN_NAP: Duration = Duration::from_millis(10);
/// .. up to this.
const MAX_NAP: Duration = Duration::from_millis(160);

/// What a thread does with what it is woken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It runs tasks, those among them that it wakes itself while it waits in the reactor.
    Worker,
    /// It runs one future, and would have to wake a worker for every task: it waits in the reactor only if no worker does.
    Caller,
}

/// One thread's wake-up flag.
///
/// A wake-up that comes while the thread is awake is remembered, so none is lost; several are remembered as one.
pub(crate) struct Parker {
    state: AtomicU8,
    thread: Thread,
    pub(crate) kind: Kind,
    /// How often the thread came back without having slept. Only for the thread.
    restless: Cell<u32>,
}

// SAFETY: only `restless` is not `Sync`, and only `park` reaches it, which only the parker's own thread calls.
unsafe impl Sync for Parker {}

impl Parker {
    /// A parker for the calling thread; only this thread may call [`Parker::park`].
    pub(crate) fn new(kind: Kind) -> Arc<Self> {
        Arc::new(Self {
            state: AtomicU8::new(EMPTY),
            thread: thread::current(),
            kind,
            restless: Cell::new(0),
        })
    }

    /// Sleeps until [`Parker::unpark`] has been called since the last return, or until the time is over; says whether it
    /// was called. While it sleeps the thread waits in the reactor, if no other does.
    pub(crate) fn park(self: &Arc<Self>, timeout: Option<Duration>) -> bool {
        debug_assert_eq!(self.thread.id(), thread::current().id());
        let asleep =
            self.state
                .compare_exchange(EMPTY, PARKED, Ordering::AcqRel, Ordering::Relaxed);
        if asleep.is_err() {
            self.restless.set(self.restless.get().wrapping_add(1));
            if self.restless.get() % PARKS_PER_LOOK == 0 {
                reactor::glance();
            }
            return self.state.swap(EMPTY, Ordering::Acquire) == NOTIFIED;
        }
        match reactor::hooks() {
            None => self.sleep(timeout),
            Some(hooks) => (hooks.park)(self, timeout),
        }
        self.state.swap(EMPTY, Ordering::Acquire) == NOTIFIED
    }

    /// What is between falling asleep and waking up if there is a reactor.
    pub(crate) fn park_at_reactor(self: &Arc<Self>, timeout: Option<Duration>) {
        let Some(reactor) = reactor::running() else {
            return self.sleep(timeout);
        };
        let turn = if self.is_last_choice() {
            None
        } else {
            reactor.try_turn()
        };
        match turn {
            Some(turn) => self.wait_in(turn, timeout),
            None => {
                reactor.add_bystander(self);
                self.stand_by(timeout);
                reactor.remove_bystander(self);
            }
        }
    }

    /// Whether the reactor should be left to others.
    fn is_last_choice(&self) -> bool {
        self.kind == Kind::Caller && reactor::has_workers()
    }

    /// Sleeps without regard to the reactor.
    fn sleep(&self, timeout: Option<Duration>) {
        match timeout {
            Some(timeout) => thread::park_timeout(timeout),
            None => {
                while self.state.load(Ordering::Acquire) == PARKED {
                    thread::park();
                }
            }
        }
    }

    /// Sleeps while another thread waits in the reactor, and takes its place if it does not.
    fn stand_by(&self, timeout: Option<Duration>) {
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let mut nap = MIN_NAP;
        while self.state.load(Ordering::Acquire) == PARKED {
            let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left == Some(Duration::ZERO) {
                return;
            }
            // Also before the first nap: the other thread may have left before this one was known to stand by. But a
            // worker that has left is given the time to come back.
            if !self.is_last_choice() || nap > MIN_NAP {
                if let Some(turn) = reactor::running().and_then(|reactor| reactor.try_turn()) {
                    return self.wait_in(turn, left);
                }
            }
            thread::park_timeout(left.map_or(nap, |left| left.min(nap)));
            nap = MAX_NAP.min(2 * nap);
        }
    }

    /// Waits in the reactor.
    fn wait_in(&self, mut turn: Turn, timeout: Option<Duration>) {
        let polling =
            self.state
                .compare_exchange(PARKED, POLLING, Ordering::AcqRel, Ordering::Relaxed);
        if polling.is_ok() {
            turn.wait(self.kind, timeout);
        }
        drop(turn);
        if self.is_last_choice() {
            reactor::hand_over();
        }
    }

    /// Wakes the thread, or keeps it from falling asleep.
    pub(crate) fn unpark(&self) {
        match self.state.swap(NOTIFIED, Ordering::AcqRel) {
            PARKED => self.thread.unpark(),
            POLLING => {
                // A thread that wakes itself is not waiting any more.
                if let Some(hooks) = reactor::hooks().filter(|_| !self.is_this_thread()) {
                    (hooks.interrupt)();
                }
            }
            _ => {}
        }
    }

    fn is_this_thread(&self) -> bool {
        thread::current().id() == self.thread.id()
    }
}

impl Wake for Parker {
    fn wake(self: Arc<Self>) {
        self.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.unpark();
    }
}
