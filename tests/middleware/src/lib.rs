//! Middleware for [`tower`] whose futures have names: `type Future = Retry<S, R>;`, without a box.
//!
//! [`retry`] is an ordinary `async fn` with an attribute; [`RetryLayer`] puts it around a service. [`BoxedRetryLayer`] does the same as
//! it has to be done without names.

#![deny(missing_docs)]

mod boxed;
mod ready;
mod retry;

pub use boxed::{BoxedRetryLayer, BoxedRetrying};
pub use ready::Readying;
pub use retry::{Failed, Policy, Retry, RetryLayer, Retrying, retry};
