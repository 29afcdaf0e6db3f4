//! Takes a published crate, annotates every `async fn` in it, and runs the crate's own tests, before and after.
//!
//! Usage: `wild NAME VERSION [--without-failing] [-- OPTIONS FOR CARGO TEST]`. With `--without-failing`, functions in
//! which the compiler finds an error are left as they are, and listed by the error's kind. Everything is kept under
//! `target/wild/`. Exits with 1 if a function is not lowered or a test ends differently than before.

mod annotate;
mod cargo;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annotate::Annotated;
use cargo::{Crate, Mistake};
use source::Error;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let options = match arguments.iter().position(|argument| argument == "--") {
        Some(end) => arguments.split_off(end).split_off(1),
        None => Vec::new(),
    };
    let before = arguments.len();
    arguments.retain(|argument| argument != "--without-failing");
    let without_failing = arguments.len() < before;
    let [name, version] = arguments.as_slice() else {
        eprintln!("usage: wild NAME VERSION [--without-failing] [-- OPTIONS FOR CARGO TEST]");
        return ExitCode::from(2);
    };
    match run(name, version, without_failing, &options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{name} {version}: {error}");
            ExitCode::from(2)
        }
    }
}

/// Lines on which functions begin that are left as they are, by file.
type LeftOut = BTreeMap<PathBuf, BTreeSet<usize>>;

fn run(
    name: &str,
    version: &str,
    without_failing: bool,
    options: &[String],
) -> Result<bool, Error> {
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
        options,
    };
    source::copy(&published, &plain_folder, &workspace)?;
    let plain = crate_in(&plain_folder);
    if let Some(mistake) = plain.check()?.first() {
        return Err(format!("does not compile as published:\n{}", mistake.rendered).into());
    }
    let plain_outcomes = plain.test()?;

    source::copy(&published, &annotated_folder, &workspace)?;
    let lock = plain_folder.join("Cargo.lock");
    if lock.exists() {
        fs::copy(lock, annotated_folder.join("Cargo.lock"))?;
    }
    let annotated = crate_in(&annotated_folder);
    let mut left_out = LeftOut::new();
    let mut first_of_kind: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let (files, mistakes) = loop {
        let files = annotate_all(&published, &annotated_folder, &left_out)?;
        let mistakes = annotated.check()?;
        let found = leave_out(&mistakes, &files, &mut left_out, &mut first_of_kind);
        if mistakes.is_empty() || !without_failing || !found {
            break (files, mistakes);
        }
    };

    let read = annotated.files_read()?;
    let (read, unread): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| read.contains(*path));
    let functions = || read.iter().flat_map(|(_, file)| &file.functions);
    let lowered = functions().filter(|function| function.annotated).count();
    let total = functions().count();
    let in_macros: usize = read.iter().map(|(_, file)| file.in_macros).sum();
    let elsewhere: usize = unread.iter().map(|(_, file)| file.functions.len()).sum();
    println!("{name} {version}");
    println!("  async functions annotated: {lowered} of {total}");
    println!("  and in macros: {in_macros}; in files that this build does not read: {elsewhere}");
    for (kind, (count, first)) in &first_of_kind {
        println!(
            "  {count} with the error {kind}; the first:\n{}",
            indented(first)
        );
    }
    if !mistakes.is_empty() {
        println!("  does not compile, {} errors:", mistakes.len());
        for mistake in mistakes.iter().take(3) {
            println!("{}", indented(&mistake.rendered));
        }
        return Ok(false);
    }

    let outcomes = annotated.test()?;
    let (passed, before) = (outcomes.count("ok"), plain_outcomes.count("ok"));
    println!("  tests passed: {passed} of {before} that pass as published");
    let differing = plain_outcomes.differing(&outcomes);
    for test in &differing {
        println!("  ends differently: {test}");
    }
    let (before, after) = (plain.time(name)?, annotated.time(name)?);
    let (before, after) = (before.as_secs_f64(), after.as_secs_f64());
    let ratio = after / before;
    println!("  build time: {before:.2} s, annotated {after:.2} s, ratio {ratio:.2}");
    Ok(lowered == total && differing.is_empty())
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

fn indented(text: &str) -> String {
    text.trim_end()
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect()
}
