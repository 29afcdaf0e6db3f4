//! Where a variable lives.

use std::collections::{BTreeMap, BTreeSet};

use super::lenders::lenders;
use super::walk::Walked;
use super::{Boundary, Status, Ways};
use crate::flow::Flow;
use crate::resolve::{NodeId, Use, VariableId};

/// Where a variable lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// In a Rust local.
    Local,
    /// On the poll function's stack: no await crosses it.
    Stack { flagged: bool },
    /// In the machine.
    Saved { flagged: bool },
    /// In the machine, unless the expressions of its keepers all consume it before any await.
    Kept { flagged: bool },
}

impl Storage {
    /// Whether a `Held` stands for the variable while the machine runs.
    pub fn is_held(self) -> bool {
        self != Storage::Local
    }

    /// Whether a flag tells if it holds a value.
    pub fn is_flagged(self) -> bool {
        match self {
            Storage::Local => false,
            Storage::Stack { flagged } | Storage::Saved { flagged } | Storage::Kept { flagged } => {
                flagged
            }
        }
    }

    /// Whether it has a field in the machine.
    pub fn is_saved(self) -> bool {
        matches!(self, Storage::Saved { .. } | Storage::Kept { .. })
    }
}

/// The nodes of which one must leave a variable its value for it to be in the machine.
pub type Keepers = BTreeMap<VariableId, BTreeSet<NodeId>>;

/// Chooses a place for every variable.
pub fn assign(flow: &Flow, walked: &Walked) -> (Vec<Storage>, Keepers) {
    let mut keepers = Keepers::new();
    let futures: BTreeSet<VariableId> = walked
        .frames
        .keys()
        .filter_map(|boundary| match boundary {
            Boundary::Await(future) => Some(*future),
            _ => None,
        })
        .collect();
    let parameters: BTreeSet<VariableId> = flow.parameters.iter().copied().collect();
    let held: BTreeSet<VariableId> = flow
        .names
        .mentions
        .iter()
        .filter(|mention| mention.usage == Use::Held)
        .map(|mention| mention.variable)
        .collect();
    let mut storage: Vec<Storage> = (0..flow.names.variables.len())
        .map(|variable| {
            if futures.contains(&variable) {
                return Storage::Saved { flagged: false };
            }
            let (storage, kept_by) = one(variable, parameters.contains(&variable), walked);
            if matches!(storage, Storage::Kept { .. }) {
                keepers.insert(variable, kept_by);
            }
            match storage {
                // The lowering fills it in the middle of an expression.
                Storage::Local if held.contains(&variable) => Storage::Stack { flagged: false },
                storage => storage,
            }
        })
        .collect();
    for variable in lenders(flow, &storage) {
        if storage[variable] == Storage::Local && !flow.names.variables[variable].temporary {
            storage[variable] = Storage::Stack { flagged: false };
        }
    }
    (storage, keepers)
}

fn one(variable: VariableId, is_parameter: bool, walked: &Walked) -> (Storage, BTreeSet<NodeId>) {
    let mut crosses = BTreeSet::new();
    let mut flagged = false;
    // What it is in the states between polls.
    let mut suspended = Ways::default();
    for (boundary, frame) in &walked.frames {
        let Some(ways) = frame.ways.get(&variable) else {
            continue;
        };
        let status = ways.status();
        crosses.insert(status != Status::Vacant);
        flagged |= status == Status::Unknown;
        if matches!(boundary, Boundary::Await(_) | Boundary::Start) {
            suspended.join(ways);
        }
    }
    let pieces = walked
        .pieces
        .get(&variable)
        .map_or(0, |pieces| pieces.len());
    let storage = if !is_parameter && !crosses.contains(&true) && pieces <= 1 {
        Storage::Local
    } else if suspended.live || is_parameter && !suspended.asked.is_empty() {
        Storage::Saved { flagged }
    } else if suspended.asked.is_empty() {
        Storage::Stack { flagged }
    } else {
        Storage::Kept { flagged }
    };
    (storage, suspended.asked)
}
