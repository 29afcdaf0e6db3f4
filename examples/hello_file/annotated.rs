//! `create -> write_all -> Ok`, as it is written.

#[cfg(test)]
use crate::disk::File;
#[cfg(not(test))]
use state_future::runtime::fs::File;
use state_future::runtime::io::AsyncWriteExt;
use state_future::state_future;
use std::io;
use std::path::Path;

/// Creates a file that says hello.
#[state_future]
pub async fn hello(path: &Path) -> io::Result<()> {
    let mut file = File::create(path).await?;
    file.write_all(b"hello, file\n").await?;
    Ok(())
}
