//! A shard: many programs in one crate, so that rustc starts once for all of them.

use crate::grammar::{Edition, Program};
use crate::toolchain::{Diagnostic, Emit, Toolchain};
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

/// The items that generated programs use beside the harness' prelude.
pub const SUPPORT: &str = include_str!("../support/support.rs");
const DRIVER: &str = include_str!("../support/driver.rs");

/// What is not the program's fault or is of no interest.
const ALLOWED: &str =
    "#![allow(warnings, arithmetic_overflow, unconditional_panic, unconditional_recursion)]\n";

/// A folder in which shards are compiled one after another.
pub struct Workshop<'a> {
    folder: PathBuf,
    toolchain: &'a Toolchain,
}

/// Which programs of a shard failed to compile, by their positions, each with its first error.
pub enum Compiled {
    /// All of them compiled.
    Fully(PathBuf),
    /// These did not; others may be found wrong when these are gone.
    Failed(Vec<(usize, Diagnostic)>),
    /// An error that tells no program.
    Unclear(String),
}

/// What rustc says of the programs of a shard.
pub struct Errors {
    /// Of each program, in rustc's order.
    pub by_program: Vec<Vec<Diagnostic>>,
    /// What tells no program.
    pub of_none: Vec<Diagnostic>,
}

/// Which half of a shard is compiled, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The plain functions alone.
    Plain,
    /// The lowered functions alone.
    Lowered,
    /// Both, with the program that compares them.
    Both,
}

impl<'a> Workshop<'a> {
    /// A workshop in this folder, which is made.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn new(folder: &Path, toolchain: &'a Toolchain) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join("support.rs"), SUPPORT)?;
        std::fs::write(folder.join("driver.rs"), DRIVER)?;
        Ok(Self {
            folder: folder.to_owned(),
            toolchain,
        })
    }

    /// Compiles programs, which are all of one edition.
    ///
    /// # Errors
    /// If rustc cannot be run or files cannot be written.
    pub fn compile(&self, programs: &[&Program], half: Half) -> io::Result<Compiled> {
        let Errors {
            by_program,
            of_none,
        } = self.errors(programs, half)?;
        let mut failed = Vec::new();
        for (position, errors) in by_program.into_iter().enumerate() {
            failed.extend(errors.into_iter().next().map(|first| (position, first)));
        }
        Ok(match of_none.into_iter().next() {
            Some(error) if failed.is_empty() => Compiled::Unclear(error.rendered),
            None if failed.is_empty() => Compiled::Fully(self.folder.join("shard")),
            _ => Compiled::Failed(failed),
        })
    }

    /// All errors in programs of one edition.
    ///
    /// # Errors
    /// If rustc cannot be run or files cannot be written.
    pub fn errors(&self, programs: &[&Program], half: Half) -> io::Result<Errors> {
        let mut errors = Errors {
            by_program: vec![Vec::new(); programs.len()],
            of_none: Vec::new(),
        };
        let Some(first) = programs.first() else {
            return Ok(errors);
        };
        let edition: Edition = first.edition;
        let (source, ends) = programs_file(programs);
        std::fs::write(self.folder.join("programs.rs"), source)?;
        let root = self.folder.join("shard.rs");
        std::fs::write(&root, root_file(programs, half))?;
        let (emit, output) = match half {
            Half::Plain | Half::Lowered => (Emit::Check, self.folder.join("libshard.rmeta")),
            Half::Both => (Emit::Program, self.folder.join("shard")),
        };
        let found = self
            .toolchain
            .compile(&root, edition.year(), emit, &output)?;
        for error in found {
            let mut places = error.places.iter();
            match places.find(|place| place.file.ends_with("programs.rs")) {
                Some(place) => {
                    let position = ends.partition_point(|&end| end < place.line);
                    errors.by_program[position].push(error);
                }
                None => errors.of_none.push(error),
            }
        }
        Ok(errors)
    }
}

/// The functions, each in a module, and the last line of each.
fn programs_file(programs: &[&Program]) -> (String, Vec<usize>) {
    let mut source = String::new();
    let mut ends = Vec::new();
    for (position, program) in programs.iter().enumerate() {
        let _ = writeln!(
            source,
            "pub mod p{position} {{\nuse super::*;\n{}\n\
             pub fn construct() -> impl Future<Output = impl Debug> {{ {} }}\n}}",
            program.item(&format!("body{position}")),
            program.construct(&format!("body{position}")),
        );
        ends.push(source.lines().count());
    }
    (source, ends)
}

fn root_file(programs: &[&Program], half: Half) -> String {
    let mut source = ALLOWED.to_owned();
    let mut module = |name: &str, attribute: &str| {
        let _ = writeln!(
            source,
            "pub mod {name} {{\nuse differential::{attribute} as lower;\nuse differential::prelude::*;\n\
             include!(\"support.rs\");\ninclude!(\"programs.rs\");\n}}"
        );
    };
    if half != Half::Lowered {
        module("plain", "passthrough");
    }
    if half != Half::Plain {
        module("lowered", "state_future");
    }
    if half != Half::Both {
        return source;
    }
    source.push_str("mod driver;\nfn main() {\ndriver::run(&[\n");
    for position in 0..programs.len() {
        let _ = writeln!(
            source,
            "({position}, || differential::compare(plain::p{position}::construct, lowered::p{position}::construct)),"
        );
    }
    source.push_str("]);\n}\n");
    source
}
