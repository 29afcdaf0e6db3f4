//! Takes away from a finding what it does not need.

use crate::grammar::Program;
use crate::judge::{Verdict, judge};
use crate::shard::Workshop;
use crate::tree::{Path, Sort, Tree};
use std::io;

/// How many changes are tried at once, those that take away most first.
const BATCH: usize = 40;

/// One change to a program.
#[derive(Clone)]
enum Change {
    /// Another node at this path of the body.
    Node(Path, Tree),
    /// The parameter with this number is gone.
    Parameter(usize),
}

/// The smallest program found that is a finding of the same kind, and its verdict.
///
/// # Errors
/// If rustc cannot be run or files cannot be written.
pub fn shrink(
    workshop: &Workshop,
    program: &Program,
    verdict: &Verdict,
) -> io::Result<(Program, Verdict)> {
    let finding = verdict.finding();
    let keeps = |candidates: &[Program]| -> io::Result<Vec<Option<Verdict>>> {
        let candidates: Vec<&Program> = candidates.iter().collect();
        let verdicts = judge(workshop, &candidates)?;
        Ok(verdicts
            .into_iter()
            .map(|verdict| Some(verdict).filter(|verdict| verdict.finding() == finding))
            .collect())
    };
    let mut best = (program.clone(), verdict.clone());
    'smaller: loop {
        let mut changes = changes(&best.0);
        changes.sort_by_key(|change| size(&apply(&best.0, std::slice::from_ref(change))));
        for batch in changes.chunks(BATCH) {
            let candidates: Vec<Program> = batch
                .iter()
                .map(|change| apply(&best.0, std::slice::from_ref(change)))
                .collect();
            let kept = keeps(&candidates)?;
            let useful: Vec<Change> = batch
                .iter()
                .zip(&kept)
                .filter(|(_, verdict)| verdict.is_some())
                .map(|(change, _)| change.clone())
                .collect();
            // Several at once, as many as go together.
            let together = independent(&useful);
            let lengths = std::iter::successors(Some(together.len()), |&length| {
                (length > 1).then_some(length * 2 / 3)
            });
            let combined: Vec<Program> = lengths
                .map(|length| apply(&best.0, &together[..length]))
                .collect();
            let combined_kept = keeps(&combined)?;
            let smallest = combined
                .into_iter()
                .zip(combined_kept)
                .chain(candidates.into_iter().zip(kept))
                .filter_map(|(candidate, verdict)| Some((candidate, verdict?)))
                .min_by_key(|(candidate, _)| size(candidate));
            if let Some(smaller) = smallest {
                best = smaller;
                continue 'smaller;
            }
        }
        return Ok(best);
    }
}

fn size(program: &Program) -> usize {
    program.body.size() + 20 * program.parameters.len()
}

/// Changes of which none is within another.
fn independent(changes: &[Change]) -> Vec<Change> {
    let mut chosen: Vec<Change> = Vec::new();
    for change in changes {
        let clashes = |other: &Change| match (change, other) {
            (Change::Node(left, _), Change::Node(right, _)) => {
                left.starts_with(right) || right.starts_with(left)
            }
            (Change::Parameter(_), Change::Parameter(_)) => true,
            _ => false,
        };
        if !chosen.iter().any(clashes) {
            chosen.push(change.clone());
        }
    }
    chosen
}

fn apply(program: &Program, changes: &[Change]) -> Program {
    let mut program = program.clone();
    for change in changes {
        match change {
            Change::Node(path, node) => program.body = program.body.with(path, node.clone()),
            Change::Parameter(number) => {
                program.parameters.remove(*number);
            }
        }
    }
    program
}

/// All changes that make a program smaller. What they make of it need not be well-typed.
fn changes(program: &Program) -> Vec<Change> {
    let mut changes: Vec<Change> = (0..program.parameters.len())
        .map(Change::Parameter)
        .collect();
    for path in program.body.paths() {
        let node = program.body.at(&path);
        let mut replace = |tree: Tree| {
            if tree.size() < node.size() {
                changes.push(Change::Node(path.clone(), tree));
            }
        };
        match &node.sort {
            Sort::Statement => {
                replace(Tree::statement("", vec![]));
                let inner = below(node, |sort| *sort == Sort::Statement);
                if !inner.is_empty() {
                    let holes = vec!["$"; inner.len()].join("\n");
                    replace(Tree::statement(holes, inner));
                }
            }
            Sort::Expression(ty) => {
                for inner in below(node, |sort| *sort == node.sort) {
                    replace(inner);
                }
                if let Some(text) = ty.plainest() {
                    replace(Tree::expression(ty, text, vec![]));
                }
                if *ty == crate::grammar::Type::Bool {
                    replace(Tree::expression(ty, "false", vec![]));
                }
            }
            Sort::Fixed => {}
        }
    }
    changes
}

/// The nodes below one that fit and have no other that fits above them.
fn below(node: &Tree, fits: impl Fn(&Sort) -> bool + Copy) -> Vec<Tree> {
    let mut found = Vec::new();
    for child in &node.children {
        match fits(&child.sort) {
            true => found.push(child.clone()),
            false => found.extend(below(child, fits)),
        }
    }
    found
}
