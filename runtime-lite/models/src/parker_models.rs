//! Putting threads to sleep: no wake-up is lost, wherever the thread waits.

use crate::parker::{Kind, Parker};
use crate::reactor::PRESENT;
use crate::sync::{AtomicUsize, Ordering};
use loom::model::Builder;
use loom::thread;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// Several threads each do something and wake one that waits for all of it.
fn wakes_are_not_lost(wakers: usize) {
    let parker = Parker::new(Kind::Worker);
    let count = Arc::new(AtomicUsize::new(0));
    for _ in 0..wakers {
        let (parker, count) = (parker.clone(), count.clone());
        thread::spawn(move || {
            // Without an order of its own: waking and having been woken must order it.
            count.fetch_add(1, Ordering::Relaxed);
            parker.unpark();
        });
    }
    while count.load(Ordering::Relaxed) < wakers {
        while !parker.park(None) {}
    }
}

/// Goes through all orders with few changes of threads, of which this needs no more.
fn check(wakers: usize) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(move || wakes_are_not_lost(wakers));
}

#[test]
fn no_wake_is_lost() {
    PRESENT.store(false, Relaxed);
    check(1);
    check(2);
    // One test, as the models with a reactor and those without must not run at the same time.
    PRESENT.store(true, Relaxed);
    check(1);
    check(2);
}
