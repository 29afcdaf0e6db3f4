//! Files, by way of the threads of [`spawn_blocking`](crate::spawn_blocking).
//!
//! Like an `async fn`, each function here does nothing until its future is polled. When a future is dropped, what it
//! asked for is not done if it has not begun, and done to its end otherwise.
//!
//! ```
//! use runtime_lite::{block_on, fs};
//!
//! let path = std::env::temp_dir().join(format!("runtime-lite-{}", std::process::id()));
//! block_on(async {
//!     fs::write(&path, "some text").await?;
//!     assert_eq!(fs::read_to_string(&path).await?, "some text");
//!     assert_eq!(fs::metadata(&path).await?.len(), 9);
//!     fs::remove_file(&path).await
//! })?;
//! # Ok::<(), std::io::Error>(())
//! ```

mod file;
mod operation;

pub use file::{File, FileMetadata, SetLen, SyncAll};
use operation::{Operation, named_operation};
use std::fs::{self as blocking, Metadata};
use std::path::{Path, PathBuf};

/// Reads a whole file.
pub fn read(path: impl AsRef<Path>) -> Read {
    Read::new(path.as_ref().to_owned())
}

/// Reads a whole file that must be UTF-8.
pub fn read_to_string(path: impl AsRef<Path>) -> ReadToString {
    ReadToString::new(path.as_ref().to_owned())
}

/// Writes a whole file, in place of what it held if it was there.
pub fn write(path: impl AsRef<Path>, contents: impl AsRef<[u8]>) -> Write {
    Write::new((path.as_ref().to_owned(), contents.as_ref().to_owned()))
}

/// What is known about a file: its length, kind, times and rights.
pub fn metadata(path: impl AsRef<Path>) -> MetadataOf {
    MetadataOf::new(path.as_ref().to_owned())
}

/// Creates a folder and all that it lies in.
pub fn create_dir_all(path: impl AsRef<Path>) -> CreateDirAll {
    CreateDirAll::new(path.as_ref().to_owned())
}

/// Removes a file.
pub fn remove_file(path: impl AsRef<Path>) -> RemoveFile {
    RemoveFile::new(path.as_ref().to_owned())
}

/// Renames a file, in place of the one with the new name if there is one.
pub fn rename(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Rename {
    Rename::new((from.as_ref().to_owned(), to.as_ref().to_owned()))
}

impl File {
    /// Opens a file for reading.
    pub fn open(path: impl AsRef<Path>) -> Open {
        Open::new(path.as_ref().to_owned())
    }

    /// Opens a file for writing, empty, creating it if it is not there.
    pub fn create(path: impl AsRef<Path>) -> Create {
        Create::new(path.as_ref().to_owned())
    }
}

named_operation! {
    /// The future of [`read`].
    Read(PathBuf) -> Vec<u8>, blocking::read
}

named_operation! {
    /// The future of [`read_to_string`].
    ReadToString(PathBuf) -> String, blocking::read_to_string
}

named_operation! {
    /// The future of [`write()`].
    Write((PathBuf, Vec<u8>)) -> (), |(path, contents)| blocking::write(path, contents)
}

named_operation! {
    /// The future of [`metadata`].
    MetadataOf(PathBuf) -> Metadata, blocking::metadata
}

named_operation! {
    /// The future of [`create_dir_all`].
    CreateDirAll(PathBuf) -> (), blocking::create_dir_all
}

named_operation! {
    /// The future of [`remove_file`].
    RemoveFile(PathBuf) -> (), blocking::remove_file
}

named_operation! {
    /// The future of [`rename`].
    Rename((PathBuf, PathBuf)) -> (), |(from, to)| blocking::rename(from, to)
}

named_operation! {
    /// The future of [`File::open`].
    Open(PathBuf) -> File, |path| blocking::File::open(path).map(File::from)
}

named_operation! {
    /// The future of [`File::create`].
    Create(PathBuf) -> File, |path| blocking::File::create(path).map(File::from)
}
