//! Phase four: which variables an await crosses, and what each holds there.
//!
//! A forward walk follows the operations as they run and notes, at every boundary between two pieces of the poll
//! function, which variables exist and whether they hold a value. Variables that no boundary crosses stay plain Rust
//! locals; the rest live in the machine, or, where only the poll function's own boundaries are crossed, on its stack.

mod borrows;
mod copied;
mod copies;
mod effects;
mod lenders;
mod lent;
mod parts;
mod storage;
mod together;
mod walk;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

pub use borrows::{is_printed, may_borrow};
pub use lent::lent;
pub use parts::{Gone, Part, Parts, refills};
pub use storage::Storage;
pub use together::{Overlap, Together};
pub use ways::{TAILS_END, Ways};

use crate::flow::{Flow, LabelId};
use crate::resolve::{NodeId, VariableId};

/// What is known of a variable's value at a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It has none: not assigned yet, or moved.
    Vacant,
    /// It has one.
    Live,
    /// It has one unless the node's expression consumed it.
    Asked(NodeId),
    /// It depends on the path taken.
    Unknown,
}

/// A boundary between two pieces of the poll function.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Boundary {
    /// Before the first poll.
    Start,
    /// The await with this future.
    Await(VariableId),
    /// A branch's end.
    Join(LabelId),
    /// A loop's beginning.
    Head(LabelId),
    /// Behind a lowered loop or block.
    Leave(LabelId),
}

/// Something in scope, in the order in which scopes end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    Variable(VariableId),
    /// The point where a temporary of the tail with this label ends since edition 2024.
    Early(VariableId, LabelId),
}

/// What exists at a boundary.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Frame {
    pub entries: Vec<Entry>,
    pub ways: BTreeMap<VariableId, Ways>,
    pub gone: Gone,
}

impl Frame {
    /// What the variable holds; nothing if it does not exist.
    pub fn status(&self, variable: VariableId) -> Status {
        let ways = self.ways.get(&variable);
        ways.map_or(Status::Vacant, Ways::status)
    }
}

/// Where every variable lives.
pub struct Ownership {
    pub flow: Flow,
    pub frames: BTreeMap<Boundary, Frame>,
    pub storage: Vec<Storage>,
    /// The nodes of which one must leave a variable its value for it to be in the machine.
    pub keepers: BTreeMap<VariableId, BTreeSet<NodeId>>,
    /// Which variables hold a value at the same time while the machine runs.
    pub together: Together,
    /// The node whose answer tells what a conditionally kept variable keeps.
    pub asked: BTreeSet<NodeId>,
    /// What expressions may move out of variables for which a `Held` stands.
    pub parts: Parts,
}

impl Ownership {
    /// What the variable holds at the boundary; nothing if it does not exist there.
    pub fn status(&self, boundary: Boundary, variable: VariableId) -> Status {
        let frame = self.frames.get(&boundary);
        frame.map_or(Status::Vacant, |frame| frame.status(variable))
    }
}

/// Finds what crosses the awaits.
pub fn own(mut flow: Flow) -> Ownership {
    let mut walked = walk::walk(&flow);
    if copies::note_copies(&mut flow, &walked) {
        walked = walk::walk(&flow);
    }
    let (storage, keepers) = storage::assign(&flow, &walked);
    let mut asked = flow.questions.clone();
    for node in walked.asked.iter() {
        let (variable, node) = *node;
        if storage[variable].is_held() {
            asked.insert(node);
        }
    }
    let mut parts = walked.parts;
    parts.of.retain(|variable, _| storage[*variable].is_held());
    Ownership {
        flow,
        parts,
        frames: walked.frames,
        together: walked.together,
        storage,
        keepers,
        asked,
    }
}
