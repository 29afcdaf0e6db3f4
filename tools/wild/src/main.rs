//! Takes a published crate, annotates every `async fn` in it, and runs the crate's own tests, before and after.
//!
//! Usage: `wild NAME VERSION [--without-failing] [--check] [-- OPTIONS FOR CARGO TEST]`. With `--without-failing`,
//! functions in which the compiler finds an error are left as they are, and counted by the error's kind. With `--check`,
//! nothing is run nor timed, and the compiler stops before it makes code. The last line is a row for the table in
//! `tests/README.md`. Everything is kept under `target/wild/`. Exits with 1 if a function is not lowered or a test ends
//! differently than before.

mod annotate;
mod cargo;
mod report;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annotate::Annotated;
use cargo::{Checked, Crate, Mistake};
use report::{Functions, Report, Tests};
use source::Error;

const USAGE: &str =
    "usage: wild NAME VERSION [--without-failing] [--check] [-- OPTIONS FOR CARGO TEST]";

/// What is asked for.
struct Request {
    name: String,
    version: String,
    without_failing: bool,
    only_check: bool,
    options: Vec<String>,
}

impl Request {
    fn parse(mut arguments: Vec<String>) -> Option<Self> {
        let options = match arguments.iter().position(|argument| argument == "--") {
            Some(end) => arguments.split_off(end).split_off(1),
            None => Vec::new(),
        };
        let mut given = |flag: &str| {
            let before = arguments.len();
            arguments.retain(|argument| argument != flag);
            arguments.len() < before
        };
        let (without_failing, only_check) = (given("--without-failing"), given("--check"));
        let [name, version] = arguments.try_into().ok()?;
        Some(Request {
            name,
            version,
            without_failing,
            only_check,
            options,
        })
    }
}

fn main() -> ExitCode {
    let Some(request) = Request::parse(std::env::args().skip(1).collect()) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let (name, version) = (&request.name, &request.version);
    match run(&request) {
        Ok(report) => {
            print!("{report}");
            if report.is_exact() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("{name} {version}: {error}");
            ExitCode::from(2)
        }
    }
}

/// Lines on which functions begin that are left as they are, by file.
type LeftOut = BTreeMap<PathBuf, BTreeSet<usize>>;

fn run(request: &Request) -> Result<Report, Error> {
    let Request { name, version, .. } = request;
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = workspace.canonicalize()?;
    let wild = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(target) => std::path::absolute(target)?.join("wild"),
        None => workspace.join("target/wild"),
    };
    let folder = wild.join(format!("{name}-{version}"));
    let published = source::download(name, version, &folder.join("scratch"))?;
    let build = wild.join("build");
    let (plain_folder, annotated_folder) = (folder.join("plain"), folder.join("annotated"));
    let crate_in = |folder| Crate {
        folder,
        build: &build,
        options: &request.options,
        only_check: request.only_check,
    };
    source::copy(&published, &plain_folder, &workspace)?;
    let plain = crate_in(&plain_folder);
    if let Some(mistake) = plain.check()?.mistakes.first() {
        return Err(format!("does not compile as published:\n{}", mistake.rendered).into());
    }
    source::copy(&published, &annotated_folder, &workspace)?;
    let lock = plain_folder.join("Cargo.lock");
    if lock.exists() {
        fs::copy(lock, annotated_folder.join("Cargo.lock"))?;
    }
    let annotated = crate_in(&annotated_folder);
    let mut left_out = LeftOut::new();
    let mut first_of_kind: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (files, checked) = loop {
        let files = annotate_all(&published, &annotated_folder, &left_out)?;
        let checked = annotated.check()?;
        let mistakes = &checked.mistakes;
        let found = leave_out(mistakes, &files, &mut left_out, &mut first_of_kind);
        if mistakes.is_empty() || !request.without_failing || !found {
            break (files, checked);
        }
    };
    let Checked { mistakes, read } = checked;
    // What does not compile leaves no list of files.
    let is_read = |path: &PathBuf| !mistakes.is_empty() || read.contains(path);
    let mut report = Report {
        name: name.clone(),
        version: version.clone(),
        options: request.options.clone(),
        functions: Functions::of(&files, is_read),
        left_out: first_of_kind,
        mistakes: mistakes.into_iter().map(|one| one.rendered).collect(),
        tests: None,
    };
    if report.mistakes.is_empty() && !request.only_check {
        let (before, after) = (plain.test()?, annotated.test()?);
        let differing = before.differing(&after).into_iter();
        report.tests = Some(Tests {
            passed: after.count("ok"),
            published: before.count("ok"),
            differing: differing.map(str::to_string).collect(),
            build: (plain.time(name)?, annotated.time(name)?),
        });
    }
    Ok(report)
}

/// Writes every file of the crate with its attributes.
fn annotate_all(
    published: &Path,
    folder: &Path,
    left_out: &LeftOut,
) -> Result<BTreeMap<PathBuf, Annotated>, Error> {
    let mut files = BTreeMap::new();
    let nothing = BTreeSet::new();
    for path in source::files(published)? {
        let text = fs::read_to_string(published.join(&path))?;
        // Templates and cases of compiler tests need not be Rust; they stay as they are.
        if let Ok(annotated) = annotate::annotate(&text, left_out.get(&path).unwrap_or(&nothing)) {
            if fs::read_to_string(folder.join(&path))? != annotated.text {
                fs::write(folder.join(&path), &annotated.text)?;
            }
            files.insert(path, annotated);
        }
    }
    Ok(files)
}

/// Leaves out the annotated functions in which errors lie, and counts the errors; says whether there was one more.
fn leave_out(
    mistakes: &[Mistake],
    files: &BTreeMap<PathBuf, Annotated>,
    left_out: &mut LeftOut,
    first_of_kind: &mut BTreeMap<String, (usize, String)>,
) -> bool {
    let mut found = false;
    for mistake in mistakes {
        let mut is_new = false;
        for (path, line) in &mistake.places {
            let Some(file) = files.get(path) else {
                continue;
            };
            let annotated = file.functions.iter().filter(|function| function.annotated);
            let around = annotated
                .clone()
                .filter(|function| function.lines.0 <= *line && *line <= function.lines.1);
            let innermost = around.map(|function| function.lines.0).max();
            let block = annotated.filter_map(|function| function.block);
            let block = block.filter(|first| first == line).max();
            if let Some(first) = innermost.or(block) {
                is_new |= left_out.entry(path.clone()).or_default().insert(first);
                break;
            }
        }
        if is_new || mistake.places.is_empty() {
            let entry = first_of_kind
                .entry(mistake.kind.clone())
                .or_insert_with(|| (0, mistake.rendered.clone()));
            entry.0 += 1;
        }
        found |= is_new;
    }
    found
}
