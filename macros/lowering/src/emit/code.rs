//! The poll function: one arm for each place it may begin or go on at.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::arms::Arms;
use super::leaves::Leaves;
use super::operations::items;
use super::parts;
use super::storage::{at, declarations, keep, resume, variable_name, whole};
use super::tokens::has_ident;
use super::types::places;
use crate::flow::{Await, Block, Operation, break_label, continue_label};
use crate::machine::Machine;
use crate::ownership::{Boundary, Entry, Status};
use crate::resolve::VariableId;

/// The body of the poll closure. `is_seen` says that the variables of a suspended machine are looked at,
/// or their types declared.
pub fn emit(machine: &Machine, answers: &TokenStream, is_seen: bool) -> syn::Result<TokenStream> {
    let mut emitter = Emitter {
        machine,
        leaves: Leaves::new(machine),
        arms: Arms::new(&machine.ownership.flow.root),
        current: Boundary::Start,
        code: BTreeMap::new(),
        waiting: Vec::new(),
    };
    emitter.run();
    let remainders = parts::remainders(machine, &mut emitter.leaves, is_seen);
    let mut checks = std::mem::take(&mut emitter.leaves.checks);
    checks.extend(super::steady::emit(machine));
    if let Some(error) = emitter.leaves.errors.into_iter().reduce(|mut all, error| {
        all.combine(error);
        all
    }) {
        return Err(error);
    }
    let arms = emitter.arms.assemble(machine, &emitter.code);
    let declarations = declarations(machine);
    Ok(quote! {
        #answers
        #declarations
        unsafe {
            #arms
            #checks
            #remainders
            __state_future::refuse(__running, __at)
        }
    })
}

/// A block on the way to where the code is.
#[derive(Clone, Copy)]
pub(super) struct Level<'a> {
    pub block: &'a Block,
    /// The operation within which the way goes on, or behind which the code goes on.
    pub operation: usize,
    pub kind: Kind,
}

/// How a block stands in the one around it.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Root,
    Scope(Option<VariableId>),
    Branch(Option<VariableId>, Boundary),
    Loop(usize),
    Labelled(usize, Option<VariableId>),
    /// The `else` of a `let`, which never ends.
    Otherwise,
}

/// Where a piece of code ends.
pub(super) enum End {
    /// It goes on, with a value.
    Falls(Option<TokenStream>),
    Leaves,
}

pub(super) struct Emitter<'a> {
    pub machine: &'a Machine,
    pub leaves: Leaves<'a>,
    arms: Arms,
    /// The piece that is being emitted.
    current: Boundary,
    /// The pieces that have been.
    code: BTreeMap<Boundary, TokenStream>,
    waiting: Vec<(Boundary, Vec<Level<'a>>)>,
}

