//! What is to be done, and how it can fail.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

/// One file to turn into another.
#[derive(Clone, Debug)]
pub struct Job {
    /// The TOML file.
    pub input: PathBuf,
    /// The YAML file.
    pub output: PathBuf,
}

impl Job {
    /// The jobs for two inputs, with outputs of different names in one folder.
    pub fn pair(inputs: [&Path; 2], folder: &Path) -> [Self; 2] {
        let [first, second] = inputs.map(|input| {
            input
                .file_name()
                .unwrap_or(input.as_os_str())
                .to_string_lossy()
                .into_owned()
        });
        let second = if first == second {
            format!("{second}.2")
        } else {
            second
        };
        let job = |input: &Path, name| Self {
            input: input.to_owned(),
            output: folder.join(format!("{name}.yaml")),
        };
        [job(inputs[0], first), job(inputs[1], second)]
    }

    /// The folder that the output goes to.
    pub fn folder(&self) -> &Path {
        self.output.parent().unwrap_or(Path::new("."))
    }
}

/// Why a job was not done, and with which file.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// The file cannot be read.
    pub fn reading(path: &Path, error: io::Error) -> Self {
        Self(format!("cannot read {}: {error}", path.display()))
    }

    /// The file cannot be written.
    pub fn writing(path: &Path, error: io::Error) -> Self {
        Self(format!("cannot write {}: {error}", path.display()))
    }

    /// The file is not TOML.
    pub fn malformed(path: &Path, error: toml::de::Error) -> Self {
        Self(format!("{} is not valid TOML: {error}", path.display()))
    }

    /// The file's contents cannot be said in YAML.
    pub fn unwritable(path: &Path, error: serde_norway::Error) -> Self {
        Self(format!("cannot turn {} into YAML: {error}", path.display()))
    }

    /// Two ways have written different bytes.
    pub fn differs(expected: &Path, found: &Path) -> Self {
        Self(format!(
            "{} and {} differ",
            expected.display(),
            found.display()
        ))
    }

    /// The code that did the job has panicked.
    pub fn panicked(path: &Path) -> Self {
        Self(format!("the conversion of {} panicked", path.display()))
    }
}

impl Display for Failure {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
