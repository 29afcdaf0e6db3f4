//! The thread that waits in the reactor when no executor of this crate does.

use crate::block_on::is_within;
use crate::parker::{Kind, Parker};
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

thread_local! {
    /// Whether this thread is a worker.
    static WORKING: Cell<bool> = const { Cell::new(false) };
}

/// Notes whether this thread is a worker; says whether it was.
pub(super) fn set_working(working: bool) -> bool {
    WORKING.replace(working)
}

/// Called by what waits for the reactor: starts a thread to wait in it if the calling thread will not.
pub(crate) fn ensure_driven() {
    static STARTED: AtomicBool = AtomicBool::new(false);
    if WORKING.get()
        || is_within()
        || STARTED.load(Ordering::Relaxed)
        || STARTED.swap(true, Ordering::Relaxed)
    {
        return;
    }
    let drive = || {
        let parker = Parker::new(Kind::Caller);
        loop {
            parker.park(None);
        }
    };
    if thread::Builder::new()
        .name("runtime-lite reactor".into())
        .spawn(drive)
        .is_err()
    {
        // The next one to wait tries again.
        STARTED.store(false, Ordering::Relaxed);
    }
}
