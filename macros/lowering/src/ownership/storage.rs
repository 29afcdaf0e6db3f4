//! Where a variable lives.

use std::collections::BTreeSet;

use super::lenders::lenders;
use super::walk::Walked;
use super::{Boundary, Status};
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
    /// In the machine, unless the node's expression consumes it before any await.
    Kept { node: NodeId, flagged: bool },
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
            Storage::Stack { flagged }
            | Storage::Saved { flagged }
            | Storage::Kept { flagged, .. } => flagged,
        }
    }

    /// Whether it has a field in the machine.
    pub fn is_saved(self) -> bool {
        matches!(self, Storage::Saved { .. } | Storage::Kept { .. })
    }
}

/// Chooses a place for every variable.
pub fn assign(flow: &Flow, walked: &Walked) -> Vec<Storage> {
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
            match one(variable, parameters.contains(&variable), walked) {
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
    storage
}

fn one(variable: VariableId, is_parameter: bool, walked: &Walked) -> Storage {
    let mut crossing = BTreeSet::new();
    let mut suspended = BTreeSet::new();
    let mut flagged = false;
    let mut flagged_in_machine = false;
    for (boundary, frame) in &walked.frames {
        let Some(status) = frame.status.get(&variable) else {
            continue;
        };
        crossing.insert(format!("{status:?}"));
        let is_await = matches!(boundary, Boundary::Await(_) | Boundary::Start);
        flagged |= *status == Status::Unknown;
        if is_await {
            flagged_in_machine |= *status == Status::Unknown;
            suspended.insert(match status {
                Status::Vacant => None,
                Status::Asked(node) => Some(Some(*node)),
                Status::Live | Status::Unknown => Some(None),
            });
        }
    }
    crossing.remove("Vacant");
    suspended.remove(&None);
    let pieces = walked
        .pieces
        .get(&variable)
        .map_or(0, |pieces| pieces.len());
    if !is_parameter && crossing.is_empty() && pieces <= 1 {
        return Storage::Local;
    }
    let suspended: Vec<Option<NodeId>> = suspended.into_iter().flatten().collect();
    match suspended.as_slice() {
        [] => Storage::Stack { flagged },
        [Some(node)] if !is_parameter && !flagged_in_machine => Storage::Kept {
            node: *node,
            flagged,
        },
        // Which of several answers counts depends on the state alone.
        _ => Storage::Saved { flagged },
    }
}
