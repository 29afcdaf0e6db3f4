//! Which field lies behind which.
//!
//! A variable keeps its place as long as it exists, so the fields below it must be the same in every state that has it.
//! Variables are laid like a stack: a new one goes on top of those that some state holds together with it, and what is
//! dead by then leaves its place to it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};

use super::consumed::Consumed;
use super::estimate::{self, Room};
use super::names::{Names, camel};
use super::sets::Set;
use super::{Content, Order, Slot};
use crate::ownership::{Boundary, Entry, Ownership};
use crate::resolve::VariableId;

/// Gives every saved variable its place, and a place to what must be noted of it.
pub fn slots(ownership: &Ownership, order: &Order, names: &mut Names) -> Vec<Slot> {
    let layout = Layout::new(ownership, order);
    let sequence = layout.chosen();
    let below = layout.places(&sequence);
    let variables = &ownership.flow.names.variables;
    let mut fields = Names::default();
    for variable in variables {
        fields.unique(&variable.name.to_string());
    }
    let position = |item: usize| sequence.iter().position(|other| *other == item);
    sequence
        .iter()
        .map(|item| {
            let Item {
                variable, content, ..
            } = layout.items[*item];
            let name = &variables[variable].name;
            let plain = name.to_string();
            let plain = plain.trim_start_matches("r#");
            let name = match content {
                Content::Value => name.clone(),
                Content::IsLive => own(&fields.unique(&format!("{plain}_is_live"))),
                Content::Moved => own(&fields.unique(&format!("{plain}_moved"))),
            };
            let mut slot = Slot {
                variable,
                content,
                name,
                below: below[*item].and_then(position),
                below_unless: BTreeSet::new(),
                noted: Vec::new(),
                parameter: None,
                remainder: None,
            };
            if content == Content::Value {
                let parameter = names.unique(&camel(plain));
                if ownership.parts.of.contains_key(&variable) {
                    let remainder = names.unique(&format!("{parameter}Remainder"));
                    slot.remainder = Some(own(&remainder));
                }
                slot.parameter = Some(own(&parameter));
            }
            slot
        })
        .collect()
}

fn own(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// What needs a place.
pub struct Item {
    pub variable: VariableId,
    pub content: Content,
    room: Room,
    /// Its type is not known: the room is a guess.
    is_guess: bool,
}

/// The items, and which of them need places of their own.
struct Layout<'a> {
    ownership: &'a Ownership,
    items: Vec<Item>,
    /// What each state between polls holds.
    states: Vec<Set>,
    /// For each item, those that it must not overlap.
    apart: Vec<Set>,
    /// The rooms to choose an order by.
    likely: Vec<Room>,
    /// The same, but for futures, which are larger.
    large: Vec<Room>,
    /// The same, but for one guess that is wrong.
    doubted: Vec<Vec<Room>>,
    /// What becomes free where expressions consume what they may.
    consumed: Option<Consumed>,
}

/// Costs, the first one first.
type Cost = (usize, usize, usize);

/// The item that each one lies on.
pub type Below = Vec<Option<usize>>;

impl<'a> Layout<'a> {
    fn new(ownership: &'a Ownership, order: &Order) -> Self {
        let mut layout = Layout {
            ownership,
            items: Vec::new(),
            states: Vec::new(),
            apart: Vec::new(),
            likely: Vec::new(),
            large: Vec::new(),
            doubted: Vec::new(),
            consumed: None,
        };
        let suspended = || {
            let boundaries = order.iter().map(|(boundary, _)| *boundary);
            boundaries.filter(|boundary| matches!(boundary, Boundary::Start | Boundary::Await(_)))
        };
        for variable in declared(ownership, order) {
            let is_future = ownership.frames.contains_key(&Boundary::Await(variable));
            layout.add(variable, Content::Value, is_future);
            for content in [Content::IsLive, Content::Moved] {
                if suspended().any(|boundary| content.is_held(ownership, boundary, variable)) {
                    layout.add(variable, content, false);
                }
            }
        }
        let states: Vec<(Boundary, Set)> = suspended()
            .map(|boundary| {
                let items = layout.items.iter().enumerate();
                let held = items
                    .filter(|(_, item)| item.content.is_held(ownership, boundary, item.variable));
                (boundary, held.map(|(index, _)| index).collect())
            })
            .collect();
        layout.consumed = Consumed::new(ownership, &layout.items, &states);
        layout.states = states.into_iter().map(|(_, held)| held).collect();
        let all = || 0..layout.items.len();
        layout.apart = all()
            .map(|one| {
                all()
                    .filter(|other| layout.are_together(one, *other))
                    .collect()
            })
            .collect();
        layout.likely = layout.items.iter().map(|item| item.room).collect();
        layout.large = layout.likely.clone();
        for room in layout
            .large
            .iter_mut()
            .filter(|room| **room == Room::FUTURE)
        {
            *room = Room::LARGE_FUTURE;
        }
        let guesses = layout.items.iter().enumerate();
        let guesses = guesses.filter(|(_, item)| item.is_guess).take(GUESSES);
        let doubted = guesses.map(|(index, item)| {
            let mut rooms = layout.likely.clone();
            // A future may be no more than a flag, a value a number.
            let is_future = item.room == Room::FUTURE;
            rooms[index] = if is_future { Room::BYTE } else { Room::SMALL };
            rooms
        });
        layout.doubted = doubted.collect();
        layout
    }

