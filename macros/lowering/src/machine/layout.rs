//! Which field lies behind which.
//!
//! A variable keeps its place as long as it exists, so the fields below it must be the same in every state that has it.
//! Variables are laid like a stack: a new one goes on top of those that some state holds together with it, and what is
//! dead by then leaves its place to it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use super::estimate::{Room, room};
use super::names::{Names, camel};
use super::{Order, Slot};
use crate::ownership::{Boundary, Entry, Ownership, Status};
use crate::resolve::VariableId;

/// Gives every saved variable its place.
pub fn slots(ownership: &Ownership, order: &Order, names: &mut Names) -> Vec<Slot> {
    let sequence = chosen(ownership, order);
    let below = places(&sequence, ownership);
    sequence
        .into_iter()
        .map(|variable| {
            let name = &ownership.flow.names.variables[variable].name;
            let parameter = names.unique(&camel(&name.to_string()));
            let remainder = ownership
                .parts
                .of
                .contains_key(&variable)
                .then(|| names.unique(&format!("{parameter}Remainder")));
            Slot {
                variable,
                below: below[variable],
                parameter: Ident::new(&parameter, Span::call_site()),
                remainder: remainder.map(|name| Ident::new(&name, Span::call_site())),
            }
        })
        .collect()
}

/// The saved variables in the order of their declaration.
fn declared(
    ownership: &Ownership,
    order: &Order,
    states: &[BTreeSet<VariableId>],
) -> Vec<VariableId> {
    let mut sequence: Vec<VariableId> = Vec::new();
    let mut parameters = ownership.flow.parameters.clone();
    // Arguments that live long lie lowest; one that is soon passed on leaves its place to what it is passed to.
    parameters.sort_by_key(|variable| {
        std::cmp::Reverse(states.iter().filter(|held| held.contains(variable)).count())
    });
    sequence.extend(parameters);
    for (boundary, _) in order {
        let frame = &ownership.frames[boundary];
        let entries = frame.entries.iter().filter_map(|entry| match entry {
            Entry::Variable(variable) => Some(*variable),
            Entry::Early(..) => None,
        });
        let future = match boundary {
            Boundary::Await(future) => Some(*future),
            _ => None,
        };
        for variable in entries.chain(future) {
            if !sequence.contains(&variable) {
                sequence.push(variable);
            }
        }
    }
    sequence.retain(|variable| ownership.storage[*variable].is_saved());
    sequence
}

/// The order in which they are laid: any will do, and this one probably takes the least room.
fn chosen(ownership: &Ownership, order: &Order) -> Vec<VariableId> {
    let states = states(ownership, order);
    let rooms = rooms(ownership, order);
    let cost = |sequence: &[VariableId]| {
        let below = places(sequence, ownership);
        let ends = states
            .iter()
            .map(|held| end(sequence, &below, held, &rooms));
        ends.fold((0, 0), |(most, sum): (usize, usize), end| {
            (most.max(end), sum + end)
        })
    };
    let mut best = declared(ownership, order, &states);
    let count = best.len();
    let mut least = cost(&best);
    let mut tries = TRIES;
    let mut improved = true;
    while improved {
        improved = false;
        for (from, to) in (0..count).flat_map(|from| (0..count).map(move |to| (from, to))) {
            if tries == 0 {
                return best;
            }
            tries -= 1;
            let mut other = best.clone();
            let variable = other.remove(from);
            other.insert(to, variable);
            let room = cost(&other);
            if room < least {
                (best, least, improved) = (other, room, true);
            }
        }
    }
    best
}

/// How many orders are looked at.
const TRIES: usize = 2000;

fn rooms(ownership: &Ownership, order: &Order) -> Vec<Room> {
    let variables = ownership.flow.names.variables.iter();
    let mut rooms: Vec<Room> = variables
        .map(|variable| variable.likely.as_ref().map_or(Room::UNKNOWN, room))
        .collect();
    for (boundary, _) in order {
        if let Boundary::Await(future) = boundary {
            rooms[*future] = Room::FUTURE;
        }
    }
    for (room, storage) in rooms.iter_mut().zip(&ownership.storage) {
        if storage.is_flagged() {
            room.size += room.align;
        }
    }
    rooms
}

