//! What a layout costs if every expression that may consume a variable does.

use super::estimate::Room;
use super::layout::{Below, Item};
use super::rooms::{in_state, may_leave, overlap};
use super::sets::Set;
use crate::ownership::{Boundary, Overlap, Ownership};

/// Which items make room for which.
pub struct Consumed {
    /// What each state holds then.
    states: Vec<Set>,
    /// For each item, those that may be there only when it is not.
    after: Vec<Set>,
    /// For each item, those that are never there when it is.
    apart: Vec<Set>,
}

impl Consumed {
    /// Nothing if it makes no difference.
    pub fn new(ownership: &Ownership, items: &[Item], states: &[(Boundary, Set)]) -> Option<Self> {
        let boundaries: Vec<Boundary> = states.iter().map(|(boundary, _)| *boundary).collect();
        let overlaps = |below: usize, wanted: fn(&Overlap) -> bool| -> Set {
            let below = &items[below];
            if !may_leave(ownership, below.variable, below.content) {
                return Set::default();
            }
            let of = |above: &Item| {
                let above = (above.variable, above.content);
                overlap(ownership, &boundaries, above, below.variable)
            };
            let above = items.iter().enumerate();
            above
                .filter(|(_, above)| above.variable != below.variable && wanted(&of(above)))
                .map(|(index, _)| index)
                .collect()
        };
        let each = |wanted: fn(&Overlap) -> bool| -> Vec<Set> {
            (0..items.len())
                .map(|item| overlaps(item, wanted))
                .collect()
        };
        let after = each(|overlap| matches!(overlap, Overlap::Unless(_)));
        let none = Set::default();
        if after.iter().all(|after| after.is_within(&none)) {
            return None;
        }
        let is_left = |boundary: Boundary, item: &Item| {
            !may_leave(ownership, item.variable, item.content)
                || in_state(ownership, boundary, item.variable) == Overlap::Always
        };
        let left = |(boundary, held): &(Boundary, Set)| -> Set {
            let items = items.iter().enumerate();
            let left = items.filter(|(index, item)| held.has(*index) && is_left(*boundary, item));
            left.map(|(index, _)| index).collect()
        };
        Some(Consumed {
            states: states.iter().map(left).collect(),
            after,
            apart: each(|overlap| *overlap == Overlap::Never),
        })
    }

    /// The size of the largest state.
    pub fn cost(&self, sequence: &[usize], below: &Below, rooms: &[Room]) -> usize {
        // What lies on each item.
        let mut above = vec![Set::default(); sequence.len()];
        for item in sequence.iter().rev().copied() {
            above[item].insert(item);
            if let Some(below) = below[item] {
                above[below] = above[below].union(&above[item]);
            }
        }
        let begins_with = |item: usize, below: usize| {
            let allowed = self.after[below].union(&self.apart[below]);
            let after = above[item].intersection(&self.after[below]);
            above[item].is_within(&allowed) && !after.is_within(&Set::default())
        };
        // Where each item begins and ends, and how its pile is aligned.
        let mut places = vec![(1, 1, 1); sequence.len()];
        for item in sequence.iter().copied() {
            let (begin, align) = match below[item] {
                None => (1, 1),
                Some(below) if begins_with(item, below) => (places[below].0, places[below].2),
                Some(below) => (places[below].1, places[below].2),
            };
            let room = rooms[item];
            places[item] = (begin, room.end(begin), align.max(room.align));
        }
        let tops = self.states.iter().filter_map(|held| {
            let top = sequence.iter().copied().rfind(|item| held.has(*item))?;
            Some(places[top].1.next_multiple_of(places[top].2))
        });
        tops.max().unwrap_or(0)
    }

    /// What no order can cost less than.
    pub fn bound(&self, rooms: &[Room]) -> usize {
        let sizes = self
            .states
            .iter()
            .map(|held| super::layout::packed(held, rooms));
        sizes.max().unwrap_or(0)
    }
}
