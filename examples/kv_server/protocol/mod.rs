//! RESP2 and RESP3, the protocols of Redis.

mod reply;
mod request;

pub use reply::{Reply, Version};
pub use request::{Parser, Request};
