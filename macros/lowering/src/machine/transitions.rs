//! From which state to which one poll can lead.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::Expr;
use syn::visit::{self, Visit};

use super::State;
use crate::flow::{Block, Operation, Scrutinee, break_label, continue_label, diverges};
use crate::ownership::Boundary;

/// Pairs of states, by index; the state behind the last one is that of a machine that has returned.
pub fn transitions(root: &Block, states: &[State]) -> BTreeSet<(usize, usize)> {
    let mut walk = Walk {
        states,
        edges: BTreeSet::new(),
        exits: BTreeMap::new(),
    };
    let end = walk.block(root, BTreeSet::from([0]));
    walk.returns(&end);
    walk.edges
}

type States = BTreeSet<usize>;

struct Walk<'a> {
    states: &'a [State],
    edges: BTreeSet<(usize, usize)>,
    /// The states in which a lowered loop or block is left, or a loop's next round begun, by the label's name.
    exits: BTreeMap<String, States>,
}

impl Walk<'_> {
    fn returns(&mut self, from: &States) {
        let returned = self.states.len();
        self.edges
            .extend(from.iter().map(|state| (*state, returned)));
    }

    /// The states in which the block's end is reached, if it is begun in `from`.
    fn block(&mut self, block: &Block, mut from: States) -> States {
        for operation in &block.operations {
            from = self.operation(operation, from);
        }
        if let Some(tail) = &block.tail {
            self.leaf(tail, &from);
        }
        if block.diverges { States::new() } else { from }
    }

    fn operation(&mut self, operation: &Operation, from: States) -> States {
        match operation {
            Operation::Declare(_)
            | Operation::Verbatim(_)
            | Operation::TailBegins { .. }
            | Operation::EndOfStatement(_) => from,
            Operation::Let {
                value, otherwise, ..
            } => {
                self.leaf(value, &from);
                if let Some(otherwise) = otherwise {
                    self.block(otherwise, from.clone());
                }
                from
            }
            Operation::Evaluate(expr) => {
                self.leaf(expr, &from);
                if diverges(expr) { States::new() } else { from }
            }
            Operation::Await(suspension) => {
                self.leaf(&suspension.operand, &from);
                let waits = Boundary::Await(suspension.future);
                let state = self.states.iter().position(|state| state.boundary == waits);
                self.edges.extend(
                    state
                        .iter()
                        .flat_map(|to| from.iter().map(|from| (*from, *to))),
                );
                if from.is_empty() {
                    return from;
                }
                state.into_iter().collect()
            }
            Operation::Scope { block, .. } => self.block(block, from),
            Operation::If {
                condition,
                then,
                otherwise,
                ..
            } => {
                self.leaf(condition, &from);
                let mut end = self.block(then, from.clone());
                end.extend(self.block(otherwise, from));
                end
            }
            Operation::Match {
                scrutinee, arms, ..
            } => {
                let (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }) = scrutinee;
                self.leaf(expr, &from);
                let mut end = States::new();
                for arm in arms {
                    arm.guard.iter().for_each(|guard| self.leaf(guard, &from));
                    end.extend(self.block(&arm.block, from.clone()));
                }
                end
            }
            Operation::Loop { label, block, .. } => {
                let next = continue_label(*label).ident.to_string();
                let mut head = from;
                loop {
                    let end = self.block(block, head.clone());
                    let again = self.exits.get(&next).cloned().unwrap_or_default();
                    let before = head.len();
                    head.extend(end.into_iter().chain(again));
                    if head.len() == before {
                        break;
                    }
                }
                self.left(*label)
            }
            Operation::Labelled { label, block, .. } => {
                let mut end = self.block(block, from);
                end.extend(self.left(*label));
                end
            }
        }
    }

    fn left(&self, label: usize) -> States {
        let name = break_label(label).ident.to_string();
        self.exits.get(&name).cloned().unwrap_or_default()
    }

    /// An expression without awaits: where it may leave the function or a lowered loop.
    fn leaf(&mut self, expr: &Expr, from: &States) {
        let mut ways = Ways::default();
        ways.visit_expr(expr);
        if ways.returns {
            self.returns(from);
        }
        for label in ways.labels {
            self.exits.entry(label).or_default().extend(from);
        }
    }
}

/// The ways out of an expression.
#[derive(Default)]
struct Ways {
    returns: bool,
    labels: Vec<String>,
}

impl<'ast> Visit<'ast> for Ways {
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_expr_return(&mut self, expr: &'ast syn::ExprReturn) {
        self.returns = true;
        visit::visit_expr_return(self, expr);
    }
    fn visit_expr_try(&mut self, expr: &'ast syn::ExprTry) {
        self.returns = true;
        visit::visit_expr_try(self, expr);
    }
    fn visit_lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
        self.labels.push(lifetime.ident.to_string());
    }

    /// What a macro does with its arguments is not known, so each way out in them counts.
    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        self.tokens(mac.tokens.to_token_stream());
    }
}

impl Ways {
    fn tokens(&mut self, tokens: proc_macro2::TokenStream) {
        let mut after_quote = false;
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) if after_quote => self.labels.push(ident.to_string()),
                TokenTree::Ident(ident) => self.returns |= ident == "return",
                TokenTree::Punct(punct) => self.returns |= punct.as_char() == '?',
                TokenTree::Literal(_) => {}
            }
            after_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        }
    }
}
