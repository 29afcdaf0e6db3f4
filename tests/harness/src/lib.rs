//! Runs one async body compiled twice, plain and lowered, and compares everything that can be observed of the two:
//! evaluation, polls, wakes, drops, panics and output, in order, on every path out of the body.
//!
//! A body is written once, in a file that uses the names of this crate's [`prelude`]:
//!
//! ```text
//! #[lower]
//! async fn local_drops_before_parameter(parameter: Noisy) -> u32 {
//!     let local = noisy("local");
//!     tick("pause").await;
//!     local.look() + parameter.look()
//! }
//!
//! cases! {
//!     local_drops_before_parameter(noisy("parameter")),
//! }
//! ```
//!
//! and compiled by one line, `differential::twins!("../../corpus/file.rs");`, which gives a test for every case and
//! one that compares the sizes.

mod auto_traits;
mod compare;
mod leaf;
mod leak;
mod lock;
mod noisy;
mod scenario;
mod services;
mod side_by_side;
mod size;
mod subject;
mod trace;
mod twins;
mod waker;

pub use compare::{Mismatch, Summary, assert_same, compare};
pub use differential_passthrough::passthrough;
pub use scenario::{Ending, Run, Scenario, run};
pub use size::{SizeRow, assert_not_larger, pair_up, size_of_constructed};
pub use state_future::state_future;
pub use subject::{Subject, subject};

#[doc(hidden)]
pub use auto_traits::{AutoTraits, NotSend, NotSync};

/// What a body of the corpus is written with.
pub mod prelude {
    pub use crate::auto_traits::{require_send, require_sync};
    pub use crate::leaf::{Holding, Leaf, Pause, Source, leaf, pause, tick};
    pub use crate::lock::{Guard, Lock, lock};
    pub use crate::noisy::{Noisy, View, noisy};
    pub use crate::services::{
        Connection, Failure, Feed, Request, both, connection, fail, feed, request, succeed,
    };
    pub use crate::trace::{mark, value};
    pub use crate::{is_send, is_sync};
    pub use std::fmt::Debug;
    pub use std::future::Future;
    pub use std::pin::Pin;
}
