//! Compares the errors of ill-typed functions: under the attribute rustc's own error must come, on the user's own tokens, and
//! nothing about generated code before it.

mod mutations;

use crate::grammar::{Edition, Program, generate};
use crate::options::Options;
use crate::random::Random;
use crate::shard::{Half, Workshop};
use crate::toolchain::{Diagnostic, Place, Toolchain};
use mutations::{MISTAKES, Mistake, mistaken};
use std::collections::BTreeMap;
use std::io;

/// How many programs a crate.
const BATCH: usize = 30;

/// What the errors of a mistake's programs were like.
#[derive(Default)]
struct Tally {
    /// rustc's own error came first.
    exact: usize,
    /// It came, but after others.
    late: usize,
    /// It did not come.
    missing: usize,
}

/// Checks the errors of so many ill-typed functions and says whether all are right.
///
/// # Errors
/// If rustc cannot be run or files cannot be written.
pub fn check_diagnostics(
    options: &Options,
    toolchain: &Toolchain,
    count: usize,
) -> io::Result<bool> {
    let workshop = Workshop::new(&options.folder.join("diagnostics"), toolchain)?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut next = options.first;
    let mut checked = 0;
    for number in 0.. {
        if checked >= count {
            break;
        }
        // Errors of one kind hide no others: rustc finds them in the same pass.
        let mistake = MISTAKES[number % MISTAKES.len()];
        let edition = match (number / MISTAKES.len()) % 2 {
            0 => Edition::E2024,
            _ => Edition::E2021,
        };
        let programs = ill_typed(options, &workshop, mistake, edition, &mut next)?;
        let programs: Vec<&Program> = programs.iter().take(count - checked).collect();
        let plain = workshop.errors(&programs, Half::Plain)?.by_program;
        let lowered = workshop.errors(&programs, Half::Lowered)?.by_program;
        let tally = tallies.entry(format!("{mistake:?}")).or_default();
        for (program, (plain, lowered)) in programs.iter().zip(plain.iter().zip(&lowered)) {
            if plain.is_empty() {
                continue;
            }
            checked += 1;
            let is_known = |error: &Diagnostic| plain.iter().any(|own| is_same(own, error));
            match lowered.iter().position(is_known) {
                Some(0) => tally.exact += 1,
                Some(_) => tally.late += 1,
                None => tally.missing += 1,
            }
            if !lowered.first().is_some_and(is_known) {
                print_difference(program, mistake, plain, lowered);
            }
        }
    }
    println!("\nmistake: rustc's own error first, later, missing");
    for (mistake, tally) in &tallies {
        println!(
            "{mistake:16} {:4} {:4} {:4}",
            tally.exact, tally.late, tally.missing
        );
    }
    let wrong: usize = tallies
        .values()
        .map(|tally| tally.late + tally.missing)
        .sum();
    println!("{checked} ill-typed functions, {wrong} with other errors first");
    Ok(wrong == 0)
}

/// Programs of this edition that rustc accepts but for this mistake.
fn ill_typed(
    options: &Options,
    workshop: &Workshop,
    mistake: Mistake,
    edition: Edition,
    next: &mut usize,
) -> io::Result<Vec<Program>> {
    let mut programs = Vec::new();
    while programs.len() < BATCH {
        let program = generate(options.seed, *next, options.features);
        *next += 1;
        if program.edition == edition {
            programs.push(program);
        }
    }
    let all: Vec<&Program> = programs.iter().collect();
    let mut accepted = workshop.errors(&all, Half::Plain)?.by_program.into_iter();
    programs.retain(|_| accepted.next().is_some_and(|errors| errors.is_empty()));
    Ok(programs
        .iter()
        .filter_map(|program| {
            let mut random = Random::new(options.seed, program.index as u64);
            mistaken(program, mistake, &mut random)
        })
        .collect())
}

/// The same code on the same tokens.
fn is_same(left: &Diagnostic, right: &Diagnostic) -> bool {
    let primary = |error: &Diagnostic| -> Option<Place> {
        error
            .places
            .iter()
            .find(|place| place.is_primary && place.file.ends_with("programs.rs"))
            .cloned()
    };
    left.code == right.code && left.message == right.message && primary(left) == primary(right)
}

fn print_difference(
    program: &Program,
    mistake: Mistake,
    plain: &[Diagnostic],
    lowered: &[Diagnostic],
) {
    println!("\n--- {mistake:?} in program {}: rustc says", program.index);
    for error in plain.iter().take(2) {
        println!("{}", error.rendered.trim_end());
    }
    println!("--- under the attribute it says");
    match lowered {
        [] => println!("nothing"),
        _ => lowered
            .iter()
            .take(2)
            .for_each(|error| println!("{}", error.rendered.trim_end())),
    }
}
