//! The pieces of the poll function, one behind the other in the order of the source, a loop around those of a user's loop.
//!
//! From each piece the machine goes on to a later one, or back to the head of a loop it is in. Written in this way, with no
//! `loop { match .. }` around everything, every step forward is a jump that the compiler sees through.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::Lifetime;

use super::tokens::for_each_ident;
use super::types::places;
use crate::flow::{Block, LabelId, Operation};
use crate::machine::Machine;
use crate::ownership::Boundary;

/// The order of the pieces.
pub struct Arms {
    items: Vec<Item>,
    /// The loops around each piece, the outermost first.
    loops: BTreeMap<Boundary, Vec<LabelId>>,
}

enum Item {
    Arm(Boundary),
    Loop(LabelId, Vec<Item>),
}

impl Arms {
    /// The order of the pieces of a function with this body.
    pub fn new(root: &Block) -> Arms {
        let mut arms = Arms {
            items: Vec::new(),
            loops: BTreeMap::new(),
        };
        let mut items = Vec::new();
        arms.arm(Boundary::Start, &[], &mut items);
        arms.block(root, &mut Vec::new(), &mut items);
        arms.items = items;
        arms
    }

    fn arm(&mut self, boundary: Boundary, loops: &[LabelId], items: &mut Vec<Item>) {
        self.loops.insert(boundary, loops.to_vec());
        items.push(Item::Arm(boundary));
    }

    fn block(&mut self, block: &Block, loops: &mut Vec<LabelId>, items: &mut Vec<Item>) {
        for operation in &block.operations {
            match operation {
                Operation::Await(suspension) => {
                    self.arm(Boundary::Await(suspension.future), loops, items);
                }
                Operation::Let {
                    otherwise: Some(block),
                    ..
                }
                | Operation::Scope { block, .. } => self.block(block, loops, items),
                Operation::If {
                    then,
                    otherwise,
                    join,
                    ..
                } => {
                    self.block(then, loops, items);
                    self.block(otherwise, loops, items);
                    self.arm(Boundary::Join(*join), loops, items);
                }
                Operation::Match { arms, join, .. } => {
                    for arm in arms {
                        self.block(&arm.block, loops, items);
                    }
                    self.arm(Boundary::Join(*join), loops, items);
                }
                Operation::Loop { label, block, .. } => {
                    let mut turn = Vec::new();
                    loops.push(*label);
                    self.arm(Boundary::Head(*label), loops, &mut turn);
                    self.block(block, loops, &mut turn);
                    loops.pop();
                    items.push(Item::Loop(*label, turn));
                    self.arm(Boundary::Leave(*label), loops, items);
                }
                Operation::Labelled { label, block, .. } => {
                    self.block(block, loops, items);
                    self.arm(Boundary::Leave(*label), loops, items);
                }
                _ => {}
            }
        }
    }

    /// Leaves the piece `from` for the piece `to`, whose name is set already.
    pub fn jump(&self, from: Boundary, to: Boundary) -> TokenStream {
        let (around, ahead) = (&self.loops[&from], &self.loops[&to]);
        if let Boundary::Head(label) = to {
            if around.contains(&label) {
                let turns = loop_label(label);
                return quote!(continue #turns;);
            }
        }
        match around.iter().find(|label| !ahead.contains(label)) {
            Some(label) => {
                let turns = loop_label(*label);
                quote!(break #turns;)
            }
            None => {
                let end = arm_label();
                quote!(break #end;)
            }
        }
    }

    /// Puts the pieces together.
    pub fn assemble(
        &self,
        machine: &Machine,
        code: &BTreeMap<Boundary, TokenStream>,
    ) -> TokenStream {
        assemble(&self.items, machine, code)
    }
}

fn assemble(
    items: &[Item],
    machine: &Machine,
    code: &BTreeMap<Boundary, TokenStream>,
) -> TokenStream {
    let places = places(machine);
    items
        .iter()
        .map(|item| match item {
            Item::Arm(boundary) => {
                let (Some(code), Some(label)) = (code.get(boundary), machine.labels.get(boundary))
                else {
                    return TokenStream::new();
                };
                let name = &label.name;
                let code = labelled(code);
                quote!(if __at == #places::#name { #code })
            }
            Item::Loop(label, turn) => {
                let turn = assemble(turn, machine, code);
                if turn.is_empty() {
                    return turn;
                }
                let turns = loop_label(*label);
                quote!(#turns: loop { #turn break; })
            }
        })
        .collect()
}

fn loop_label(label: LabelId) -> Lifetime {
    Lifetime::new(&format!("'__loop_{label}"), Span::call_site())
}

fn arm_label() -> Lifetime {
    Lifetime::new("'__next", Span::call_site())
}

/// A piece that may be left from within, unless it is only ever left at its end.
fn labelled(code: &TokenStream) -> TokenStream {
    let code = without_last_break(code.clone());
    let mut is_left = false;
    for_each_ident(code.clone(), &mut |ident| is_left |= ident == "__next");
    if is_left {
        let end = arm_label();
        quote!(#end: { #code })
    } else {
        code
    }
}

/// Leaves out the `break` that stands at the very end.
fn without_last_break(code: TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = code.into_iter().collect();
    let end: Vec<String> = tokens
        .iter()
        .rev()
        .take(4)
        .map(|token| token.to_string())
        .collect();
    if end == [";", "__next", "'", "break"] {
        tokens.truncate(tokens.len() - 4);
    } else if let Some(TokenTree::Group(group)) = tokens.last() {
        // A block that is a statement of its own, and not the body of an `if` or `match`.
        let statement = match tokens.iter().rev().nth(1) {
            None => true,
            Some(TokenTree::Punct(before)) => before.as_char() == ';',
            Some(_) => false,
        };
        if statement && group.delimiter() == Delimiter::Brace {
            let mut inner = Group::new(Delimiter::Brace, without_last_break(group.stream()));
            inner.set_span(group.span());
            let last = tokens.len() - 1;
            tokens[last] = inner.into();
        }
    }
    tokens.into_iter().collect()
}