    fn add(&mut self, variable: VariableId, content: Content, is_future: bool) {
        let likely = &self.ownership.flow.names.variables[variable].likely;
        let known = likely.as_ref().and_then(estimate::room);
        let (room, is_guess) = match (content, known) {
            (Content::IsLive | Content::Moved, _) => (Room::BYTE, false),
            (Content::Value, Some(room)) => (room, false),
            (Content::Value, None) if is_future => (Room::FUTURE, true),
            (Content::Value, None) => (Room::UNKNOWN, true),
        };
        self.items.push(Item {
            variable,
            content,
            room,
            is_guess,
        });
    }

    /// Whether the two hold something at the same time.
    fn are_together(&self, one: usize, other: usize) -> bool {
        // What is noted of a variable is written when the machine suspends, and read before it goes on.
        let both = |held: &Set| held.has(one) && held.has(other);
        if one == other || self.states.iter().any(both) {
            return one != other;
        }
        let (first, second) = (&self.items[one], &self.items[other]);
        let are_values = [first, second].map(|item| item.content == Content::Value);
        are_values == [true, true] && self.ownership.together.are(first.variable, second.variable)
    }

    /// The order in which they are laid: any will do, and this one probably takes the least room.
    fn chosen(&self) -> Vec<usize> {
        let count = self.items.len();
        // What lives long lies lowest; an argument that is soon passed on leaves its place to what it is passed to.
        let mut best: Vec<usize> = (0..count).collect();
        let mut least = self.cost(&best);
        let bound = self.bound();
        let mut tries = TRIES / (1 + self.doubted.len());
        let mut improved = true;
        while improved {
            improved = false;
            let targets = |from: usize| (0..count).filter(move |to| *to != from && *to + 1 != from);
            for (from, to) in (0..count).flat_map(|from| targets(from).map(move |to| (from, to))) {
                if tries == 0 || least == bound {
                    return best;
                }
                tries -= 1;
                let mut other = best.clone();
                let item = other.remove(from);
                other.insert(to, item);
                let cost = self.cost(&other);
                if cost < least {
                    (best, least, improved) = (other, cost, true);
                }
            }
        }
        best
    }

    /// The largest state if all rooms are as likely and if futures are larger; the sum of the largest if all is consumed that may
    /// be and if any guess is wrong; the sum of all states.
    fn cost(&self, sequence: &[usize]) -> Cost {
        let below = self.places(sequence);
        let tops: Vec<usize> = self
            .states
            .iter()
            .filter_map(|held| sequence.iter().copied().rfind(|item| held.has(*item)))
            .collect();
        let (most, wrong, sum) = self.sum_up(|rooms| {
            let ends = ends(sequence, &below, rooms);
            tops.iter().map(|top| ends[*top]).collect()
        });
        let consumed = self.consumed.as_ref();
        let left = consumed.map_or(0, |consumed| consumed.cost(sequence, &below, &self.likely));
        (most, left + wrong, sum)
    }

    /// What no order can cost less than: every state without any padding but the last.
    fn bound(&self) -> Cost {
        let (most, wrong, sum) = self.sum_up(|rooms| {
            let states = self.states.iter();
            let held = states.filter(|held| !held.is_within(&Set::default()));
            held.map(|held| packed(held, rooms)).collect()
        });
        let consumed = self.consumed.as_ref();
        let left = consumed.map_or(0, |consumed| consumed.bound(&self.likely));
        (most, left + wrong, sum)
    }

