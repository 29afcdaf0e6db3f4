//! A published crate's source, in a folder where it can be changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What goes wrong outside of the crate that is looked at.
pub type Error = Box<dyn std::error::Error>;

/// Has cargo download `name` in `version` and copies it into `folder`, which is made anew. The features are those that the
/// crate has by default.
///
/// # Errors
/// If cargo cannot get it, or the disk cannot hold it.
pub fn download(name: &str, version: &str, scratch: &Path) -> Result<PathBuf, Error> {
    fs::create_dir_all(scratch.join("src"))?;
    fs::write(scratch.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"scratch\"\nedition = \"2021\"\n[dependencies]\n{name} = \"={version}\"\n[workspace]\n"
    );
    fs::write(scratch.join("Cargo.toml"), manifest)?;
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1"])
        .current_dir(scratch)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array();
    let found = packages
        .into_iter()
        .flatten()
        .find(|package| package["name"] == name && package["version"] == version);
    let manifest = found.and_then(|package| package["manifest_path"].as_str());
    let manifest = manifest.ok_or("cargo does not say where the source is")?;
    Ok(Path::new(manifest)
        .parent()
        .ok_or("no folder")?
        .to_path_buf())
}

/// Copies a crate, as a workspace of its own that knows `state-future`.
///
/// # Errors
/// If the disk does not let us.
pub fn copy(from: &Path, to: &Path, state_future: &Path) -> Result<(), Error> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    copy_folder(from, to)?;
    let path = to.join("Cargo.toml");
    let mut manifest = fs::read_to_string(&path)?;
    manifest.push_str(&format!(
        "\n[dependencies.state-future]\npath = {state_future:?}\ndefault-features = false\n"
    ));
    if !manifest.contains("\n[workspace]") {
        manifest.push_str("\n[workspace]\n");
    }
    fs::write(path, manifest)?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            // Not `fs::copy`, which would copy the registry's write protection, too.
            fs::write(target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// The Rust files of a crate that its tests are built from, as paths within it.
///
/// # Errors
/// If a folder cannot be read.
pub fn files(of: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["src", "tests", "examples"] {
        if of.join(folder).exists() {
            rust_files(of, Path::new(folder), &mut found)?;
        }
    }
    found.sort();
    Ok(found)
}

fn rust_files(of: &Path, folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(of.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            rust_files(of, &path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}
