//! Calls cargo for the harness and rustc for shards.

use crate::options::Options;
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A compiler with the libraries that shards are linked with.
#[derive(Clone, Debug)]
pub struct Toolchain {
    /// `+nightly` and the like, or nothing.
    channel: Option<String>,
    /// What every rustc is given besides.
    flags: Vec<String>,
    differential: PathBuf,
    state_future: PathBuf,
    dependencies: PathBuf,
}

/// What kind of output is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emit {
    /// Nothing but errors.
    Check,
    /// A program.
    Program,
}

/// An error of rustc.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its code, empty if it has none.
    pub code: String,
    /// Its first line.
    pub message: String,
    /// As rustc would print it.
    pub rendered: String,
    /// Where in the root source it is, the innermost place of the primary span first: file name, line and column.
    pub places: Vec<Place>,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file as rustc was given it.
    pub file: String,
    /// The first line, from 1.
    pub line: usize,
    /// The first column, from 1.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last one.
    pub end_column: usize,
    /// Whether the error points at it rather than explains by it.
    pub is_primary: bool,
    /// Whether it is where a macro was called that wrote what the error is about.
    pub is_expansion: bool,
}

impl Toolchain {
    /// Builds the harness and finds its libraries.
    ///
    /// # Errors
    /// If cargo cannot be run or the harness does not compile.
    pub fn prepare(root: &Path, options: &Options) -> io::Result<Self> {
        let (channel, flags) = (options.channel.as_deref(), &options.flags);
        let mut cargo = Command::new("cargo");
        cargo.current_dir(root);
        if let Some(channel) = channel {
            cargo.arg(format!("+{channel}"));
        }
        cargo.args([
            "build",
            "--package",
            "differential",
            "--message-format=json",
            "--quiet",
        ]);
        if !flags.is_empty() {
            // With a target given, the flags are not for the proc macros.
            cargo.args(["--target", HOST]);
            if has_leak_sanitizer(flags) {
                cargo.args(["--features", "differential/leak-sanitizer"]);
            }
            cargo.env("RUSTFLAGS", flags.join(" "));
        }
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0");
        cargo.env("CARGO_INCREMENTAL", "0");
        let optimise = options.optimise.to_string();
        cargo.env("CARGO_PROFILE_DEV_BUILD_OVERRIDE_OPT_LEVEL", optimise);
        let output = cargo.stderr(std::process::Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(io::Error::other("the harness does not compile"));
        }
        let artifacts: Vec<Value> = lines_of_json(&output.stdout)
            .filter(|message| message["reason"] == "compiler-artifact")
            .collect();
        let library = |name: &str| {
            artifacts
                .iter()
                .filter(|artifact| artifact["target"]["name"] == name)
                .flat_map(|artifact| artifact["filenames"].as_array().into_iter().flatten())
                .filter_map(Value::as_str)
                .find(|file| file.ends_with(".rlib"))
                .map(PathBuf::from)
                .ok_or_else(|| io::Error::other(format!("cargo names no library of {name}")))
        };
        let differential = library("differential")?;
        let state_future = library("state_future")?;
        let folder = differential.parent().expect("a library is in a folder");
        let dependencies = match folder.ends_with("deps") {
            true => folder.to_owned(),
            false => folder.join("deps"),
        };
        Ok(Self {
            channel: channel.map(str::to_owned),
            flags: flags.to_owned(),
            differential,
            state_future,
            dependencies,
        })
    }

    /// Compiles `source` and gives the errors. No error means that `output`, if a program is asked for, is there.
    ///
    /// # Errors
    /// If rustc cannot be run or fails without an error message.
    pub fn compile(
        &self,
        source: &Path,
        edition: &str,
        emit: Emit,
        output: &Path,
    ) -> io::Result<Vec<Diagnostic>> {
        let mut rustc = Command::new("rustc");
        if let Some(channel) = &self.channel {
            rustc.arg(format!("+{channel}"));
        }
        rustc.arg(source).args(["--edition", edition]);
        rustc.args([
            "--cap-lints",
            "allow",
            "--error-format",
            "json",
            "-C",
            "debuginfo=0",
        ]);
        rustc.args(["--crate-name", "shard"]);
        match emit {
            Emit::Check => rustc.args(["--crate-type", "lib", "--emit", "metadata"]),
            Emit::Program => rustc.args(["--crate-type", "bin", "--emit", "link"]),
        };
        rustc.arg("-o").arg(output);
        rustc
            .arg("-L")
            .arg(joined("dependency=", &self.dependencies));
        // The proc macros are the host's.
        if !self.flags.is_empty() {
            rustc.args(["--target", HOST]).args(&self.flags);
            if let Some(host) = self.dependencies.ancestors().nth(3) {
                rustc
                    .arg("-L")
                    .arg(joined("dependency=", &host.join("debug/deps")));
            }
        }
        rustc
            .arg("--extern")
            .arg(joined("differential=", &self.differential));
        rustc
            .arg("--extern")
            .arg(joined("state_future=", &self.state_future));
        let Output { status, stderr, .. } = rustc.output()?;
        let errors: Vec<Diagnostic> = lines_of_json(&stderr)
            .filter(|message| message["level"] == "error" && message["message"].is_string())
            .filter(|message| !is_summary(message))
            .map(|message| diagnostic(&message))
            .collect();
        if !status.success() && errors.is_empty() {
            let words = String::from_utf8_lossy(&stderr);
            return Err(io::Error::other(format!(
                "rustc failed without an error:\n{words}"
            )));
        }
        Ok(errors)
    }
}

/// The target of instrumented builds.
const HOST: &str = "x86_64-unknown-linux-gnu";

fn has_leak_sanitizer(flags: &[String]) -> bool {
    flags.iter().any(|flag| flag.contains("sanitizer=address"))
}

fn joined(prefix: &str, path: &Path) -> std::ffi::OsString {
    let mut text = std::ffi::OsString::from(prefix);
    text.push(path);
    text
}

fn lines_of_json(bytes: &[u8]) -> impl Iterator<Item = Value> {
    bytes
        .split(|&byte| byte == b'\n')
        .filter_map(|line| serde_json::from_slice(line).ok())
}

/// "aborting due to 3 previous errors"
fn is_summary(message: &Value) -> bool {
    let text = message["message"].as_str().unwrap_or_default();
    text.starts_with("aborting due to") || text.starts_with("For more information")
}

fn diagnostic(message: &Value) -> Diagnostic {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut places = Vec::new();
    let spans: Vec<&Value> = message["spans"].as_array().into_iter().flatten().collect();
    for primary in [true, false] {
        for span in spans.iter().filter(|span| span["is_primary"] == primary) {
            let mut span: &Value = span;
            let mut is_expansion = false;
            loop {
                let number = |name: &str| span[name].as_u64().unwrap_or_default() as usize;
                places.push(Place {
                    file: text(&span["file_name"]),
                    line: number("line_start"),
                    column: number("column_start"),
                    end_line: number("line_end"),
                    end_column: number("column_end"),
                    is_primary: primary,
                    is_expansion,
                });
                if span["expansion"].is_null() {
                    break;
                }
                span = &span["expansion"]["span"];
                is_expansion = true;
            }
        }
    }
    Diagnostic {
        code: text(&message["code"]["code"]),
        message: text(&message["message"]),
        rendered: text(&message["rendered"]),
        places,
    }
}
