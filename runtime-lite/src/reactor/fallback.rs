//! The thread that waits in the reactor when no executor of this crate does.

use crate::parker::Parker;
use std::cell::Cell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

thread_local! {
    /// Whether this thread will wait in the reactor when it has nothing else to do.
    static DRIVING: Cell<bool> = const { Cell::new(false) };
}

/// Says that this thread waits in the reactor when it has nothing else to do, for as long as it lives.
pub(crate) struct Driving {
    before: bool,
}

impl Driving {
    pub(crate) fn enter() -> Self {
        Self {
            before: DRIVING.replace(true),
        }
    }
}

impl Drop for Driving {
    fn drop(&mut self) {
        DRIVING.set(self.before);
    }
}

/// Called by what waits for the reactor: starts a thread to wait in it if the calling thread will not.
pub(crate) fn ensure_driven() {
    static STARTED: AtomicBool = AtomicBool::new(false);
    if DRIVING.get() || STARTED.load(Ordering::Relaxed) || STARTED.swap(true, Ordering::Relaxed) {
        return;
    }
    let drive = || {
        let parker = Parker::new();
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
