//! The concurrency that `runtime-lite` has written by hand, gone through by `loom`: in every order in which the threads of a
//! small program may run, and with every value that their loads may see.
//!
//! The files are those of `runtime-lite` itself, compiled with `loom`'s atomics, locks and threads. What they use of the rest
//! of the crate is replaced here by as little as will do.
//!
//! What this cannot see: data that is not atomic is in `std`'s cells, whose races `loom` does not report; it counts what is
//! dropped instead. A sequentially consistent load or store is taken for an acquiring or releasing one, which finds
//! more orders than there are.
#![cfg(test)]
#![allow(
    dead_code,
    reason = "each file is compiled whole, and not all of it is modelled"
)]

/// What the files are made of here.
mod sync {
    pub(crate) use loom::sync::atomic::{
        AtomicBool, AtomicPtr, AtomicU8, AtomicUsize, Ordering, fence,
    };
    pub(crate) use loom::sync::{Mutex, MutexGuard};

    pub(crate) mod thread {
        pub(crate) use loom::thread::{Thread, current, park};

        /// Time does not pass here: whoever waits for it to is stuck, and `loom` says so.
        pub(crate) fn park_timeout(_: std::time::Duration) {
            park();
        }
    }
}

mod executor {
    #[path = "../../../src/executor/idle.rs"]
    pub(crate) mod idle;
    #[path = "../../../src/executor/slot.rs"]
    pub(crate) mod slot;

    mod idle_models;
    mod slot_models;
}

#[path = "../../src/parker.rs"]
mod parker;
mod parker_models;
mod reactor;
mod task;
