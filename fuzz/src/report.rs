//! Prints findings and totals.

use crate::grammar::Program;
use crate::judge::Verdict;
use crate::shard::SUPPORT;
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What became of all programs of a run.
#[derive(Debug, Default)]
pub struct Totals {
    /// How many were generated.
    pub programs: usize,
    /// How many scenarios both twins went through alike.
    pub scenarios: usize,
    /// In how many of these rustc's twin leaked what the other dropped.
    pub leaks_avoided: usize,
    /// How many behave alike.
    pub same: usize,
    /// How many do not.
    pub differing: usize,
    /// How many rustc does not accept, by error.
    pub rejected: BTreeMap<String, usize>,
    /// How many rustc accepts and the lowering does not, by error.
    pub refused: BTreeMap<String, usize>,
}

impl Totals {
    /// Counts a program.
    pub fn add(&mut self, verdict: &Verdict) {
        self.programs += 1;
        match verdict {
            Verdict::Rejected { form, .. } => *self.rejected.entry(form.clone()).or_default() += 1,
            Verdict::Refused { form, .. } => *self.refused.entry(form.clone()).or_default() += 1,
            Verdict::Same {
                scenarios,
                leaks_avoided,
            } => {
                self.same += 1;
                self.scenarios += scenarios;
                self.leaks_avoided += leaks_avoided;
            }
            Verdict::Differs(_) => self.differing += 1,
        }
    }

    /// How many rustc accepts and the lowering does not.
    pub fn refusals(&self) -> usize {
        self.refused.values().sum()
    }

    /// Prints them.
    pub fn print(&self, seed: u64, took: Duration) {
        let rejected: usize = self.rejected.values().sum();
        let accepted = self.programs - rejected;
        let refused = self.refusals();
        println!("\nrejected by rustc, by error:");
        print_counts(&self.rejected);
        println!("accepted by rustc but not lowered, by error:");
        print_counts(&self.refused);
        println!(
            "\nseed {seed}: {} programs, {rejected} rejected by rustc, {accepted} accepted\n\
             of these {refused} not lowered ({:.2} %), {} mismatches, {} the same in {} scenarios\n\
             (in {} of them, with a panic in a drop, rustc's own future leaks a value)\n\
             took {} s",
            self.programs,
            100.0 * refused as f64 / accepted.max(1) as f64,
            self.differing,
            self.same,
            self.scenarios,
            self.leaks_avoided,
            took.as_secs(),
        );
    }
}

fn print_counts(counts: &BTreeMap<String, usize>) {
    let mut counts: Vec<_> = counts.iter().collect();
    counts.sort_by_key(|&(_, &count)| std::cmp::Reverse(count));
    for (form, count) in counts {
        println!("{count:6}  {form}");
    }
}

/// Prints a finding as a file of the corpus, ready to paste, with what it shows.
pub fn print_finding(seed: u64, program: &Program, verdict: &Verdict) {
    let name = format!("fuzzed_{seed}_{}", program.index);
    let words = match verdict {
        Verdict::Refused { error, .. } | Verdict::Rejected { error, .. } => error,
        Verdict::Differs(report) => report,
        Verdict::Same { .. } => return,
    };
    let item = program.item(&name);
    let mut file = support_of(&item);
    file.push_str(&item);
    let construct = program.construct(&name);
    let edition = program.edition.year();
    println!(
        "\n--- program {} of seed {seed}, edition {edition}",
        program.index
    );
    println!("{}", formatted(&file).trim_end());
    println!("\ncases! {{\n    {name}_case: {construct},\n}}\n");
    println!("{}\n---", words.trim_end());
}

/// The support items that a program names, with those that these name.
fn support_of(item: &str) -> String {
    let mut items: Vec<String> = Vec::new();
    for paragraph in SUPPORT.split("\n\n").skip(1) {
        // A blank line within an item separates its methods.
        match paragraph.starts_with([' ', '}']) {
            true => {
                let last = items.last_mut().expect("an item begins before its middle");
                last.push_str("\n\n");
                last.push_str(paragraph);
            }
            false => items.push(paragraph.to_owned()),
        }
    }
    let mut needed = String::new();
    for text in items {
        if defines_any_of(&text, item) {
            needed.push_str(text.trim_end());
            needed.push_str("\n\n");
        }
    }
    needed
}

/// Whether an item defines something that the program names: the methods of an inherent `impl`, else the item.
fn defines_any_of(text: &str, program: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .map(str::to_owned)
            .collect()
    };
    let program = words(program);
    let is_named = |name: &String| program.contains(name);
    let text = words(text);
    let after = |keyword: &str| {
        text.windows(2)
            .filter(|pair| pair[0] == keyword)
            .map(|pair| pair[1].clone())
            .collect::<Vec<_>>()
    };
    match &*text[0] {
        "impl" if text[2] == "for" => is_named(&text[1]),
        _ => ["fn", "struct", "enum", "trait"]
            .iter()
            .flat_map(|keyword| after(keyword))
            .any(|name| is_named(&name)),
    }
}

/// As rustfmt writes it, or as it is if there is no rustfmt.
fn formatted(text: &str) -> String {
    let run = || {
        let mut rustfmt = Command::new("rustfmt")
            .args(["--edition", "2024"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut input = rustfmt.stdin.take()?;
        input.write_all(text.as_bytes()).ok()?;
        drop(input);
        let output = rustfmt.wait_with_output().ok()?;
        let formatted = String::from_utf8(output.stdout).ok()?;
        output.status.success().then_some(formatted)
    };
    run().unwrap_or_else(|| text.to_owned())
}
