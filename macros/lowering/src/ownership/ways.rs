//! What may have become of a variable by the time a point is reached.

use std::collections::BTreeSet;

use super::Status;
use crate::resolve::NodeId;

/// A node of no expression: the end of a tail, which consumes the tail's temporaries since edition 2024.
pub const TAILS_END: NodeId = NodeId::MAX;

/// What the paths that lead to a point have made of a variable.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Ways {
    /// By some path it has no value.
    pub vacant: bool,
    /// By some path it has one.
    pub live: bool,
    /// By some path it has one unless this node's expression consumed it.
    pub asked: BTreeSet<NodeId>,
}

impl Ways {
    /// Nothing is known.
    pub fn any() -> Ways {
        Ways {
            vacant: true,
            live: true,
            asked: BTreeSet::new(),
        }
    }

    /// All of them, in one word.
    pub fn status(&self) -> Status {
        let mut asked = self.asked.iter();
        match (self.vacant, self.live, asked.next(), asked.next()) {
            (true, false, None, _) => Status::Vacant,
            (false, true, None, _) => Status::Live,
            (false, false, Some(node), None) => Status::Asked(*node),
            _ => Status::Unknown,
        }
    }

    pub fn join(&mut self, other: &Ways) {
        self.vacant |= other.vacant;
        self.live |= other.live;
        self.asked.extend(&other.asked);
    }

    /// What becomes of it where this node's expression may consume it.
    pub fn ask(&mut self, node: NodeId) {
        if self.asked.remove(&TAILS_END) {
            // Of two answers that both count on one path, the expression's is worth more.
            (self.vacant, self.live) = (true, true);
        }
        if self.asked.is_empty() {
            if std::mem::take(&mut self.live) {
                self.asked.insert(node);
            }
        } else if node == TAILS_END {
            self.vacant = true;
        } else {
            *self = Ways::any();
        }
    }

    /// If it has no value but by the answers to these nodes' questions.
    pub fn depend(&self) -> Option<&BTreeSet<NodeId>> {
        (!self.live).then_some(&self.asked)
    }
}

impl From<Status> for Ways {
    fn from(status: Status) -> Ways {
        let mut ways = Ways::default();
        match status {
            Status::Vacant => ways.vacant = true,
            Status::Live => ways.live = true,
            Status::Asked(node) => ways.asked = BTreeSet::from([node]),
            Status::Unknown => return Ways::any(),
        }
        ways
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart_until_they_add_up() {
        let mut one = Ways::from(Status::Live);
        one.ask(1);
        assert_eq!(one.status(), Status::Asked(1));
        let mut both = one.clone();
        both.join(&Ways::from(Status::Asked(2)));
        assert_eq!(both.status(), Status::Unknown);
        assert_eq!(both.depend(), Some(&BTreeSet::from([1, 2])));
        both.join(&Ways::from(Status::Live));
        assert_eq!(both.depend(), None);
        one.ask(3);
        assert_eq!(one, Ways::any());
    }

    #[test]
    fn what_has_no_value_cannot_be_consumed() {
        let mut ways = Ways::from(Status::Vacant);
        ways.ask(1);
        assert_eq!(ways.status(), Status::Vacant);
        ways.join(&Ways::from(Status::Live));
        ways.ask(1);
        assert_eq!(ways.depend(), Some(&BTreeSet::from([1])));
    }
}
