//! Tasks of as little as will do, and the list of them.

mod dump;
mod header;
#[path = "../../../src/task/registry.rs"]
mod registry;
mod registry_models;

pub(crate) use header::{Header, Runnable, TaskInfo};
