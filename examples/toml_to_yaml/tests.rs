//! What the example promises.

use super::{check_identical, run_all};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own for each test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("toml_to_yaml-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, contents: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, contents).unwrap();
        path
    }

    fn output(&self) -> PathBuf {
        self.0.join("output")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

const EVERY_KIND: &str = r#"
name = "first: # of \"many\""
count = -7
share = 0.5
when = 1979-05-27T07:32:00Z
flags = [true, false]

[nested.table]
empty = []

[[list]]
number = 1

[[list]]
number = 2
"#;

#[test]
fn every_way_writes_the_same_yaml() {
    let scratch = Scratch::new("same");
    let first = scratch.file("first.toml", EVERY_KIND);
    let second = scratch.file("second.toml", "answer = 42\n");
    let report = run_all([&first, &second], &scratch.output()).unwrap();
    check_identical(&report).unwrap();
    assert_eq!(report.len(), 3);
    for (_, [first, second]) in &report {
        let expected = "name: 'first: # of \"many\"'\ncount: -7\nshare: 0.5\nwhen: 1979-05-27T07:32:00Z\nflags:\n- true\n- \
                        false\nnested:\n  table:\n    empty: []\nlist:\n- number: 1\n- number: 2\n";
        assert_eq!(fs::read_to_string(first).unwrap(), expected);
        assert_eq!(fs::read_to_string(second).unwrap(), "answer: 42\n");
    }
}

#[test]
fn inputs_of_one_name_do_not_overwrite_each_other() {
    let scratch = Scratch::new("name");
    let first = scratch.file("one/same.toml", "number = 1\n");
    let second = scratch.file("two/same.toml", "number = 2\n");
    for (_, [first, second]) in run_all([&first, &second], &scratch.output()).unwrap() {
        assert_eq!(fs::read_to_string(first).unwrap(), "number: 1\n");
        assert_eq!(fs::read_to_string(second).unwrap(), "number: 2\n");
    }
}

/// Runs each way alone on inputs that it must refuse.
fn assert_refused(scratch: &Scratch, inputs: [&Path; 2], message: &str) {
    for way in &super::WAYS {
        let [first, second] = super::Job::pair(inputs, &scratch.output());
        let failure = (way.run)(&first, &second).unwrap_err().to_string();
        assert!(failure.starts_with(message), "{}: {failure}", way.name);
        assert!(!scratch.output().exists(), "{} wrote something", way.name);
    }
}

#[test]
fn a_missing_file_is_named_and_nothing_is_written() {
    let scratch = Scratch::new("missing");
    let present = scratch.file("present.toml", "answer = 42\n");
    let absent = scratch.0.join("absent.toml");
    let message = format!("cannot read {}: ", absent.display());
    assert_refused(&scratch, [&absent, &present], &message);
    assert_refused(&scratch, [&present, &absent], &message);
}

#[test]
fn a_malformed_file_is_named_and_nothing_is_written() {
    let scratch = Scratch::new("malformed");
    let good = scratch.file("good.toml", "answer = 42\n");
    let bad = scratch.file("bad.toml", "answer = \n");
    let message = format!("{} is not valid TOML: ", bad.display());
    assert_refused(&scratch, [&bad, &good], &message);
    assert_refused(&scratch, [&good, &bad], &message);
}