impl<'a> Emitter<'a> {
    fn run(&mut self) {
        let root = Level {
            block: &self.machine.ownership.flow.root,
            operation: 0,
            kind: Kind::Root,
        };
        let entered = self.enter_running();
        let mut levels = vec![root];
        let (code, end) = self.operations(&mut levels, 0);
        let code = self.finish_root(code, end);
        let resumed = self.held_of(levels[0].block, Boundary::Start, &code);
        self.code
            .insert(Boundary::Start, quote!(#entered #resumed #code));
        while let Some((boundary, levels)) = self.waiting.pop() {
            if !self.code.contains_key(&boundary) {
                self.current = boundary;
                let code = self.arm(boundary, &levels);
                self.code.insert(boundary, code);
            }
        }
    }

    fn enter_running(&self) -> TokenStream {
        quote!(__running.resume();)
    }

    fn finish_root(&self, code: TokenStream, end: End) -> TokenStream {
        match end {
            End::Falls(value) => {
                let value = value.unwrap_or_else(|| quote!(()));
                match self.machine.ownership.flow.returns_output {
                    true => quote!(#code return #value;),
                    false => quote!(#code return ::core::task::Poll::Ready(#value);),
                }
            }
            End::Leaves => code,
        }
    }

    pub(super) fn schedule(&mut self, boundary: Boundary, levels: &[Level<'a>]) {
        // What is not in the frames is never reached.
        if self.machine.ownership.frames.contains_key(&boundary) {
            self.waiting.push((boundary, levels.to_vec()));
        }
    }

    /// The code of one arm.
    fn arm(&mut self, boundary: Boundary, levels: &[Level<'a>]) -> TokenStream {
        let mut head = TokenStream::new();
        let mut first = TokenStream::new();
        if let Boundary::Await(future) = boundary {
            let suspension = awaited(levels);
            let (name, output) = (
                variable_name(self.machine, future),
                variable_name(self.machine, suspension.output),
            );
            let entered = self.enter_running();
            let leave = match self.machine.ownership.flow.returns_output {
                true => quote!(match __state_future::stay().await {}),
                false => quote!(return ::core::task::Poll::Pending;),
            };
            head = quote! {
                let ::core::task::Poll::Ready(#output) = __state_future::poll(__slots.#name, __context) else {
                    #leave
                };
                #entered
            };
            // Should the awaited future's drop panic, its output is never dropped: that is how the compiler has it.
            let taken = quote!(__state_future::finish(__slots.#name, #output));
            let output = if self.machine.ownership.storage[suspension.output].is_held() {
                let at = at(self.machine, suspension.output);
                let held = quote!(__state_future::Held::new(#at, #taken));
                let held = whole(self.machine, suspension.output, held);
                quote!(let mut #output = #held;)
            } else {
                quote!(let #output = #taken;)
            };
            first = output;
        }
        let (code, end) = self.resumed(levels, 0, boundary, first);
        let code = self.finish_root(code, end);
        quote!(#head #code)
    }

    /// Takes up the variables of the blocks on the way, runs `first` in the innermost, and goes on from there outwards.
    fn resumed(
        &mut self,
        levels: &[Level<'a>],
        index: usize,
        boundary: Boundary,
        first: TokenStream,
    ) -> (TokenStream, End) {
        let block = levels[index].block;
        let (rest, end) = self.resumed_block(levels, index, boundary, first);
        let (items, held) = (items(block), self.held_of(block, boundary, &rest));
        (quote!(#items #held #rest), end)
    }

    /// The same, without what the block has declared so far.
    fn resumed_block(
        &mut self,
        levels: &[Level<'a>],
        index: usize,
        boundary: Boundary,
        first: TokenStream,
    ) -> (TokenStream, End) {
        let level = levels[index];
        let mut code = TokenStream::new();
        if index + 1 == levels.len() {
            if let Boundary::Head(label) = boundary {
                let Operation::Loop { block, .. } = &level.block.operations[level.operation] else {
                    return (code, End::Leaves);
                };
                let mut inner = levels.to_vec();
                inner.push(Level {
                    block,
                    operation: 0,
                    kind: Kind::Loop(label),
                });
                let (body, end) = self.operations(&mut inner, 0);
                code.extend(self.loop_round(label, body, end));
                return (code, End::Leaves);
            }
            code.extend(first);
        } else {
            let (inner, end) = self.resumed(levels, index + 1, boundary, first);
            let (wrapped, leaves) = self.wrapped(levels[index + 1].kind, inner, end);
            code.extend(wrapped);
            if leaves {
                return (code, End::Leaves);
            }
        }
        let mut outer = levels[..=index].to_vec();
        let (rest, end) = self.operations(&mut outer, level.operation + 1);
        code.extend(rest);
        (code, end)
    }

    /// An inner block's remaining code, in its place in the block around it; and whether the code ends there.
    pub(super) fn wrapped(
        &mut self,
        kind: Kind,
        inner: TokenStream,
        end: End,
    ) -> (TokenStream, bool) {
        match kind {
            Kind::Root => (inner, true),
            Kind::Scope(destination) => match end {
                End::Leaves => (quote!({ #inner }), true),
                End::Falls(value) => (self.scope_value(destination, inner, value), false),
            },
            Kind::Branch(destination, join) => {
                let stored = self.stored(destination, inner, end);
                let leave = self.go(join);
                (quote!(#stored #leave), true)
            }
            // Its tail's temporaries end with it.
            Kind::Otherwise => match end {
                End::Leaves | End::Falls(None) => (quote!({ #inner };), true),
                End::Falls(Some(value)) => (quote!({ #inner #value };), true),
            },
            Kind::Loop(label) => (self.loop_round(label, inner, end), true),
            Kind::Labelled(label, destination) => {
                let name = break_label(label);
                let stored = self.stored(destination, inner, end);
                let leave = self.go(Boundary::Leave(label));
                (quote!(#name: { #stored } #leave), true)
            }
        }
    }

    fn loop_round(&mut self, label: usize, body: TokenStream, end: End) -> TokenStream {
        let (leave, next) = (break_label(label), continue_label(label));
        let again = self.go(Boundary::Head(label));
        let left = self.go(Boundary::Leave(label));
        let body = match end {
            End::Falls(Some(value)) => quote!({ #body #value };),
            _ => body,
        };
        quote!(#leave: { #next: { #body } #again } #left)
    }

    fn scope_value(
        &mut self,
        destination: Option<VariableId>,
        inner: TokenStream,
        value: Option<TokenStream>,
    ) -> TokenStream {
        match (destination, value) {
            (Some(variable), value) => {
                let name = variable_name(self.machine, variable);
                // A block without a tail is of any type if it never ends, as only the compiler knows.
                let ty = self.expected(variable);
                if !self.machine.ownership.storage[variable].is_held() {
                    return quote!(let #name #ty = { #inner #value };);
                }
                let declared = self.machine.labels.keys().any(|boundary| {
                    matches!(
                        boundary,
                        Boundary::Leave(_) | Boundary::Join(_) | Boundary::Await(_)
                    ) && self.machine.ownership.frames[boundary]
                        .entries
                        .contains(&Entry::Variable(variable))
                });
                let at = at(self.machine, variable);
                if declared && self.is_declared(variable) {
                    quote!({ let __value #ty = { #inner #value }; #name.fill(__value); })
                } else {
                    let value = match &ty {
                        None => quote!({ #inner #value }),
                        Some(_) => quote!({ let __value #ty = { #inner #value }; __value }),
                    };
                    let held = quote!(__state_future::Held::new(#at, #value));
                    let held = whole(self.machine, variable, held);
                    quote!(let mut #name = #held;)
                }
            }
            (None, Some(value)) => quote!({ #inner #value };),
            (None, None) => quote!({ #inner }),
        }
    }

    /// `: Type`, if the variable is known to have one to which its value may have to be coerced.
    fn expected(&self, variable: VariableId) -> Option<TokenStream> {
        let ty = self.machine.ownership.flow.names.variables[variable]
            .ty
            .as_ref();
        let ty = ty.filter(|ty| !matches!(ty, syn::Type::Tuple(tuple) if tuple.elems.is_empty()));
        ty.map(|ty| quote!(: #ty))
    }

    /// Whether some operation declares the variable before it gets its value.
    fn is_declared(&self, variable: VariableId) -> bool {
        fn within(block: &Block, variable: VariableId) -> bool {
            block.operations.iter().any(|operation| match operation {
                Operation::Declare(declared) => *declared == variable,
                Operation::Let {
                    otherwise: Some(block),
                    ..
                }
                | Operation::Scope { block, .. }
                | Operation::Loop { block, .. }
                | Operation::Labelled { block, .. } => within(block, variable),
                Operation::If {
                    then, otherwise, ..
                } => within(then, variable) || within(otherwise, variable),
                Operation::Match { arms, .. } => {
                    arms.iter().any(|arm| within(&arm.block, variable))
                }
                _ => false,
            })
        }
        within(&self.machine.ownership.flow.root, variable)
    }

    /// A branch's code, its value put where it belongs.
    pub(super) fn stored(
        &mut self,
        destination: Option<VariableId>,
        inner: TokenStream,
        end: End,
    ) -> TokenStream {
        match (end, destination) {
            (End::Leaves, _) => quote!({ #inner }),
            (End::Falls(value), Some(variable)) => {
                let store = self.store(variable, quote!(__value));
                let ty = self.expected(variable);
                quote!({ let __value #ty = { #inner #value }; #store })
            }
            (End::Falls(Some(value)), None) => quote!({ #inner #value };),
            (End::Falls(None), None) => quote!({ #inner }),
        }
    }

    fn store(&self, variable: VariableId, value: TokenStream) -> TokenStream {
        let name = variable_name(self.machine, variable);
        if self.machine.ownership.storage[variable].is_held() {
            quote!(#name.fill(#value);)
        } else {
            quote!(#name = #value;)
        }
    }

    /// Goes to another arm: what lives on stays in its place.
    pub(super) fn go(&self, boundary: Boundary) -> TokenStream {
        let Some(frame) = self.machine.ownership.frames.get(&boundary) else {
            return TokenStream::new();
        };
        let mut code = TokenStream::new();
        for entry in &frame.entries {
            if let Entry::Variable(variable) = entry {
                if self.machine.ownership.storage[*variable].is_held() {
                    code.extend(keep(
                        self.machine,
                        *variable,
                        frame.status(*variable),
                        boundary,
                    ));
                }
            }
        }
        let places = places(self.machine);
        let name = &self.machine.labels[&boundary].name;
        if matches!(boundary, Boundary::Await(_)) {
            code.extend(quote!(__running.suspend(#places::#name);));
        }
        let jump = self.arms.jump(self.current, boundary);
        quote!(#code __at = #places::#name; #jump)
    }

    /// The variables of one block that exist at a boundary. Those without a value are left out if the `rest` gives them none.
    fn held_of(&self, block: &Block, boundary: Boundary, rest: &TokenStream) -> TokenStream {
        let Some(frame) = self.machine.ownership.frames.get(&boundary) else {
            return TokenStream::new();
        };
        let own = self.declared_by(block);
        let ends_early = |variable: VariableId| {
            let mut entries = frame.entries.iter();
            entries.any(|entry| {
                matches!(entry, Entry::Early(other, tail) if *other == variable && has_tail(block, *tail))
            })
        };
        let is_used = |variable: VariableId| {
            frame.status(variable) != Status::Vacant
                || ends_early(variable)
                || has_ident(rest, &variable_name(self.machine, variable))
        };
        let mut code = TokenStream::new();
        for entry in &frame.entries {
            match entry {
                Entry::Variable(variable)
                    if own.contains(variable)
                        && self.machine.ownership.storage[*variable].is_held()
                        && is_used(*variable) =>
                {
                    code.extend(resume(
                        self.machine,
                        *variable,
                        frame.status(*variable),
                        boundary,
                    ));
                }
                Entry::Early(variable, tail) if has_tail(block, *tail) => {
                    code.extend(self.early(*variable))
                }
                _ => {}
            }
        }
        code
    }

    /// The variables that a block's own operations declare. A scope declares its destination unless several ways lead
    /// to that: then it stands before them.
    fn declared_by(&self, block: &Block) -> BTreeSet<VariableId> {
        let mut own: BTreeSet<VariableId> = block
            .bound
            .iter()
            .chain(&block.tail_temporaries)
            .copied()
            .collect();
        for operation in &block.operations {
            match operation {
                Operation::Declare(variable) => {
                    own.insert(*variable);
                }
                Operation::Let { variables, .. } => own.extend(variables),
                Operation::Await(suspension) => {
                    own.insert(suspension.output);
                }
                Operation::Scope {
                    destination: Some(variable),
                    ..
                } if !self.is_declared(*variable) => {
                    own.insert(*variable);
                }
                _ => {}
            }
        }
        own
    }

    pub(super) fn early(&self, variable: VariableId) -> TokenStream {
        let name = variable_name(self.machine, variable);
        let early = format_ident!("_{}_early", name);
        quote!(let #early = #name.early(__EDITION_2024);)
    }
}

/// The suspension point at which the way ends.
fn awaited<'a>(levels: &[Level<'a>]) -> &'a Await {
    let level = levels[levels.len() - 1];
    match &level.block.operations[level.operation] {
        Operation::Await(suspension) => suspension,
        _ => unreachable!("an await's boundary is scheduled at an await"),
    }
}

/// Whether the tail with this label is the block's.
fn has_tail(block: &Block, label: usize) -> bool {
    block
        .operations
        .iter()
        .any(|operation| matches!(operation, Operation::TailBegins { tail, .. } if *tail == label))
}
