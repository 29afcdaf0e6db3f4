//! What is said of a crate, and as a row of the table in `tests/README.md`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::annotate::Annotated;

/// How a crate fares with every `async fn` annotated.
pub struct Report {
    pub name: String,
    pub version: String,
    /// Options for cargo.
    pub options: Vec<String>,
    pub functions: Functions,
    /// What stays as it is, by the error's kind: how often, and the first.
    pub left_out: BTreeMap<String, (usize, String)>,
    /// The errors of a crate that does not compile.
    pub mistakes: Vec<String>,
    /// Unless only compiled.
    pub tests: Option<Tests>,
}

/// The `async fn`s with a body in the files that the build reads.
pub struct Functions {
    pub annotated: usize,
    pub total: usize,
    pub in_macros: usize,
    /// How many stand in files that this build does not read.
    pub elsewhere: BTreeMap<PathBuf, usize>,
}

/// The crate's own tests.
pub struct Tests {
    pub passed: usize,
    /// How many pass as published.
    pub published: usize,
    /// The names of those that end differently.
    pub differing: Vec<String>,
    /// Seconds the crate and its tests take to build, as published and annotated.
    pub build: (f64, f64),
}

impl Functions {
    /// Of all files of a crate, those that `is_read` are counted.
    pub fn of(files: &BTreeMap<PathBuf, Annotated>, is_read: impl Fn(&PathBuf) -> bool) -> Self {
        let mut counted = Functions {
            annotated: 0,
            total: 0,
            in_macros: 0,
            elsewhere: BTreeMap::new(),
        };
        for (path, file) in files {
            let functions = &file.functions;
            if is_read(path) {
                counted.annotated += functions.iter().filter(|one| one.annotated).count();
                counted.total += functions.len();
                counted.in_macros += file.in_macros;
            } else if !functions.is_empty() {
                counted.elsewhere.insert(path.clone(), functions.len());
            }
        }
        counted
    }
}

impl Report {
    /// Whether every function is lowered and every test ends as it did.
    pub fn is_exact(&self) -> bool {
        let alike = |tests: &Tests| tests.differing.is_empty();
        self.mistakes.is_empty()
            && self.functions.annotated == self.functions.total
            && self.tests.as_ref().is_none_or(alike)
    }

    /// A row of the table.
    fn row(&self) -> String {
        let Functions {
            annotated, total, ..
        } = self.functions;
        let name = [self.name.as_str(), self.version.as_str()].into_iter();
        let name: Vec<&str> = name
            .chain(self.options.iter().map(String::as_str))
            .collect();
        let left_out = self.left_out.iter();
        let left_out: Vec<String> = left_out
            .map(|(kind, (count, _))| format!("{count} × {}", kind.replace('|', "\\|")))
            .collect();
        let left_out = left_out.join("; ");
        let (tests, ratio) = match &self.tests {
            Some(tests) => {
                let ratio = tests.build.1 / tests.build.0;
                let counts = format!("{} / {}", tests.published, tests.passed);
                (counts, format!("{ratio:.1}"))
            }
            None => (String::from("not run"), String::from("not timed")),
        };
        let left_out = if left_out.is_empty() {
            "–"
        } else {
            &left_out
        };
        let name = name.join(" ");
        format!("| {name} | {annotated} of {total} | {tests} | {ratio} | {left_out} |")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, version, functions) = (&self.name, &self.version, &self.functions);
        let Functions {
            annotated, total, ..
        } = functions;
        writeln!(out, "{name} {version}")?;
        writeln!(out, "  async functions annotated: {annotated} of {total}")?;
        let elsewhere: usize = functions.elsewhere.values().sum();
        let in_macros = functions.in_macros;
        writeln!(
            out,
            "  and in macros: {in_macros}; in files that this build does not read: {elsewhere}"
        )?;
        for (path, count) in &functions.elsewhere {
            writeln!(out, "    {count} in {}", path.display())?;
        }
        for (kind, (count, first)) in &self.left_out {
            let first = indented(first);
            writeln!(out, "  {count} with the error {kind}; the first:\n{first}")?;
        }
        if !self.mistakes.is_empty() {
            writeln!(out, "  does not compile, {} errors:", self.mistakes.len())?;
            for mistake in self.mistakes.iter().take(3) {
                writeln!(out, "{}", indented(mistake))?;
            }
            return Ok(());
        }
        if let Some(tests) = &self.tests {
            let (passed, published) = (tests.passed, tests.published);
            writeln!(
                out,
                "  tests passed: {passed} of {published} that pass as published"
            )?;
            for test in &tests.differing {
                writeln!(out, "  ends differently: {test}")?;
            }
            let (before, after) = tests.build;
            let ratio = after / before;
            writeln!(
                out,
                "  build time: {before:.2} s, annotated {after:.2} s, ratio {ratio:.2}"
            )?;
        }
        writeln!(out, "{}", self.row())
    }
}

fn indented(text: &str) -> String {
    text.trim_end()
        .lines()
        .map(|line| format!("    {line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Functions, Report, Tests};

    #[test]
    fn row_says_what_stays_refused() {
        let functions = Functions {
            annotated: 8,
            total: 9,
            in_macros: 0,
            elsewhere: Default::default(),
        };
        let tests = Tests {
            passed: 3,
            published: 4,
            differing: Vec::new(),
            build: (2.0, 5.0),
        };
        let report = Report {
            name: "a".into(),
            version: "1.0.0".into(),
            options: vec!["--all-features".into()],
            functions,
            left_out: [("a form".to_string(), (1, String::new()))].into(),
            mistakes: Vec::new(),
            tests: Some(tests),
        };
        assert_eq!(
            report.row(),
            "| a 1.0.0 --all-features | 8 of 9 | 4 / 3 | 2.5 | 1 × a form |"
        );
        assert!(!report.is_exact());
    }
}
