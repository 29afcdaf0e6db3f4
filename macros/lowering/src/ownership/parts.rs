//! What may have been moved out of a variable that still exists.

use std::collections::{BTreeMap, BTreeSet};

use super::Status;
use crate::resolve::{MentionId, Names, NodeId, Path, VariableId, overlap};

/// A part that an expression may move out of a variable: what it takes when it uses the place in its `number`th way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Part {
    pub mention: MentionId,
    pub node: NodeId,
    pub number: usize,
}

/// The parts that may be gone at a point: those that the answer to their question decides on are `Asked`, those that
/// depend on the path taken are `Unknown`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Gone(BTreeMap<(VariableId, Part), Status>);

impl Gone {
    pub fn join(&mut self, other: &Gone) {
        for status in self.0.iter_mut() {
            if other.0.get(status.0) != Some(status.1) {
                *status.1 = Status::Unknown;
            }
        }
        for part in other.0.keys() {
            self.0.entry(*part).or_insert(Status::Unknown);
        }
    }

    /// The variable has all its parts, or none.
    pub fn whole(&mut self, variable: VariableId) {
        self.0.retain(|(other, _), _| *other != variable);
    }

    pub fn moved(&mut self, variable: VariableId, part: Part) {
        self.0
            .entry((variable, part))
            .or_insert(Status::Asked(part.node));
    }

    pub fn back(&mut self, variable: VariableId, part: Part) {
        self.0.remove(&(variable, part));
    }

    /// The parts of a variable that may be gone.
    pub fn of(&self, variable: VariableId) -> impl Iterator<Item = (Part, Status)> + '_ {
        self.0
            .iter()
            .filter(move |((other, _), _)| *other == variable)
            .map(|((_, part), status)| (*part, *status))
    }

    /// A new value for the place at `path` brings back the first of these parts; of the second it brings back some.
    pub fn refill(
        &self,
        names: &Names,
        variable: VariableId,
        path: &Path,
    ) -> (Vec<Part>, Vec<Part>) {
        let site = |part: &Part| &names.sites[&part.mention];
        self.of(variable)
            .map(|(part, _)| part)
            .filter(|part| overlap(&site(part).path, path))
            .partition(|part| refills(names, part, path))
    }
}

/// Whether a new value for the place at `path` is all that the part had.
pub fn refills(names: &Names, part: &Part, path: &Path) -> bool {
    let site = &names.sites[&part.mention];
    site.path == *path && site.takes_all(part.number)
}

/// The parts that expressions may move out of each variable.
#[derive(Default)]
pub struct Parts {
    /// In source order. A part's place in the list is its bit's number.
    pub of: BTreeMap<VariableId, Vec<Part>>,
    /// Pairs of parts that may be gone at the same time.
    pub together: BTreeSet<(Part, Part)>,
    /// Nodes that may have moved out more than what is given back later.
    pub given_back_in_part: BTreeSet<(VariableId, NodeId)>,
}

impl Parts {
    pub fn note(&mut self, variable: VariableId, part: Part, gone: &Gone) {
        let parts = self.of.entry(variable).or_default();
        if !parts.contains(&part) {
            parts.push(part);
            parts.sort_unstable();
        }
        for (other, _) in gone.of(variable) {
            self.together.insert((part.min(other), part.max(other)));
        }
    }

    /// The bit that says whether the part is gone.
    pub fn bit(&self, variable: VariableId, part: &Part) -> u64 {
        let parts = self.of.get(&variable);
        let number = parts.and_then(|parts| parts.iter().position(|other| other == part));
        number.map_or(0, |number| 1u64.checked_shl(number as u32).unwrap_or(0))
    }
}
