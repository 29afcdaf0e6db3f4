//! Phase five: the state machine, as data: its states, the variables each holds, and where those lie.
//!
//! Code, documentation and diagrams are made from this.

mod consumed;
mod estimate;
mod layout;
mod names;
mod rooms;
mod sets;
mod transitions;

pub use names::camel;
pub use rooms::Field;
pub use transitions::transitions;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};

use crate::flow::{Block, Operation};
use crate::ownership::{Boundary, Ownership, Status, Ways};
use crate::resolve::{NodeId, VariableId};

/// A state machine.
pub struct Machine {
    pub ownership: Ownership,
    /// The function's name.
    pub function: Ident,
    /// The enum's name.
    pub name: Ident,
    /// Every place the poll function jumps to, in source order.
    pub labels: BTreeMap<Boundary, Label>,
    /// The states in which the machine is between polls, in source order, the initial one first.
    pub states: Vec<State>,
    /// What has a field, each behind those that it lies on.
    pub slots: Vec<Slot>,
    /// The answers that fields depend on.
    pub kinds: Vec<NodeId>,
}

/// A place in the poll function.
pub struct Label {
    pub name: Ident,
    pub order: usize,
}

/// A state between polls.
pub struct State {
    pub boundary: Boundary,
    pub name: Ident,
    /// What it waits for; nothing if it is the initial one.
    pub awaited: Option<Awaited>,
    /// Its fields, in memory order.
    pub fields: Vec<Field>,
}

/// An `.await` of the user's.
#[derive(Clone)]
pub struct Awaited {
    /// The awaited expression as it is written.
    pub source: String,
    /// The keyword.
    pub span: Span,
}

impl State {
    /// A line that tells what the state is.
    pub fn documentation(&self) -> String {
        let Some(awaited) = &self.awaited else {
            return "Not polled yet.".to_string();
        };
        let line = awaited.span.start().line;
        let place = if line > 0 {
            format!("Line {line}: ")
        } else {
            String::new()
        };
        format!("{place}`{}.await`", awaited.source)
    }
}

/// A field that all states which have it share.
pub struct Slot {
    pub variable: VariableId,
    /// What of the variable it holds.
    pub content: Content,
    pub name: Ident,
    /// The slot before it, in every state that has it.
    pub below: Option<usize>,
    /// It begins where that one would if the expressions of all these nodes consume that. If there are none, it lies behind it.
    pub below_unless: BTreeSet<NodeId>,
    /// What it tells of the variable in each state, if that is for the answers to some questions to say; else, nothing.
    pub noted: Vec<Ways>,
    /// The type parameter of a value.
    pub parameter: Option<Ident>,
    /// The type parameter of what drops the rest of it, when parts of it have been moved out.
    pub remainder: Option<Ident>,
}

/// What a field holds of a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// Its value.
    Value,
    /// Whether it has a value, where that depends on the path taken.
    IsLive,
    /// Which of its parts have been moved out, where that depends on the path taken.
    Moved,
}

impl Content {
    /// Whether a machine at the boundary holds this of the variable.
    fn is_held(self, ownership: &Ownership, boundary: Boundary, variable: VariableId) -> bool {
        if !ownership.storage[variable].is_saved() {
            return false;
        }
        let status = ownership.status(boundary, variable);
        match self {
            Content::Value => status != Status::Vacant || boundary == Boundary::Await(variable),
            Content::IsLive => status == Status::Unknown,
            Content::Moved => ownership.frames.get(&boundary).is_some_and(|frame| {
                let mut gone = frame.gone.of(variable);
                gone.any(|(_, status)| status == Status::Unknown)
            }),
        }
    }
}

impl Machine {
    /// The variables with a field, each behind those that it lies on.
    pub fn values(&self) -> impl Iterator<Item = &Slot> {
        let slots = self.slots.iter();
        slots.filter(|slot| slot.content == Content::Value)
    }

    /// The variables that a state holds, the future that it waits for included, in memory order.
    pub fn variables<'a>(
        &'a self,
        state: &'a State,
    ) -> impl Iterator<Item = (VariableId, Status)> + 'a {
        let fields = state.fields.iter();
        let held = fields.filter(|field| field.status != Status::Vacant);
        held.filter_map(|field| {
            let slot = &self.slots[field.slot];
            (slot.content == Content::Value).then_some((slot.variable, field.status))
        })
    }
}

