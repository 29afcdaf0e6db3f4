//! The first function of every async tutorial, annotated and by hand.
//!
//! `cargo run --example hello_file [FILE]` creates the file twice, once with each, and shows what is in it.
//!
//! [`annotated::hello`] and [`by_hand::hello`] are the same machine: the attribute writes the enum of `by_hand.rs` out of
//! the function in `annotated.rs`. The tests run both on a disk that can be watched.

mod annotated;
mod by_hand;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod tests;

use state_future::runtime::{block_on, fs};
use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let default = || std::env::temp_dir().join("hello.txt");
    let path = std::env::args_os()
        .nth(1)
        .map_or_else(default, PathBuf::from);
    block_on(async {
        annotated::hello(&path).await?;
        println!("annotated: {:?}", fs::read_to_string(&path).await?);
        by_hand::hello(&path).await?;
        println!("by hand:   {:?}", fs::read_to_string(&path).await?);
        println!("in {}", path.display());
        Ok(())
    })
}
