//! Which variables hold a value at the same time.

use std::collections::{BTreeMap, BTreeSet};

use super::Ways;
use crate::resolve::{NodeId, VariableId};

/// Pairs of variables: one that gets a value, and another that has one then.
#[derive(Default)]
pub struct Together(BTreeMap<(VariableId, VariableId), Overlap>);

/// When two variables hold a value at the same time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Overlap {
    Never,
    /// Unless the expressions of all these nodes consume one of them.
    Unless(BTreeSet<NodeId>),
    Always,
}

impl Overlap {
    /// With a variable that holds a value by these ways.
    pub fn with(ways: &Ways) -> Overlap {
        match ways.depend() {
            None => Overlap::Always,
            Some(nodes) if nodes.is_empty() => Overlap::Never,
            Some(nodes) => Overlap::Unless(nodes.clone()),
        }
    }

    /// If either is the case.
    pub fn or(self, other: Overlap) -> Overlap {
        match (self, other) {
            (Overlap::Never, one) | (one, Overlap::Never) => one,
            (Overlap::Unless(mut nodes), Overlap::Unless(more)) => {
                nodes.extend(more);
                Overlap::Unless(nodes)
            }
            _ => Overlap::Always,
        }
    }
}

impl Together {
    /// `filled` gets a value while `other` is in one of these ways.
    pub fn note(&mut self, filled: VariableId, other: VariableId, ways: &Ways) {
        let known = self.0.entry((filled, other)).or_insert(Overlap::Never);
        *known = std::mem::replace(known, Overlap::Never).or(Overlap::with(ways));
    }

    pub fn are(&self, one: VariableId, other: VariableId) -> bool {
        self.0.contains_key(&(one, other)) || self.0.contains_key(&(other, one))
    }

    /// When one of them holds its value while the other gets one.
    pub fn overlap(&self, one: VariableId, other: VariableId) -> Overlap {
        let noted = [(one, other), (other, one)].map(|pair| self.0.get(&pair));
        let noted = noted.into_iter().flatten().cloned();
        noted.fold(Overlap::Never, Overlap::or)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::*;

    #[test]
    fn what_has_been_consumed_makes_room() {
        let mut together = Together::default();
        together.note(2, 1, &Ways::from(Status::Asked(7)));
        assert!(together.are(1, 2) && !together.are(1, 3));
        assert_eq!(together.overlap(2, 1), Overlap::Unless(BTreeSet::from([7])));
        together.note(2, 1, &Ways::from(Status::Live));
        assert_eq!(together.overlap(2, 1), Overlap::Always);
    }

    #[test]
    fn what_is_filled_anew_depends_on_both() {
        let mut together = Together::default();
        together.note(2, 1, &Ways::from(Status::Asked(7)));
        together.note(1, 2, &Ways::from(Status::Asked(8)));
        let nodes = BTreeSet::from([7, 8]);
        assert_eq!(together.overlap(2, 1), Overlap::Unless(nodes));
    }
}
