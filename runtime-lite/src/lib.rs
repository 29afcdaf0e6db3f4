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
//! * [`join!`], [`try_join!`], [`race!`] and [`select!`] combine futures without allocating.
//! * [`fs`] reads and writes files, [`spawn_blocking`] runs blocking code, both on threads that come and go with the load.
//! * [`time`] waits, [`net`] speaks TCP, UDP and over Unix sockets.
//! * [`io`] reads and writes whole buffers on anything that speaks the `futures-io` traits.
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
mod task;
#[cfg(feature = "std")]
pub mod time;

#[cfg(feature = "std")]
pub use block_on::block_on;
#[cfg(feature = "std")]
pub use blocking::spawn_blocking;
#[cfg(feature = "std")]
pub use executor::{Builder, Executor, spawn};
#[cfg(feature = "std")]
pub use local::{LocalExecutor, Run};
#[cfg(feature = "std")]
pub use task::{JoinError, JoinHandle, TaskId, TaskInfo};
pub use yield_now::{YieldNow, yield_now};
