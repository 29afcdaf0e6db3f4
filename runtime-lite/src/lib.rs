//! A tiny executor that is real: small enough to be read in an evening, complete enough to serve.
//!
//! ```
//! use runtime_lite::{block_on, join};
//!
//! let (two, three) = block_on(async { join!(async { 1 + 1 }, async { 3 }) });
//! assert_eq!((two, three), (2, 3));
//! ```
//!
//! * [`block_on`] runs one future on the calling thread.
//! * [`spawn`] runs tasks on all processors; [`Executor`] is the same with a beginning and an end, and [`LocalExecutor`] runs
//!   tasks that must stay on one thread.
//! * [`dump`] lists the live tasks with what each is at: those of [`spawn_debug`] print their futures, and since when they wait.
//! * [`join!`], [`try_join!`], [`race!`] and [`select!`] combine futures without allocating.
//! * [`fs`] reads and writes files, [`spawn_blocking`] runs blocking code, both on threads that come and go with the load.
//! * [`time`] waits, [`net`] speaks TCP, UDP and over Unix sockets.
//! * [`io`] reads and writes whole buffers on anything that speaks the `futures-io` traits.
//!
//! Every future of this crate has a name, `Sleep` for what `sleep(..)` returns, so that it can stand in a struct or in a machine
//! whose types are declared. They are written by hand: this crate has no async function, as it cannot use the attribute
//! `#[state_future]`, whose crate `state-future` re-exports this one and so depends on it.
//!
//! Locks, channels and events are not part of this crate: `async-channel`, `async-lock` and `event-listener` work on it
//! as they are.
//!
//! ```
//! use runtime_lite::{block_on, spawn};
//!
//! block_on(async {
//!     let (sender, receiver) = async_channel::bounded(1);
//!     let sending = spawn(async move { sender.send("hello").await });
//!     assert_eq!(receiver.recv().await, Ok("hello"));
//!     sending.await.unwrap().unwrap();
//! });
//! ```
//!
//! # Locks across an await
//!
//! A thread that holds a lock of `std` must give it back itself. A task that holds one while it waits cannot go on on another
//! thread: it is not `Send`, and [`spawn`] refuses it, naming the `MutexGuard`.
//!
//! ```compile_fail,E0277
//! use runtime_lite::{spawn, yield_now};
//! use std::sync::{Arc, Mutex};
//!
//! let count = Arc::new(Mutex::new(0));
//! spawn(async move {
//!     let mut guard = count.lock().unwrap();
//!     yield_now().await;
//!     *guard += 1;
//! });
//! ```
//!
//! The ways out, the best first: hold the lock in a block that ends before the await, as here; take the lock in a function that
//! is not async; use the lock of `async-lock`, whose guard is `Send`, if it has to be held; or run the task where it need not
//! be `Send`, on a [`LocalExecutor`]. To `drop(guard)` before the await is not enough for rustc's own `async`.
//!
//! ```
//! use runtime_lite::{block_on, spawn, yield_now};
//! use std::sync::{Arc, Mutex};
//!
//! let count = Arc::new(Mutex::new(0));
//! let held_briefly = spawn({
//!     let count = count.clone();
//!     async move {
//!         {
//!             *count.lock().unwrap() += 1;
//!         }
//!         yield_now().await;
//!     }
//! });
//! let shared = Arc::new(async_lock::Mutex::new(0));
//! let held_across = spawn({
//!     let shared = shared.clone();
//!     async move {
//!         let mut guard = shared.lock().await;
//!         yield_now().await;
//!         *guard += 1;
//!     }
//! });
//! block_on(held_briefly).unwrap();
//! block_on(held_across).unwrap();
//! assert_eq!(*count.lock().unwrap() + *shared.try_lock().unwrap(), 2);
//! ```
//!
//! # Without `std`
//!
//! With `default-features = false` the crate is `no_std` and allocates nothing: there are a [`block_on`] that spins,
//! [`block_on_with`], [`FixedExecutor`] and the combinators.
#![cfg_attr(not(feature = "std"), no_std)]
#![warn(missing_docs)]
#![deny(unsafe_op_in_unsafe_fn)]

mod combinator;
mod no_std;
mod yield_now;

pub use combinator::{
    Choice, Join, JoinTuple, Race, RaceTuple, Select, SelectTuple, TryJoin, TryJoinTuple, join,
    race, select, try_join,
};

pub use no_std::{FixedExecutor, Full, ReadyFlags, block_on_with};

#[cfg(not(feature = "std"))]
pub use no_std::block_on;

#[cfg(feature = "std")]
mod block_on;
#[cfg(feature = "std")]
mod blocking;
#[cfg(feature = "std")]
mod executor;
#[cfg(feature = "std")]
pub mod fs;
#[cfg(feature = "std")]
pub mod io;
#[cfg(feature = "std")]
mod local;
#[cfg(all(feature = "std", unix))]
pub mod net;
#[cfg(feature = "std")]
mod parker;
#[cfg(feature = "std")]
mod reactor;
#[cfg(feature = "std")]
mod sync;
#[cfg(feature = "std")]
mod task;
#[cfg(feature = "std")]
pub mod time;
#[cfg(feature = "std")]
mod wakers;

#[cfg(feature = "std")]
pub use block_on::block_on;
#[cfg(feature = "std")]
pub use blocking::spawn_blocking;
#[cfg(feature = "std")]
pub use executor::{Builder, Executor, dump, spawn, spawn_debug};
#[cfg(feature = "std")]
pub use local::{LocalExecutor, Run};
#[cfg(feature = "std")]
pub use task::{Activity, JoinError, JoinHandle, TaskDump, TaskId, TaskInfo};
pub use yield_now::{YieldNow, yield_now};
