//! Wakers and when to call them.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

/// The wakers that wait for their time.
#[derive(Default)]
pub(crate) struct Timers {
    state: Mutex<State>,
    /// Whether there are any, to be read without the lock.
    any: AtomicBool,
}

#[derive(Default)]
struct State {
    wakers: BTreeMap<(Instant, u64), Waker>,
    last_number: u64,
    /// Until when a thread waits in the reactor, if one does; the inner `None` is forever.
    waiting_until: Option<Option<Instant>>,
}

impl Timers {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a waker; gives its number, and whether the reactor waits for too long because of it.
    pub(super) fn add(&self, deadline: Instant, waker: &Waker) -> (u64, bool) {
        let mut state = self.lock();
        state.last_number += 1;
        let number = state.last_number;
        state.wakers.insert((deadline, number), waker.clone());
        self.any.store(true, Ordering::Release);
        let is_next = state
            .waiting_until
            .is_some_and(|until| until.is_none_or(|until| deadline < until));
        if is_next {
            // One interruption is enough, however many come before the reactor is back.
            state.waiting_until = Some(Some(deadline));
        }
        (number, is_next)
    }

    /// Replaces a waker; says whether it was still waiting.
    pub(crate) fn update(&self, deadline: Instant, number: u64, waker: &Waker) -> bool {
        match self.lock().wakers.get_mut(&(deadline, number)) {
            Some(old) => {
                old.clone_from(waker);
                true
            }
            None => false,
        }
    }

    /// Removes a waker.
    pub(crate) fn remove(&self, deadline: Instant, number: u64) {
        let removed = self.lock().wakers.remove(&(deadline, number));
        drop(removed);
    }

    /// Notes that a thread starts to wait; gives how long it may.
    pub(super) fn begin_wait(&self, timeout: Option<Duration>) -> Option<Duration> {
        let mut state = self.lock();
        let next = state
            .wakers
            .first_key_value()
            .map(|((deadline, _), _)| *deadline);
        let now = Instant::now();
        let until = timeout.and_then(|timeout| now.checked_add(timeout));
        let until = [next, until].into_iter().flatten().min();
        state.waiting_until = Some(until);
        until.map(|until| until.saturating_duration_since(now))
    }

    /// Notes that no thread waits any more.
    pub(super) fn end_wait(&self) {
        self.lock().waiting_until = None;
    }

    /// Calls the wakers whose time has come.
    pub(super) fn fire(&self) {
        if !self.any.load(Ordering::Acquire) {
            return;
        }
        let mut state = self.lock();
        let later = state.wakers.split_off(&(Instant::now(), u64::MAX));
        let due = std::mem::replace(&mut state.wakers, later);
        self.any.store(!state.wakers.is_empty(), Ordering::Release);
        drop(state);
        due.into_values().for_each(Waker::wake);
    }
}
