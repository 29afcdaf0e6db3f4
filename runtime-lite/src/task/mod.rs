//! Tasks: futures that run on their own, and the handles that wait for them.
//!
//! A task is one allocation made by `async-task`: its state, a [`Header`], and the future, which makes room for the
//! output when it has ended. [`Contained`] wraps the future so that panics and aborts end in the handle.

mod contained;
mod dump;
mod error;
mod handle;
mod header;
mod registry;

pub(crate) use contained::contain;
pub use dump::{Activity, TaskDump};
pub(crate) use dump::{Printing, Silent, Telling, is_taking_aside, take_aside};
pub use error::JoinError;
pub use handle::JoinHandle;
pub(crate) use header::Home;
pub(crate) use header::{Header, Runnable};
pub use header::{TaskId, TaskInfo};
pub(crate) use registry::Registry;