    /// The cost, if `ends` gives the size of each state with these rooms.
    fn sum_up(&self, ends: impl Fn(&[Room]) -> Vec<usize>) -> (usize, usize, usize) {
        let ends = |rooms: &Vec<Room>| {
            ends(rooms)
                .into_iter()
                .fold((0, 0), |(most, sum): (usize, usize), end| {
                    (most.max(end), sum + end)
                })
        };
        let (most, sum) = ends(&self.likely);
        let (most_of_large, _) = ends(&self.large);
        let wrong = self.doubted.iter().map(|rooms| ends(rooms).0).sum();
        (most + most_of_large, wrong, sum)
    }

    /// Every item on top of the lowest pile that has everything which it must not overlap. Where those lie on several piles,
    /// these become one.
    fn places(&self, sequence: &[usize]) -> Below {
        let mut apart = self.apart.clone();
        loop {
            match stacked(sequence, &apart) {
                Ok(below) => return below,
                Err((one, other)) => {
                    apart[one].insert(other);
                    apart[other].insert(one);
                }
            }
        }
    }
}

/// Every item on top of the oldest one whose own pile has everything that it must not overlap. If there is no such pile for
/// some item, two of those that it must not overlap, which lie on piles of their own.
fn stacked(sequence: &[usize], apart: &[Set]) -> Result<Below, (usize, usize)> {
    let mut below: Below = vec![None; sequence.len()];
    // The items of each pile, by its top.
    let mut piles = vec![Set::default(); sequence.len()];
    let mut earlier = Set::default();
    for (index, item) in sequence.iter().copied().enumerate() {
        let companions = apart[item].intersection(&earlier);
        let before = &sequence[..index];
        if let Some(youngest) = before.iter().copied().rfind(|one| companions.has(*one)) {
            let mut tops = before.iter().copied();
            let Some(top) = tops.find(|top| companions.is_within(&piles[*top])) else {
                let is_elsewhere = |one: &usize| companions.has(*one) && !piles[youngest].has(*one);
                let elsewhere = before.iter().copied().rfind(is_elsewhere);
                return Err((elsewhere.unwrap_or(youngest), youngest));
            };
            below[item] = Some(top);
            piles[item] = piles[top].clone();
        }
        piles[item].insert(item);
        earlier.insert(item);
    }
    Ok(below)
}

/// The size of a state without any padding but the last.
pub fn packed(held: &Set, rooms: &[Room]) -> usize {
    let held = (0..rooms.len()).filter(|item| held.has(*item));
    let size: usize = held.clone().map(|item| rooms[item].size).sum();
    let align = held.map(|item| rooms[item].align).max();
    (1 + size).next_multiple_of(align.unwrap_or(1))
}

/// Where each item's pile ends, with what pads it.
fn ends(sequence: &[usize], below: &Below, rooms: &[Room]) -> Vec<usize> {
    // The tag is the first byte.
    let mut piles = vec![(1, 1); sequence.len()];
    for item in sequence {
        let (end, align) = below[*item].map_or((1, 1), |below| piles[below]);
        let room = rooms[*item];
        piles[*item] = (room.end(end), room.align.max(align));
    }
    let padded = piles.into_iter();
    padded
        .map(|(end, align)| end.next_multiple_of(align))
        .collect()
}

/// How many orders are looked at.
const TRIES: usize = 4000;

/// How many guesses of a type's size are doubted.
const GUESSES: usize = 7;

/// The saved variables in the order of their declaration.
fn declared(ownership: &Ownership, order: &Order) -> Vec<VariableId> {
    let mut sequence: Vec<VariableId> = Vec::new();
    let mut parameters = ownership.flow.parameters.clone();
    let boundaries = || order.iter().map(|(boundary, _)| *boundary);
    // Arguments that live long lie lowest; one that is soon passed on leaves its place to what it is passed to.
    parameters.sort_by_key(|variable| {
        let is_held = |boundary: &Boundary| Content::Value.is_held(ownership, *boundary, *variable);
        std::cmp::Reverse(boundaries().filter(is_held).count())
    });
    sequence.extend(parameters);
    for boundary in boundaries() {
        let frame = &ownership.frames[&boundary];
        let entries = frame.entries.iter().filter_map(|entry| match entry {
            Entry::Variable(variable) => Some(*variable),
            Entry::Early(..) => None,
        });
        let future = match boundary {
            Boundary::Await(future) => Some(future),
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
