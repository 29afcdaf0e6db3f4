//! Building a crate and running its tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::source::Error;

/// How long a crate's tests may run before they count as hung.
const PATIENCE: &str = "900";

/// A copy of the crate, and where it is built.
pub struct Crate<'a> {
    pub folder: &'a Path,
    pub build: &'a Path,
    /// Options for cargo: features, for example.
    pub options: &'a [String],
    /// Whether the compiler stops before it makes code.
    pub only_check: bool,
}

/// An error of the compiler's.
#[derive(Clone, Debug)]
pub struct Mistake {
    /// The error's code, or its message up to the first name in it.
    pub kind: String,
    pub rendered: String,
    /// Where it is reported: files of the crate, with the line.
    pub places: Vec<(PathBuf, usize)>,
}

/// What the compiler says of a crate.
pub struct Checked {
    pub mistakes: Vec<Mistake>,
    /// The crate's files that the compiler has read for what it has built.
    pub read: BTreeSet<PathBuf>,
}

/// How the tests went: how often which test ended how.
#[derive(Default, Debug, PartialEq, Eq)]
pub struct Outcomes(pub BTreeMap<(String, String), usize>);

impl Crate<'_> {
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("timeout");
        command
            .args(["--kill-after=10", PATIENCE, env!("CARGO")])
            .args(arguments)
            .args(self.options)
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.build)
            .env("CARGO_INCREMENTAL", "0");
        command
    }

    /// Builds the tests.
    ///
    /// # Errors
    /// If cargo itself fails: a dependency does not build, or the manifest is not valid.
    pub fn check(&self) -> Result<Checked, Error> {
        let arguments: &[&str] = match (self.only_check, selects_targets(self.options)) {
            (false, _) => &["test", "--no-run", "--no-fail-fast"],
            (true, false) => &["check", "--tests", "--examples", "--keep-going"],
            (true, true) => &["check", "--profile", "test", "--keep-going"],
        };
        let arguments = [arguments, &["--message-format=json"]].concat();
        let output = self.cargo(&arguments).output()?;
        let reports: Vec<Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let mistakes = mistakes(&reports, self.folder);
        if !output.status.success() && mistakes.is_empty() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let read = self.files_read(&reports)?;
        Ok(Checked { mistakes, read })
    }

    /// Builds the crate and its tests anew, its dependencies being built; gives the seconds.
    ///
    /// # Errors
    /// If cargo cannot be run.
    pub fn time(&self, name: &str) -> Result<f64, Error> {
        Command::new(env!("CARGO"))
            .args(["clean", "--package", name])
            .current_dir(self.folder)
            .env("CARGO_TARGET_DIR", self.build)
            .output()?;
        let (begin, worked) = (Instant::now(), processor_time());
        self.cargo(&["test", "--no-run"]).output()?;
        let worked = processor_time().zip(worked);
        let spent = worked.map_or(begin.elapsed(), |(after, before)| {
            after.saturating_sub(before)
        });
        Ok(spent.as_secs_f64())
    }

    /// Runs the tests.
    ///
    /// # Errors
    /// If cargo cannot be run.
    pub fn test(&self) -> Result<Outcomes, Error> {
        let output = self.cargo(&["test", "--no-fail-fast"]).output()?;
        Ok(outcomes(&String::from_utf8_lossy(&output.stdout)))
    }

    /// The crate's files of which what is built has been made.
    fn files_read(&self, reports: &[Value]) -> Result<BTreeSet<PathBuf>, Error> {
        let mut read = BTreeSet::new();
        let manifest = self.folder.join("Cargo.toml");
        let mine = |report: &&Value| {
            report["manifest_path"].as_str().map(Path::new) == Some(manifest.as_path())
        };
        for report in reports.iter().filter(mine) {
            let made = report["filenames"].as_array().into_iter().flatten();
            for dependencies in made.filter_map(|made| dependencies_of(made.as_str()?)) {
                for word in fs::read_to_string(dependencies)?.split_whitespace() {
                    let word = Path::new(word.trim_end_matches(':'));
                    let word = word.strip_prefix(self.folder).unwrap_or(word);
                    if self.folder.join(word).exists() {
                        read.insert(word.to_path_buf());
                    }
                }
            }
        }
        Ok(read)
    }
}

/// Whether the options for cargo say themselves what is to be built.
fn selects_targets(options: &[String]) -> bool {
    const SELECTING: [&str; 9] = [
        "--lib",
        "--bins",
        "--bin",
        "--examples",
        "--example",
        "--tests",
        "--test",
        "--benches",
        "--all-targets",
    ];
    let is_selecting = |option: &String| {
        let name = option.split('=').next().unwrap_or_default();
        SELECTING.contains(&name)
    };
    options.iter().any(is_selecting)
}

