//! The forward walk over the operations.

use std::collections::{BTreeMap, BTreeSet};

use super::effects::{Effects, Report, State};
use super::parts::{Gone, Part, Parts};
use super::{Boundary, Entry, Frame, Status, TAILS_END, Together, Ways};
use crate::flow::{Block, Flow, LabelId, Operation, Scrutinee};
use crate::resolve::{Names, NodeId, Use, VariableId};

/// What the walk finds.
#[derive(Default)]
pub struct Walked {
    pub frames: BTreeMap<Boundary, Frame>,
    pub asked: BTreeSet<(VariableId, NodeId)>,
    /// In which pieces of the poll function a variable is declared and mentioned.
    pub pieces: BTreeMap<VariableId, BTreeSet<usize>>,
    /// Which variables hold a value at the same time.
    pub together: Together,
    pub parts: Parts,
}

/// Walks until nothing new is found; a loop's head may learn from its body's end.
pub fn walk(flow: &Flow) -> Walked {
    let mut heads = BTreeMap::new();
    let mut leaves = BTreeMap::new();
    loop {
        let (heads_before, leaves_before) = (heads.clone(), leaves.clone());
        let mut walk = Walk {
            before: BTreeMap::new(),
            last: None,
            flow,
            walked: Walked::default(),
            piece: 0,
            pieces: 0,
            entries: Vec::new(),
            heads,
            leaves,
        };
        let mut state = State {
            ways: BTreeMap::new(),
            gone: Gone::default(),
            reachable: true,
        };
        walk.block(&flow.root, &mut state);
        heads = walk.heads;
        leaves = walk.leaves;
        if heads == heads_before && leaves == leaves_before {
            return walk.walked;
        }
    }
}

struct Walk<'a> {
    flow: &'a Flow,
    walked: Walked,
    piece: usize,
    pieces: usize,
    entries: Vec<Entry>,
    /// What held a value when the current operation began: within an expression, the order is not followed closely.
    before: BTreeMap<VariableId, Ways>,
    /// What the current operation fills when all else of it is evaluated.
    last: Option<VariableId>,
    heads: BTreeMap<LabelId, State>,
    leaves: BTreeMap<LabelId, State>,
}

impl Report for Walk<'_> {
    fn mentioned(&mut self, variable: VariableId) {
        self.walked
            .pieces
            .entry(variable)
            .or_default()
            .insert(self.piece);
    }
    fn filled(&mut self, variable: VariableId, state: &State) {
        let before = self.before.iter().filter(|_| self.last != Some(variable));
        for (other, ways) in held(state).iter().chain(before) {
            self.walked.together.note(variable, *other, ways);
        }
    }
    fn asked(&mut self, variable: VariableId, node: NodeId) {
        self.walked.asked.insert((variable, node));
    }
    fn parted(&mut self, variable: VariableId, part: Part, state: &State) {
        self.walked.parts.note(variable, part, &state.gone);
    }
    fn refilled_in_part(&mut self, variable: VariableId, node: NodeId) {
        self.walked
            .parts
            .given_back_in_part
            .insert((variable, node));
    }
    fn leaves(&mut self, label: LabelId, state: &State) {
        note(&mut self.leaves, label, state);
    }
    fn repeats(&mut self, label: LabelId, state: &State) {
        note(&mut self.heads, label, state);
    }
}

/// What may hold a value.
fn held(state: &State) -> BTreeMap<VariableId, Ways> {
    let held = state.ways.iter();
    held.filter(|(_, ways)| ways.status() != Status::Vacant)
        .map(|(variable, ways)| (*variable, ways.clone()))
        .collect()
}

/// The variable that the whole expression fills.
fn filled_last(names: &Names, expr: &syn::Expr) -> Option<VariableId> {
    let syn::Expr::MethodCall(call) = expr else {
        return None;
    };
    let mention = names.mention_of(&call.receiver)?;
    (call.method == "fill" && mention.usage == Use::Held).then_some(mention.variable)
}

