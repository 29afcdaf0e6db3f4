//! A reactor of as little as will do: a wait that an interruption ends.

use crate::parker::{Kind, Parker};
use crate::sync::{Mutex, MutexGuard};
use loom::sync::Condvar;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Whether there is one in the model that runs.
pub(crate) static PRESENT: AtomicBool = AtomicBool::new(false);

loom::lazy_static! {
    static ref REACTOR: Reactor = Reactor {
        turn: Mutex::new(()),
        interrupted: Mutex::new(false),
        interruption: Condvar::new(),
    };
}

pub(crate) struct Reactor {
    turn: Mutex<()>,
    interrupted: Mutex<bool>,
    interruption: Condvar,
}

pub(crate) struct Turn {
    reactor: &'static Reactor,
    _turn: MutexGuard<'static, ()>,
}

pub(crate) fn running() -> Option<&'static Reactor> {
    PRESENT.load(Ordering::Relaxed).then(|| &*REACTOR)
}

/// As the reactor is reached by.
pub(crate) struct Hooks {
    pub(crate) park: fn(&Arc<Parker>, Option<Duration>),
    pub(crate) interrupt: fn(),
}

pub(crate) fn hooks() -> Option<&'static Hooks> {
    const HOOKS: Hooks = Hooks {
        park: Parker::park_at_reactor,
        interrupt: || running().into_iter().for_each(Reactor::interrupt),
    };
    PRESENT.load(Ordering::Relaxed).then_some(&HOOKS)
}

pub(crate) fn has_workers() -> bool {
    false
}

pub(crate) fn glance() {}

pub(crate) fn hand_over() {}

impl Reactor {
    pub(crate) fn try_turn(&'static self) -> Option<Turn> {
        let turn = self.turn.try_lock().ok()?;
        Some(Turn {
            reactor: self,
            _turn: turn,
        })
    }

    /// Ends the wait that goes on, or else the next one, as a notified poller does.
    pub(crate) fn interrupt(&self) {
        *self.interrupted.lock().unwrap() = true;
        self.interruption.notify_one();
    }

    pub(crate) fn add_bystander(&self, _: &Arc<Parker>) {}

    pub(crate) fn remove_bystander(&self, _: &Arc<Parker>) {}
}

impl Turn {
    pub(crate) fn wait(&mut self, _: Kind, _: Option<Duration>) {
        let mut interrupted = self.reactor.interrupted.lock().unwrap();
        while !*interrupted {
            interrupted = self.reactor.interruption.wait(interrupted).unwrap();
        }
        *interrupted = false;
    }
}