/// Where the fields of a state that holds these variables end.
fn end(
    sequence: &[VariableId],
    below: &Places,
    held: &BTreeSet<VariableId>,
    rooms: &[Room],
) -> usize {
    let top = sequence
        .iter()
        .rev()
        .find(|variable| held.contains(variable));
    let mut fields: Vec<VariableId> =
        std::iter::successors(top.copied(), |variable| below[*variable]).collect();
    fields.reverse();
    // The tag is the first byte.
    fields
        .iter()
        .fold(1, |offset, variable| rooms[*variable].end(offset))
}

fn places(sequence: &[VariableId], ownership: &Ownership) -> Places {
    stacked(sequence, &ownership.together).unwrap_or_else(|| linear(sequence))
}

type Below = std::collections::BTreeMap<VariableId, Option<VariableId>>;

struct Places(Below);

impl std::ops::Index<VariableId> for Places {
    type Output = Option<VariableId>;
    fn index(&self, variable: VariableId) -> &Option<VariableId> {
        &self.0[&variable]
    }
}

/// What each state between polls holds.
fn states(ownership: &Ownership, order: &Order) -> Vec<BTreeSet<VariableId>> {
    order
        .iter()
        .filter(|(boundary, _)| matches!(boundary, Boundary::Start | Boundary::Await(_)))
        .map(|(boundary, _)| {
            let frame = &ownership.frames[boundary];
            let held = frame
                .status
                .iter()
                .filter(|(_, status)| **status != Status::Vacant)
                .map(|(variable, _)| *variable);
            let future = match boundary {
                Boundary::Await(future) => Some(*future),
                _ => None,
            };
            held.chain(future)
                .filter(|variable| ownership.storage[*variable].is_saved())
                .collect()
        })
        .collect()
}

/// Every variable on top of the youngest one whose own pile has everything that it must not overlap; `None` if there is no
/// such pile for some variable.
fn stacked(
    sequence: &[VariableId],
    together: &BTreeSet<(VariableId, VariableId)>,
) -> Option<Places> {
    let mut below = Below::new();
    for (index, variable) in sequence.iter().enumerate() {
        let earlier = &sequence[..index];
        let companions: Vec<VariableId> = earlier
            .iter()
            .copied()
            .filter(|other| together.contains(&((*variable).min(*other), (*variable).max(*other))))
            .collect();
        let parent = if companions.is_empty() {
            None
        } else {
            let pile = |top: &VariableId| {
                let pile: BTreeSet<VariableId> =
                    std::iter::successors(Some(*top), |member| below[member]).collect();
                companions.iter().all(|companion| pile.contains(companion))
            };
            // Oldest first: the lowest pile that will do.
            Some(earlier.iter().copied().find(pile)?)
        };
        below.insert(*variable, parent);
    }
    Some(Places(below))
}

/// Every variable on top of the one declared before it.
fn linear(sequence: &[VariableId]) -> Places {
    let before = std::iter::once(None).chain(sequence.iter().copied().map(Some));
    Places(sequence.iter().copied().zip(before).collect())
}

/// A state's fields in memory order: what it holds, and the places of absent variables below that.
pub fn fields(
    ownership: &Ownership,
    boundary: Boundary,
    slots: &[Slot],
) -> Vec<(VariableId, Status)> {
    let status = |variable: VariableId| match boundary {
        Boundary::Await(future) if future == variable => Status::Live,
        _ => ownership.status(boundary, variable),
    };
    let top = slots
        .iter()
        .rposition(|slot| status(slot.variable) != Status::Vacant);
    let mut fields = Vec::new();
    let mut next = top.map(|index| slots[index].variable);
    while let Some(variable) = next {
        fields.push((variable, status(variable)));
        next = slots
            .iter()
            .find(|slot| slot.variable == variable)
            .and_then(|slot| slot.below);
    }
    fields.reverse();
    fields
}
