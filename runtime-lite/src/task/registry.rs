//! The list of an executor's live tasks.
//!
//! A spawn pushes the task's header onto a linked stack with one compare-and-swap. Nothing is removed when a task ends:
//! it is marked, and when as many tasks were spawned as were alive after the last sweep, the spawning thread sweeps the
//! marked ones out, so that the work per task is constant and at most half of the list is dead.

use super::dump::{self, TaskDump};
use super::{Header, Runnable, TaskInfo};
use crate::sync::{AtomicBool, AtomicPtr, AtomicUsize, Mutex, MutexGuard, Ordering};
use std::mem::ManuallyDrop;
use std::ptr;
use std::sync::{PoisonError, TryLockError};
use std::task::{RawWakerVTable, Waker};

/// The fewest spawns between two sweeps.
const MIN_SPAWNS: usize = 64;

/// A header's place in the list.
pub(super) struct Link {
    /// The header below. Belongs to the thread that inserts, then to the thread that has taken the stack.
    next: *const Header,
    /// The parts of a waker of the task; the list owns one count of it. Constant once the task is in the list.
    waker: Option<(*const (), &'static RawWakerVTable)>,
}

impl Link {
    pub(super) const NONE: Self = Self {
        next: ptr::null(),
        waker: None,
    };
}

impl Header {
    /// Wakes the task, if it is one that can be woken. The caller holds on to the task's allocation.
    pub(super) fn wake(&self) {
        // SAFETY: `waker` is written only before the task is scheduled for the first time, and so before anyone else has
        // its handle or header.
        let waker = unsafe { (*self.link.get()).waker };
        if let Some((data, table)) = waker {
            // SAFETY: the parts come from a waker of this task. The task's allocation is alive, as the caller holds on
            // to it, which is all that waking by reference needs; no count is taken and none is given up.
            let waker = unsafe { ManuallyDrop::new(Waker::new(data, table)) };
            waker.wake_by_ref();
        }
    }
}

/// The live tasks of an executor.
pub(crate) struct Registry {
    head: AtomicPtr<Header>,
    /// Spawns until the next sweep. Counted without care: a lost count only delays the sweep.
    credit: AtomicUsize,
    /// Held by the one thread that may take the stack and walk it.
    walking: Mutex<()>,
    /// Whether to walk the stack once more to close it.
    close_again: AtomicBool,
}

impl Registry {
    pub(crate) fn new() -> Self {
        Self {
            head: AtomicPtr::new(ptr::null_mut()),
            credit: AtomicUsize::new(MIN_SPAWNS),
            walking: Mutex::new(()),
            close_again: AtomicBool::new(false),
        }
    }

    /// Adds a task that has not been scheduled yet.
    pub(crate) fn insert(&self, runnable: &Runnable) {
        let header = runnable.metadata();
        let waker = ManuallyDrop::new(runnable.waker());
        let link = header.link.get();
        // SAFETY: the task is not scheduled and not in the list, so this thread alone reaches its link.
        unsafe { (*link).waker = Some((waker.data(), waker.vtable())) };
        self.push(header, header);
        let credit = self.credit.load(Ordering::Relaxed);
        self.credit
            .store(credit.saturating_sub(1), Ordering::Relaxed);
        if credit == 0 {
            if let Ok(guard) = self.walking.try_lock() {
                self.sweep(guard, |_| {});
            }
        }
    }

    /// Pushes a chain of headers, given by its first and last, of which only this thread knows.
    fn push(&self, first: *const Header, last: *const Header) {
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            // SAFETY: the chain is not in the stack yet, so its links belong to this thread; each header is alive as the
            // list owns a count of its task's waker.
            unsafe { (*(*last).link.get()).next = head };
            match self.head.compare_exchange_weak(
                head,
                first.cast_mut(),
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(found) => head = found,
            }
        }
    }

