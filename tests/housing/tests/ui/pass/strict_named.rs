#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub, nonstandard_style, rust_2018_idioms, unused)]
#![warn(warnings)]

//! Named machines in a crate that allows itself little.

use std::fmt::Debug;
use std::future::{Ready, ready};

use state_future::state_future;

/// What is documented.
pub mod api {
    use super::*;

    /// A type with methods.
    #[derive(Debug)]
    pub struct Client;

    #[state_future(named)]
    impl Client {
        /// The list's length.
        #[derive(Debug, Clone)]
        pub async fn count(&self, list: &[u32]) -> usize {
            ready(()).await;
            list.len()
        }
    }

    /// The documented length of a list of anything.
    #[state_future(named = Length)]
    #[derive(Debug)]
    pub async fn length<'a, T: Debug>(list: &'a [T]) -> (&'a [T], usize) {
        let length: usize = list.len();
        let wait: Ready<()> = ready(());
        wait.await;
        (list, length)
    }

    /// Waits.
    #[state_future(named)]
    #[deprecated = "to see that the type is not what is deprecated"]
    #[must_use]
    pub async fn wait(_: u8) {
        ready(()).await;
    }
}

fn main() {
    let client = api::Client;
    let count: api::Count<'_, '_> = client.count(&[1]);
    assert_eq!(pollster::block_on(count.clone()), pollster::block_on(count));
    let length: api::Length<'_, u8> = api::length(&[1, 2]);
    assert_eq!(pollster::block_on(length).1, 2);
    pollster::block_on(api::Wait::new(1));
}
