//! The command line.

use crate::grammar::Features;
use std::path::{Path, PathBuf};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many programs.
    pub programs: usize,
    /// The number of the first.
    pub first: usize,
    /// What they are drawn from.
    pub seed: u64,
    /// How many a crate.
    pub shard: usize,
    /// How many threads.
    pub jobs: usize,
    /// How many mismatches are shrunk.
    pub shrinks: usize,
    /// Whether one program of each kind that rustc rejects is printed.
    pub rejected: bool,
    /// Judge and print this program alone.
    pub only: Option<usize>,
    /// Check the errors of so many ill-typed programs instead.
    pub diagnostics: Option<usize>,
    /// What programs may contain.
    pub features: Features,
    /// The toolchain, if it is not the default.
    pub channel: Option<String>,
    /// What rustc is given besides.
    pub flags: Vec<String>,
    /// How far the proc macro is optimised: worth its time in a long run.
    pub optimise: u8,
    /// Where shards are compiled.
    pub folder: PathBuf,
}

const USAGE: &str = "\
usage: state-future-fuzz [options]
  --programs N         how many programs (1000)
  --first N            the number of the first (0)
  --seed N             what they are drawn from (1)
  --shard N            how many programs a crate (100)
  --jobs N             how many crates at a time (the processors)
  --shrinks N          how many mismatches are shrunk (20)
  --only N             judge, shrink and print the program with this number
  --diagnostics N      check the errors of so many ill-typed programs instead
  --rejected on|off    print one program of each kind that rustc rejects (off)
  --partial-moves on|off  whether a part of a variable is moved (off)
  --optimise 0|1|2|3   how far the lowering is optimised (1)
  --folder PATH        where crates are compiled (target/fuzz)
  --toolchain NAME     another toolchain, such as nightly
  --flag FLAG          a flag for rustc; may be given several times";

impl Options {
    /// Reads the command line.
    ///
    /// # Errors
    /// If it does not follow the usage, which the error then is.
    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
            PathBuf::from,
        );
        let mut options = Self {
            programs: 1000,
            first: 0,
            seed: 1,
            shard: 100,
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            shrinks: 20,
            rejected: false,
            only: None,
            diagnostics: None,
            features: Features {
                partial_moves: false,
            },
            channel: None,
            flags: Vec::new(),
            optimise: 1,
            folder: target.join("fuzz"),
        };
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| USAGE.to_owned())?;
            let number = || {
                value
                    .parse::<usize>()
                    .map_err(|_| format!("{name} {value}: not a number\n{USAGE}"))
            };
            match &*name {
                "--programs" => options.programs = number()?,
                "--first" => options.first = number()?,
                "--seed" => options.seed = number()? as u64,
                "--shard" => options.shard = number()?.max(1),
                "--jobs" => options.jobs = number()?.max(1),
                "--shrinks" => options.shrinks = number()?,
                "--optimise" => options.optimise = number()?.min(3) as u8,
                "--only" => options.only = Some(number()?),
                "--diagnostics" => options.diagnostics = Some(number()?),
                "--rejected" => options.rejected = value == "on",
                "--partial-moves" => options.features.partial_moves = value == "on",
                "--toolchain" => options.channel = Some(value),
                "--folder" => options.folder = PathBuf::from(value),
                "--flag" => options.flags.push(value),
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}