    /// Sweeps the tasks that have ended out of the list, and shows each of the others.
    fn sweep(&self, walking: MutexGuard<'_, ()>, mut show: impl FnMut(&Header)) {
        let mut current: *const Header = self.head.swap(ptr::null_mut(), Ordering::Acquire);
        let mut kept: Option<(*const Header, *const Header)> = None;
        let mut count = 0;
        while !current.is_null() {
            // SAFETY: the swap has handed this chain to this thread, and each header in it is alive as the list owns a
            // count of its task's waker, which is given up only below.
            let header = unsafe { &*current };
            // SAFETY: as above, the link belongs to this thread.
            let next = unsafe { (*header.link.get()).next };
            if header.is_finished() {
                self.release(header);
            } else {
                show(header);
                count += 1;
                // SAFETY: as above; `current` goes on top of the chain of those kept.
                unsafe { (*header.link.get()).next = kept.map_or(ptr::null(), |(first, _)| first) };
                kept = Some((current, kept.map_or(current, |(_, last)| last)));
            }
            current = next;
        }
        if let Some((first, last)) = kept {
            self.push(first, last);
        }
        self.credit.store(MIN_SPAWNS.max(count), Ordering::Relaxed);
        drop(walking);
    }

    /// Gives up the list's count of a task that was taken out of it; the header may be gone afterwards.
    fn release(&self, header: &Header) {
        // SAFETY: constant since the task was inserted.
        let waker = unsafe { (*header.link.get()).waker };
        if let Some((data, table)) = waker {
            // SAFETY: the parts come from the waker that `insert` has kept from being dropped, and the task was taken
            // out of the list, so that this happens once.
            drop(unsafe { Waker::new(data, table) });
        }
    }

    /// Lists the live tasks, the newest first.
    pub(crate) fn tasks(&self) -> Vec<TaskInfo> {
        self.list(|_| {})
    }

    /// Lists the live tasks, the newest first, with what each is at. While the guard lives that is made by `divert`, tasks
    /// that are woken on this thread must go to [`take_aside`](super::take_aside).
    pub(crate) fn dump<G>(&self, divert: impl FnOnce() -> G) -> Vec<TaskDump> {
        dump::describe(|| {
            let _diverted = divert();
            self.list(Header::wake)
        })
    }

    fn list(&self, mut visit: impl FnMut(&Header)) -> Vec<TaskInfo> {
        let mut tasks = Vec::new();
        let walking = self.walking.lock().unwrap_or_else(PoisonError::into_inner);
        self.sweep(walking, |header| {
            tasks.push(header.info());
            visit(header);
        });
        tasks.sort_by_key(|task| std::cmp::Reverse(task.id));
        tasks
    }

    /// Wakes every task, and takes those out of the list that are gone after that; says how many are left.
    ///
    /// The executor drops what is woken instead of queueing it, which may lead back to here: the call within then has the
    /// one around it walk the list once more.
    pub(crate) fn close(&self) -> usize {
        let mut left = 0;
        self.close_again.store(true, Ordering::SeqCst);
        while self.close_again.load(Ordering::SeqCst) {
            let _walking = match self.walking.try_lock() {
                Ok(guard) => guard,
                Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => break,
            };
            self.close_again.store(false, Ordering::SeqCst);
            left = self.wake_all();
        }
        left
    }

    /// One walk of [`Registry::close`].
    fn wake_all(&self) -> usize {
        let mut current: *const Header = self.head.swap(ptr::null_mut(), Ordering::Acquire);
        let mut left = 0;
        while !current.is_null() {
            // SAFETY: as in `sweep`.
            let header = unsafe { &*current };
            // SAFETY: as in `sweep`.
            let next = unsafe { (*header.link.get()).next };
            if !header.is_finished() {
                header.wake();
            }
            if header.is_finished() {
                self.release(header);
            } else {
                left += 1;
                self.push(header, header);
            }
            current = next;
        }
        left
    }
}