/// Builds the machine of the function called `function`.
pub fn machine(ownership: Ownership, function: &Ident) -> Machine {
    let mut order = Order::new();
    order.push((Boundary::Start, None));
    boundaries(&ownership.flow.root, &mut order);
    order.retain(|(boundary, _)| ownership.frames.contains_key(boundary));
    // The enum stands around the user's expressions, so it takes no name that they may mean.
    let mut names = names::Names::reserving_types(&ownership.flow.names.taken);
    // Errors about it point at the user's function.
    let name = Ident::new(
        &names.unique(&names::camel(&function.to_string())),
        function.span(),
    );
    let mut labels = BTreeMap::new();
    let mut variants = names::Names::reserving(&["Start", "Returned", "Panicked"]);
    for (index, (boundary, _)) in order.iter().enumerate() {
        let wish = match boundary {
            Boundary::Start => "Start".to_string(),
            Boundary::Await(future) => {
                names::camel(&ownership.flow.names.variables[*future].name.to_string())
            }
            Boundary::Join(_) => "After".to_string(),
            Boundary::Head(_) => "Loop".to_string(),
            Boundary::Leave(_) => "AfterLoop".to_string(),
        };
        let wish = if *boundary == Boundary::Start {
            wish
        } else {
            variants.unique(&wish)
        };
        labels.insert(
            *boundary,
            Label {
                name: Ident::new(&wish, Span::call_site()),
                order: index,
            },
        );
    }
    let mut slots = layout::slots(&ownership, &order, &mut names);
    order.retain(|(boundary, _)| matches!(boundary, Boundary::Start | Boundary::Await(_)));
    let suspended: Vec<Boundary> = order.iter().map(|(boundary, _)| *boundary).collect();
    rooms::find(&ownership, &suspended, &mut slots);
    let states: Vec<State> = order
        .iter()
        .map(|(boundary, awaited)| State {
            boundary: *boundary,
            name: labels[boundary].name.clone(),
            awaited: awaited.clone(),
            fields: rooms::fields(&ownership, *boundary, &slots),
        })
        .collect();
    let mut kinds: Vec<NodeId> = ownership.keepers.values().flatten().copied().collect();
    for state in &states {
        for field in &state.fields {
            kinds.extend(&field.unless);
            if let Status::Asked(node) = field.status {
                kinds.push(node);
            }
        }
    }
    for slot in &slots {
        let parts = ownership.parts.of.get(&slot.variable).into_iter().flatten();
        kinds.extend(parts.map(|part| part.node));
        kinds.extend(slot.noted.iter().flat_map(|ways| &ways.asked));
    }
    kinds.sort_unstable();
    kinds.dedup();
    Machine {
        ownership,
        function: function.clone(),
        name,
        labels,
        states,
        slots,
        kinds,
    }
}

/// Boundaries, with what the awaiting ones wait for.
type Order = Vec<(Boundary, Option<Awaited>)>;

/// The boundaries of a block, in source order, with what the awaiting ones wait for.
fn boundaries(block: &Block, order: &mut Order) {
    for operation in &block.operations {
        match operation {
            Operation::Await(suspension) => {
                order.push((
                    Boundary::Await(suspension.future),
                    Some(Awaited {
                        source: suspension.source.clone(),
                        span: suspension.span,
                    }),
                ));
            }
            Operation::Let {
                otherwise: Some(block),
                ..
            }
            | Operation::Scope { block, .. } => boundaries(block, order),
            Operation::If {
                then,
                otherwise,
                join,
                ..
            } => {
                boundaries(then, order);
                boundaries(otherwise, order);
                order.push((Boundary::Join(*join), None));
            }
            Operation::Match { arms, join, .. } => {
                arms.iter().for_each(|arm| boundaries(&arm.block, order));
                order.push((Boundary::Join(*join), None));
            }
            Operation::Loop { label, block, .. } => {
                order.push((Boundary::Head(*label), None));
                boundaries(block, order);
                order.push((Boundary::Leave(*label), None));
            }
            Operation::Labelled { label, block, .. } => {
                boundaries(block, order);
                order.push((Boundary::Leave(*label), None));
            }
            _ => {}
        }
    }
}
