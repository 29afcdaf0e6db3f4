//! Which workers sleep.
//!
//! The protocol: whoever adds work, first adds it and then looks for sleepers; whoever goes to sleep, first counts itself
//! as a sleeper and then looks for work once more. A sequentially consistent fence between the two steps on both sides
//! makes sure that at least one of them sees the other. A worker that was woken counts as searching, and as long as one is
//! searching no other is woken: if it finds something it wakes the next, so that wake-ups spread as far as the work does.

use crate::sync::{AtomicUsize, Mutex, MutexGuard, Ordering, fence};
use std::sync::PoisonError;

/// The number of workers that sleep, in the upper half of the state.
const SLEEPING: usize = 1 << (usize::BITS / 2);
/// The number of workers that search, in the lower half.
const SEARCHING: usize = 1;

/// The sleeping and searching workers of an executor.
#[derive(Debug, Default)]
pub(super) struct Idle {
    state: AtomicUsize,
    /// The workers that sleep; the last one is woken first, as its caches are the warmest.
    sleepers: Mutex<Vec<usize>>,
}

impl Idle {
    fn sleepers(&self) -> MutexGuard<'_, Vec<usize>> {
        self.sleepers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Called after work was added: the worker to wake for it, which from now on counts as searching.
    pub(super) fn worker_to_wake(&self) -> Option<usize> {
        fence(Ordering::SeqCst);
        let state = self.state.load(Ordering::Relaxed);
        if state < SLEEPING || state % SLEEPING != 0 {
            return None;
        }
        let mut sleepers = self.sleepers();
        let index = sleepers.pop()?;
        self.state.fetch_sub(SLEEPING - SEARCHING, Ordering::SeqCst);
        Some(index)
    }

    /// Called by a worker that has nothing to do and would search elsewhere: whether it may. Half of them at most do.
    pub(super) fn may_search(&self, workers: usize) -> bool {
        if 2 * (self.state.load(Ordering::Relaxed) % SLEEPING) >= workers {
            return false;
        }
        self.state.fetch_add(SEARCHING, Ordering::SeqCst);
        true
    }

    /// Called by a searching worker that has found work: whether it was the last one, and has to wake the next.
    pub(super) fn found(&self) -> bool {
        self.state.fetch_sub(SEARCHING, Ordering::SeqCst) % SLEEPING == SEARCHING
    }

    /// Called by a worker that goes to sleep; it has to look for work once more before it does.
    pub(super) fn fall_asleep(&self, index: usize, searching: bool) {
        let mut sleepers = self.sleepers();
        sleepers.push(index);
        let change = if searching {
            SLEEPING - SEARCHING
        } else {
            SLEEPING
        };
        self.state.fetch_add(change, Ordering::SeqCst);
        drop(sleepers);
        fence(Ordering::SeqCst);
    }

    /// Called by a worker that is awake again: whether it was woken for work, and so counts as searching.
    pub(super) fn wake_up(&self, index: usize) -> bool {
        let mut sleepers = self.sleepers();
        let Some(place) = sleepers.iter().position(|&sleeper| sleeper == index) else {
            return true;
        };
        sleepers.remove(place);
        self.state.fetch_sub(SLEEPING, Ordering::SeqCst);
        false
    }
}
