//! Rooms that are there only if some expression leaves a variable its value.
//!
//! A method may consume what it is called on. If it does, the variable's room is free afterwards, and what begins to exist then
//! may lie there. Only the compiler knows, so the room's type depends on the answer, and with it the place of what lies on it.

use std::collections::BTreeSet;

use super::{Content, Slot};
use crate::ownership::{Boundary, Overlap, Ownership, Status, Ways};
use crate::resolve::{NodeId, VariableId};

/// A field of a state.
pub struct Field {
    /// The slot whose place it has.
    pub slot: usize,
    /// What it holds.
    pub status: Status,
    /// Its room is there unless the expressions of all these nodes consume the variable. If there are none, it always is.
    pub unless: BTreeSet<NodeId>,
}

/// Finds for each slot what must be the case for it to lie where the one below it would begin.
pub fn find(ownership: &Ownership, boundaries: &[Boundary], slots: &mut [Slot]) {
    for index in 0..slots.len() {
        if slots[index].content == Content::IsLive {
            slots[index].noted = noted(ownership, boundaries, slots[index].variable);
        }
        let Some(below) = slots[index].below else {
            continue;
        };
        if !may_leave(ownership, slots[below].variable, slots[below].content) {
            continue;
        }
        let lies_on = |other: &usize| {
            let pile = std::iter::successors(Some(*other), |one| slots[*one].below);
            pile.into_iter().any(|one| one == index)
        };
        let overlap = (0..slots.len())
            .filter(lies_on)
            .map(|other| {
                let above = (slots[other].variable, slots[other].content);
                overlap(ownership, boundaries, above, slots[below].variable)
            })
            .fold(Overlap::Never, Overlap::or);
        slots[index].below_unless = nodes(overlap);
    }
}

/// A state's fields in memory order: what it holds, and the places of what is absent below that.
pub fn fields(ownership: &Ownership, boundary: Boundary, slots: &[Slot]) -> Vec<Field> {
    let status = |index: usize| {
        let slot = &slots[index];
        if !slot.content.is_held(ownership, boundary, slot.variable) {
            return Status::Vacant;
        }
        match slot.content {
            Content::Value if boundary != Boundary::Await(slot.variable) => {
                ownership.status(boundary, slot.variable)
            }
            _ => Status::Live,
        }
    };
    let top = (0..slots.len()).rfind(|index| status(*index) != Status::Vacant);
    let pile = std::iter::successors(top, |index| slots[*index].below);
    let mut above: Option<usize> = None;
    let mut fields: Vec<Field> = pile
        .map(|slot| {
            let unless = match above.replace(slot) {
                Some(above) => slots[above].below_unless.clone(),
                None if may_leave(ownership, slots[slot].variable, slots[slot].content) => {
                    nodes(in_state(ownership, boundary, slots[slot].variable))
                }
                None => BTreeSet::new(),
            };
            let status = status(slot);
            Field {
                slot,
                status,
                unless,
            }
        })
        .collect();
    fields.reverse();
    fields
}

/// What a variable may be in the states in which there is something to note of it; nothing if the paths alone decide in some.
fn noted(ownership: &Ownership, boundaries: &[Boundary], variable: VariableId) -> Vec<Ways> {
    let frames = boundaries
        .iter()
        .filter_map(|boundary| ownership.frames.get(boundary));
    let ways = frames.filter_map(|frame| frame.ways.get(&variable));
    let noted: Vec<Ways> = ways
        .filter(|ways| ways.status() == Status::Unknown)
        .cloned()
        .collect();
    match noted.iter().any(|ways| ways.vacant && ways.live) {
        true => Vec::new(),
        false => noted,
    }
}

/// Whether it is a value that leaves its room as a whole.
pub fn may_leave(ownership: &Ownership, variable: VariableId, content: Content) -> bool {
    content == Content::Value && !ownership.parts.of.contains_key(&variable)
}

fn nodes(overlap: Overlap) -> BTreeSet<NodeId> {
    match overlap {
        Overlap::Unless(nodes) => nodes,
        Overlap::Never | Overlap::Always => BTreeSet::new(),
    }
}

/// When the variable `below` holds its value while this is held of the one `above`.
pub fn overlap(
    ownership: &Ownership,
    boundaries: &[Boundary],
    above: (VariableId, Content),
    below: VariableId,
) -> Overlap {
    let (variable, content) = above;
    let suspended = boundaries
        .iter()
        .filter(|boundary| content.is_held(ownership, **boundary, variable))
        .map(|boundary| in_state(ownership, *boundary, below))
        .fold(Overlap::Never, Overlap::or);
    match content {
        Content::Value => suspended.or(ownership.together.overlap(variable, below)),
        // Written when the machine suspends, and read before it goes on.
        Content::IsLive | Content::Moved => suspended,
    }
}

/// When the variable holds its value in a state.
pub fn in_state(ownership: &Ownership, boundary: Boundary, variable: VariableId) -> Overlap {
    if boundary == Boundary::Await(variable) {
        return Overlap::Always;
    }
    let frame = ownership.frames.get(&boundary);
    let ways = frame.and_then(|frame| frame.ways.get(&variable));
    ways.map_or(Overlap::Never, Overlap::with)
}
