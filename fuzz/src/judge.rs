//! Takes programs through rustc and the harness and says what became of each.

use crate::execute::{Outcome, execute};
use crate::grammar::Program;
use crate::shard::{Compiled, Half, Workshop};
use crate::toolchain::Diagnostic;
use std::io;

/// What became of a program.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// rustc does not accept the plain function: it is thrown away.
    Rejected {
        /// The error, with what varies left out.
        form: String,
        /// The error in full.
        error: String,
    },
    /// rustc accepts it, and the lowering refuses it or makes what rustc does not accept.
    Refused {
        /// The error, with what varies left out.
        form: String,
        /// The error in full.
        error: String,
    },
    /// Both twins do the same.
    Same {
        /// In so many scenarios.
        scenarios: usize,
        /// In so many of them rustc's twin leaked what the other dropped.
        leaks_avoided: usize,
    },
    /// They do not.
    Differs(String),
}

impl Verdict {
    /// What kind of finding it is; shrinking keeps it. `None` if it is none.
    pub fn finding(&self) -> Option<String> {
        match self {
            Verdict::Rejected { .. } | Verdict::Same { .. } => None,
            Verdict::Refused { form, .. } => Some(form.clone()),
            Verdict::Differs(_) => Some("differs".to_owned()),
        }
    }
}

/// Judges programs of one edition.
///
/// # Errors
/// If rustc cannot be run or files cannot be written.
pub fn judge(workshop: &Workshop, programs: &[&Program]) -> io::Result<Vec<Verdict>> {
    let mut verdicts: Vec<Option<Verdict>> = vec![None; programs.len()];
    let all: Vec<usize> = (0..programs.len()).collect();
    let accepted = compile(workshop, programs, all, Half::Plain, &mut verdicts)?;
    let accepted = accepted.into_iter().flatten().collect();
    compile(workshop, programs, accepted, Half::Both, &mut verdicts)?;
    Ok(verdicts
        .into_iter()
        .map(|verdict| verdict.expect("each program has been judged"))
        .collect())
}

/// Compiles one half of the programs at these positions until the rest compiles. If an error does not tell which
/// program is wrong, each half of the programs is compiled on its own. Both halves together are run, too.
fn compile(
    workshop: &Workshop,
    programs: &[&Program],
    mut positions: Vec<usize>,
    half: Half,
    verdicts: &mut [Option<Verdict>],
) -> io::Result<Vec<Vec<usize>>> {
    while !positions.is_empty() {
        let chosen: Vec<&Program> = positions
            .iter()
            .map(|&position| programs[position])
            .collect();
        match workshop.compile(&chosen, half)? {
            Compiled::Fully(program) => {
                if half == Half::Both {
                    let outcomes = execute(&program, positions.len())?;
                    for (&position, outcome) in positions.iter().zip(outcomes) {
                        verdicts[position] = Some(match outcome {
                            Outcome::Same {
                                scenarios,
                                leaks_avoided,
                            } => Verdict::Same {
                                scenarios,
                                leaks_avoided,
                            },
                            Outcome::Differs(report) => Verdict::Differs(report),
                        });
                    }
                }
                return Ok(vec![positions]);
            }
            Compiled::Failed(failures) => {
                let mut gone = vec![false; positions.len()];
                for (place, error) in failures {
                    gone[place] = true;
                    verdicts[positions[place]] = Some(failure(half, &error));
                }
                let mut gone = gone.into_iter();
                positions.retain(|_| !gone.next().expect("one for each position"));
            }
            Compiled::Unclear(words) if positions.len() == 1 => {
                let error = Diagnostic {
                    code: String::new(),
                    message: words.lines().next().unwrap_or_default().to_owned(),
                    rendered: words,
                    places: Vec::new(),
                };
                verdicts[positions[0]] = Some(failure(half, &error));
                return Ok(Vec::new());
            }
            Compiled::Unclear(_) => {
                let right = positions.split_off(positions.len() / 2);
                let mut groups = compile(workshop, programs, positions, half, verdicts)?;
                groups.extend(compile(workshop, programs, right, half, verdicts)?);
                return Ok(groups);
            }
        }
    }
    Ok(Vec::new())
}

fn failure(half: Half, error: &Diagnostic) -> Verdict {
    let form = form(error);
    let error = error.rendered.clone();
    match half {
        Half::Plain => Verdict::Rejected { form, error },
        Half::Lowered | Half::Both => Verdict::Refused { form, error },
    }
}

/// An error without the names in it, so that errors of one kind are counted together.
fn form(error: &Diagnostic) -> String {
    let first = error.message.lines().next().unwrap_or_default();
    let is_ours = first.contains("#[state_future]");
    let mut text = match error.code.is_empty() {
        true => String::new(),
        false => format!("{}: ", error.code),
    };
    for (number, piece) in first.split('`').enumerate() {
        match number % 2 {
            1 if is_ours => text.push_str(&format!("`{piece}`")),
            1 => text.push_str("`_`"),
            _ => text.push_str(piece),
        }
    }
    text
}