/// The list that the compiler writes beside what it makes, of the files that it has read.
fn dependencies_of(made: &str) -> Option<PathBuf> {
    let made = Path::new(made);
    let name = made.file_stem()?.to_str()?;
    let names = [Some(name), name.strip_prefix("lib")].into_iter().flatten();
    let mut lists = names.map(|name| made.with_file_name(format!("{name}.d")));
    lists.find(|list| list.exists())
}

/// The processor time of all processes that were started and have ended, which other work on the machine disturbs less
/// than it does the clock on the wall; where the system tells it.
fn processor_time() -> Option<Duration> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = status.rsplit(") ").next()?.split(' ').collect();
    let ticks: u64 = fields.get(13)?.parse::<u64>().ok()? + fields.get(14)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn mistakes(reports: &[Value], folder: &Path) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for report in reports {
        let message = &report["message"];
        let code = message["code"]["code"].as_str();
        let text = message["message"].as_str().unwrap_or_default();
        if message["level"] != "error" || text.starts_with("aborting due to") {
            continue;
        }
        let mut places = Vec::new();
        for span in message["spans"].as_array().into_iter().flatten() {
            if span["is_primary"] == true {
                places_of(span, folder, &mut places);
            }
        }
        mistakes.push(Mistake {
            kind: code.map_or_else(|| without_names(text), str::to_string),
            rendered: message["rendered"].as_str().unwrap_or_default().to_string(),
            places,
        });
    }
    mistakes
}

/// Where a span lies, and where the macros that made it were called.
fn places_of(span: &Value, folder: &Path, places: &mut Vec<(PathBuf, usize)>) {
    let file = Path::new(span["file_name"].as_str().unwrap_or_default());
    let file = file.strip_prefix(folder).unwrap_or(file);
    if let (true, Some(line)) = (folder.join(file).exists(), span["line_start"].as_u64()) {
        places.push((file.to_path_buf(), line as usize));
    }
    if span["expansion"].is_object() {
        places_of(&span["expansion"]["span"], folder, places);
    }
}

/// An error's message without the names in it, so that the same mistake counts once.
fn without_names(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    let parts = first.split('`').enumerate();
    parts
        .map(|(index, part)| if index % 2 == 0 { part } else { "`..`" })
        .collect()
}

fn outcomes(output: &str) -> Outcomes {
    let mut outcomes = Outcomes::default();
    for line in output.lines() {
        let Some((name, outcome)) = line
            .strip_prefix("test ")
            .and_then(|line| line.rsplit_once(" ... "))
        else {
            continue;
        };
        let key = (name.to_string(), outcome.to_string());
        *outcomes.0.entry(key).or_default() += 1;
    }
    outcomes
}

impl Outcomes {
    pub fn count(&self, outcome: &str) -> usize {
        let found = self.0.iter().filter(|((_, known), _)| known == outcome);
        found.map(|(_, count)| count).sum()
    }

    /// The tests that end differently here and there.
    pub fn differing<'a>(&'a self, other: &'a Outcomes) -> BTreeSet<&'a str> {
        let (mine, theirs) = (self.0.iter(), other.0.iter());
        let changed = mine
            .filter(|(key, count)| other.0.get(key) != Some(count))
            .chain(theirs.filter(|(key, count)| self.0.get(key) != Some(count)));
        changed.map(|((name, _), _)| name.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{outcomes, selects_targets, without_names};

    #[test]
    fn counts_tests_by_name_and_outcome() {
        let plain = outcomes("running 2 tests\ntest a ... ok\ntest b - should panic ... ok\n");
        let annotated = outcomes("test a ... ok\ntest b - should panic ... FAILED\n");
        assert_eq!((plain.count("ok"), annotated.count("ok")), (2, 1));
        let differing: Vec<&str> = plain.differing(&annotated).into_iter().collect();
        assert_eq!(differing, ["b - should panic"]);
    }

    #[test]
    fn options_that_select_targets() {
        let given = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(|option| option.to_string()).collect();
            selects_targets(&options)
        };
        assert!(given(&["--all-features", "--lib"]) && given(&["--test=all"]));
        assert!(!given(&["--features", "lib"]) && !given(&[]));
    }

    #[test]
    fn names_do_not_make_a_kind() {
        assert_eq!(
            without_names("`a!` holds an `.await`\nhelp"),
            "`..` holds an `..`"
        );
    }
}
