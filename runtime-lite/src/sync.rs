//! What the concurrency that is written by hand is made of.
//!
//! Its files take it from here, so that `runtime-lite/models` can compile the same files with what `loom` has in its stead, and
//! go through the orders in which threads may run.

pub(crate) use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicUsize, Ordering, fence};
pub(crate) use std::sync::{Mutex, MutexGuard};
pub(crate) use std::thread;
