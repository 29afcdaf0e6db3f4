#![forbid(unsafe_code)]
#![deny(missing_docs, unreachable_pub, nonstandard_style, rust_2018_idioms, unused)]
#![warn(warnings)]

//! A crate that allows itself little.

use state_future::state_future;

struct Type;

#[state_future]
impl Type {
    async fn get(&self, list: &[u32]) -> u32 {
        std::future::ready(()).await;
        list.len().try_into().unwrap_or_default()
    }
}

#[state_future]
async fn get<T: Clone>(value: &T) -> (T, u32) {
    (value.clone(), Type.get(&[1]).await)
}

fn main() {
    assert_eq!(pollster::block_on(get(&2)), (2, 1));
}
