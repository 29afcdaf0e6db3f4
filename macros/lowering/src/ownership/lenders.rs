//! Variables that lend to what lives in the machine.
//!
//! A reference that nobody uses any more may still be in scope at an await, and so in the machine, when what it borrows from has
//! been moved away. To the compiler, being kept is a use. So such a variable is borrowed by way of its address.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Expr;

use super::Storage;
use super::borrows::lends;
use crate::flow::{Block, Flow, Operation, Scrutinee};
use crate::resolve::{Names, Use, VariableId, mention_id};

/// Where a value goes, and which variables it is made of; those that it may borrow from apart.
struct Edge {
    to: Vec<VariableId>,
    from: BTreeSet<VariableId>,
    borrowed: BTreeSet<VariableId>,
}

/// The variables that something in the machine may borrow from.
pub fn lenders(flow: &Flow, storage: &[Storage]) -> BTreeSet<VariableId> {
    let mut search = Search {
        names: &flow.names,
        edges: Vec::new(),
        bound: BTreeSet::new(),
    };
    search.block(&flow.root, None);
    let Search { edges, bound, .. } = search;
    let is_saved = |variable: &VariableId| storage[*variable].is_saved();
    let mut reached: BTreeSet<VariableId> = (0..storage.len()).filter(is_saved).collect();
    let mut lenders = BTreeSet::new();
    loop {
        let before = (reached.len(), lenders.len());
        for edge in &edges {
            if edge.to.iter().any(|variable| reached.contains(variable)) {
                reached.extend(&edge.from);
                lenders.extend(edge.borrowed.intersection(&bound));
            }
        }
        if before == (reached.len(), lenders.len()) {
            return lenders;
        }
    }
}

struct Search<'a> {
    names: &'a Names,
    edges: Vec<Edge>,
    /// The variables that operations bind; others belong to closures and the like.
    bound: BTreeSet<VariableId>,
}

impl Search<'_> {
    fn edge(&mut self, mut to: Vec<VariableId>, value: &Expr) {
        // Temporaries are filled within the expression.
        self.mentioned(value.to_token_stream(), &mut |variable, usage| {
            if usage == Use::Held {
                to.push(variable);
            }
        });
        if to.is_empty() || !lends(self.names, value) {
            return;
        }
        let (mut from, mut borrowed) = (BTreeSet::new(), BTreeSet::new());
        self.mentioned(value.to_token_stream(), &mut |variable, usage| {
            from.insert(variable);
            if usage != Use::Value {
                borrowed.insert(variable);
            }
        });
        self.edges.push(Edge { to, from, borrowed });
    }

    fn mentioned(&self, tokens: TokenStream, visit: &mut dyn FnMut(VariableId, Use)) {
        crate::emit::for_each_ident(tokens, &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let mention = &self.names.mentions[id];
                visit(mention.variable, mention.usage);
            }
        });
    }

    fn block(&mut self, block: &Block, destination: Option<VariableId>) {
        for operation in &block.operations {
            self.operation(operation);
        }
        if let Some(tail) = &block.tail {
            self.edge(destination.into_iter().collect(), tail);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Let {
                value,
                otherwise,
                variables,
                ..
            } => {
                self.bound.extend(variables);
                self.edge(variables.clone(), value);
                if let Some(block) = otherwise {
                    self.block(block, None);
                }
            }
            Operation::Evaluate(Expr::Assign(assign)) => {
                let mut to = Vec::new();
                self.mentioned(assign.left.to_token_stream(), &mut |variable, _| {
                    to.push(variable)
                });
                self.edge(to, &assign.right);
            }
            Operation::Evaluate(expr) => self.edge(Vec::new(), expr),
            Operation::Await(suspension) => self.edge(Vec::new(), &suspension.operand),
            Operation::Scope { block, destination }
            | Operation::Loop {
                block, destination, ..
            }
            | Operation::Labelled {
                block, destination, ..
            } => self.block(block, *destination),
            Operation::If {
                then,
                otherwise,
                destination,
                ..
            } => {
                self.block(then, *destination);
                self.block(otherwise, *destination);
            }
            Operation::Match {
                scrutinee,
                arms,
                destination,
                ..
            } => {
                let (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }) = scrutinee;
                for arm in arms {
                    self.bound.extend(&arm.block.bound);
                    self.edge(arm.block.bound.clone(), expr);
                    self.block(&arm.block, *destination);
                }
            }
            _ => {}
        }
    }
}