fn note(map: &mut BTreeMap<LabelId, State>, label: LabelId, state: &State) {
    if state.reachable {
        map.entry(label)
            .or_insert_with(|| State {
                ways: BTreeMap::new(),
                gone: Gone::default(),
                reachable: false,
            })
            .join(state);
    }
}

/// Temporaries of an operand block's tail live on or not, as the edition says.
fn ended_early(block: &Block, state: &mut State) {
    for operation in &block.operations {
        let Operation::TailBegins { variable, .. } = operation else {
            continue;
        };
        if let Some(ways) = state.ways.get_mut(variable) {
            ways.ask(TAILS_END);
        }
    }
}

impl Walk<'_> {
    fn declare(&mut self, variable: VariableId, status: Status, state: &mut State) {
        if status != Status::Vacant {
            self.before.clear();
            self.filled(variable, state);
        }
        self.entries.push(Entry::Variable(variable));
        state.set(variable, status);
        self.mentioned(variable);
    }

    /// The variable that a pattern may take from, and what it holds.
    fn consumed(&self, value: &syn::Expr, state: &State) -> Option<(VariableId, Ways)> {
        let mention = self.flow.names.mention_of(value)?;
        let asked = matches!(mention.usage, Use::Unclear(_)) && mention.last;
        let ways = state.ways.get(&mention.variable)?;
        asked.then(|| (mention.variable, ways.clone()))
    }

    /// A part may be moved out of the place `expr` by the `number`th pattern.
    fn arm(&mut self, expr: &syn::Expr, number: usize, pattern: &syn::Pat, state: &mut State) {
        let names = &self.flow.names;
        Effects::new(names, self).arm(expr, number, pattern, state);
    }

    fn expr(&mut self, expr: &syn::Expr, state: &mut State) {
        let names = &self.flow.names;
        self.before = held(state);
        self.last = filled_last(names, expr);
        Effects::new(names, self).expr(expr, state);
        self.last = None;
    }

    /// Another piece of the poll function begins here.
    fn boundary(&mut self, boundary: Boundary, state: &State) {
        self.pieces += 1;
        self.piece = self.pieces;
        let entries = self.entries.clone();
        let ways = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Variable(variable) => {
                    let ways = state.ways.get(variable).cloned();
                    Some((*variable, ways.unwrap_or(Status::Vacant.into())))
                }
                Entry::Early(..) => None,
            })
            .collect();
        if state.reachable {
            let gone = state.gone.clone();
            self.walked.frames.insert(
                boundary,
                Frame {
                    entries,
                    ways,
                    gone,
                },
            );
        }
    }

    fn block(&mut self, block: &Block, state: &mut State) {
        let outer = self.entries.len();
        for variable in &block.bound {
            self.declare(*variable, Status::Live, state);
        }
        if std::ptr::eq(block, &self.flow.root) {
            self.boundary(Boundary::Start, &state.clone());
        }
        for variable in &block.tail_temporaries {
            self.declare(*variable, Status::Vacant, state);
        }
        for operation in &block.operations {
            self.operation(operation, state);
        }
        if let Some(tail) = &block.tail {
            self.expr(tail, state);
        }
        for entry in self.entries.drain(outer..).collect::<Vec<_>>() {
            if let Entry::Variable(variable) = entry {
                state.gone.whole(variable);
                state.ways.remove(&variable);
            }
        }
    }

    fn destination(&mut self, destination: &Option<VariableId>, state: &mut State) {
        if let Some(variable) = destination {
            self.mentioned(*variable);
            self.before.clear();
            self.filled(*variable, state);
            state.set(*variable, Status::Live);
        }
    }

    fn operation(&mut self, operation: &Operation, state: &mut State) {
        match operation {
            Operation::Declare(variable) => self.declare(*variable, Status::Vacant, state),
            Operation::Let {
                pattern,
                value,
                otherwise,
                variables,
                ..
            } => {
                let before = self.consumed(value, state);
                self.expr(value, state);
                if let Some(otherwise) = otherwise {
                    let mut leaving = state.clone();
                    // What does not match stays whole.
                    leaving.ways.extend(before);
                    let piece = self.piece;
                    self.block(otherwise, &mut leaving);
                    self.piece = piece;
                }
                self.arm(value, 0, pattern, state);
                for variable in variables {
                    self.declare(*variable, Status::Live, state);
                }
            }
            Operation::Evaluate(expr) => self.expr(expr, state),
            Operation::Verbatim(_) => {}
            Operation::TailBegins { tail, variable } => {
                self.entries.push(Entry::Early(*variable, *tail));
            }
            Operation::EndOfStatement(variables) => {
                for variable in variables {
                    self.mentioned(*variable);
                    state.set(*variable, Status::Vacant);
                }
            }
            Operation::Await(suspension) => {
                self.expr(&suspension.operand, state);
                self.before.clear();
                self.filled(suspension.future, state);
                self.boundary(Boundary::Await(suspension.future), state);
                self.declare(suspension.output, Status::Live, state);
            }
            Operation::Scope { block, destination } => {
                self.block(block, state);
                ended_early(block, state);
                if let Some(variable) = destination {
                    if !self.entries.contains(&Entry::Variable(*variable)) {
                        self.entries.push(Entry::Variable(*variable));
                    }
                }
                self.destination(destination, state);
            }
            Operation::If {
                condition,
                then,
                otherwise,
                destination,
                join,
            } => {
                self.expr(condition, state);
                let piece = self.piece;
                let mut other = state.clone();
                self.block(then, state);
                self.destination(destination, state);
                self.piece = piece;
                self.block(otherwise, &mut other);
                self.destination(destination, &mut other);
                state.join(&other);
                self.boundary(Boundary::Join(*join), state);
            }
            Operation::Match {
                scrutinee,
                arms,
                destination,
                join,
            } => {
                let lent = match scrutinee {
                    Scrutinee::Direct(expr) => {
                        self.expr(expr, state);
                        None
                    }
                    Scrutinee::Lent { variable, expr } => {
                        let before = state.ways.get(variable).cloned();
                        self.expr(expr, state);
                        before.map(|before| (*variable, before))
                    }
                };
                let piece = self.piece;
                let before = state.clone();
                state.reachable = false;
                for (number, arm) in arms.iter().enumerate() {
                    let mut taken = before.clone();
                    if let (true, Some((variable, ways))) = (arm.gives_back, &lent) {
                        taken.ways.insert(*variable, ways.clone());
                    }
                    self.piece = piece;
                    if let Some(guard) = &arm.guard {
                        self.expr(guard, &mut taken);
                    }
                    if let Scrutinee::Direct(expr) = scrutinee {
                        self.arm(expr, number, &arm.pattern, &mut taken);
                    }
                    self.block(&arm.block, &mut taken);
                    self.destination(destination, &mut taken);
                    state.join(&taken);
                }
                self.boundary(Boundary::Join(*join), state);
            }
            Operation::Loop {
                label,
                block,
                destination,
                has_break,
            } => {
                note(&mut self.heads, *label, state);
                let mut head = self
                    .heads
                    .get(label)
                    .cloned()
                    .unwrap_or_else(|| state.clone());
                head.ways
                    .retain(|variable, _| self.entries.contains(&Entry::Variable(*variable)));
                self.boundary(Boundary::Head(*label), &head);
                self.block(block, &mut head);
                note(&mut self.heads, *label, &head);
                self.left(*label, state, *has_break);
                let _ = destination;
                self.boundary(Boundary::Leave(*label), state);
            }
            Operation::Labelled {
                label,
                block,
                destination,
            } => {
                self.block(block, state);
                self.destination(destination, state);
                note(&mut self.leaves, *label, state);
                self.left(*label, state, true);
                ended_early(block, state);
                self.boundary(Boundary::Leave(*label), state);
            }
        }
    }

    fn left(&mut self, label: LabelId, state: &mut State, reachable: bool) {
        match self.leaves.get(&label) {
            Some(left) if reachable => *state = left.clone(),
            _ => state.reachable = false,
        }
        let entries = &self.entries;
        state
            .ways
            .retain(|variable, _| entries.contains(&Entry::Variable(*variable)));
    }
}
