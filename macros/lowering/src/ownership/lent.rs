//! Which variables something else may borrow while the machine is suspended.
//!
//! Unlike [`may_borrow`](super::may_borrow) this never guesses by names: whoever looks at a variable that is not in this list
//! relies on nobody else writing to it. In doubt a variable is in it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Type};

use crate::flow::{Block, Flow, Operation, Scrutinee};
use crate::resolve::{Names, Variable, VariableId, mention_id};

/// The variables that are borrowed somewhere, other than within an expression that keeps nothing.
pub fn lent(flow: &Flow) -> BTreeSet<VariableId> {
    let mut search = Search {
        names: &flow.names,
        lent: BTreeSet::new(),
    };
    search.block(&flow.root, false);
    search.lent
}

struct Search<'a> {
    names: &'a Names,
    lent: BTreeSet<VariableId>,
}

impl Search<'_> {
    /// A borrow that begins where the machine suspends no more is none that it is suspended with. `later` says whether it may
    /// suspend once the block has ended.
    fn block(&mut self, block: &Block, later: bool) {
        for (index, operation) in block.operations.iter().enumerate() {
            let later = later
                || block.operations[index + 1..]
                    .iter()
                    .any(Operation::suspends);
            if later || operation.suspends() {
                self.operation(operation, later);
            }
        }
        if let Some(tail) = block.tail.as_ref().filter(|_| later) {
            self.visit_expr(tail);
        }
    }

    fn operation(&mut self, operation: &Operation, later: bool) {
        match operation {
            Operation::Let {
                pattern,
                value,
                otherwise,
                ..
            } => {
                self.matched(pattern, value);
                otherwise.iter().for_each(|block| self.block(block, later));
            }
            Operation::Await(suspension) => self.visit_expr(&suspension.operand),
            Operation::Evaluate(expr) => self.evaluated(expr),
            Operation::Verbatim(statement) => self.all(statement.to_token_stream()),
            Operation::Scope { block, .. } | Operation::Labelled { block, .. } => {
                self.block(block, later)
            }
            Operation::Loop { block, .. } => self.block(block, true),
            Operation::If {
                condition,
                then,
                otherwise,
                ..
            } => {
                self.visit_expr(condition);
                self.block(then, later);
                self.block(otherwise, later);
            }
            Operation::Match {
                scrutinee, arms, ..
            } => {
                let (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }) = scrutinee;
                self.all(expr.to_token_stream());
                for arm in arms {
                    arm.guard.iter().for_each(|guard| self.visit_expr(guard));
                    self.block(&arm.block, later);
                }
            }
            Operation::Declare(_) | Operation::TailBegins { .. } | Operation::EndOfStatement(_) => {
            }
        }
    }

    /// An expression whose value is dropped: a method that is given no variable can keep a borrow of none.
    fn evaluated(&mut self, expr: &Expr) {
        match expr {
            Expr::MethodCall(call) if call.args.iter().all(|argument| !self.mentions(argument)) => {
                if !matches!(&*call.receiver, Expr::Path(_)) {
                    self.visit_expr(&call.receiver);
                }
            }
            Expr::Macro(mac) if crate::ownership::is_printed(&mac.mac) => {}
            _ => self.visit_expr(expr),
        }
    }

    fn matched(&mut self, pattern: &Pat, value: &Expr) {
        match pattern {
            Pat::Ident(binding) if binding.by_ref.is_none() => self.visit_expr(value),
            _ => self.all(value.to_token_stream()),
        }
    }

    fn mentions(&self, tokens: impl ToTokens) -> bool {
        let mut found = false;
        crate::emit::for_each_ident(tokens.into_token_stream(), &mut |ident| {
            found |= mention_id(ident).is_some();
        });
        found
    }

    fn all(&mut self, tokens: TokenStream) {
        crate::emit::for_each_ident(tokens, &mut |ident| {
            if let Some(id) = mention_id(ident) {
                self.lent.insert(self.names.mentions[id].variable);
            }
        });
    }
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Reference(_)
            | Expr::RawAddr(_)
            | Expr::Closure(_)
            | Expr::Async(_)
            | Expr::Match(_)
            | Expr::Let(_)
            | Expr::ForLoop(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::Verbatim(_) => self.all(expr.to_token_stream()),
            Expr::Path(path) => {
                let mention = path.path.get_ident().and_then(mention_id);
                if let Some(mention) = mention.map(|id| &self.names.mentions[id]) {
                    // What is mentioned again is copied, or it is a `&mut` that is borrowed through.
                    if !mention.last && !is_copied(&self.names.variables[mention.variable]) {
                        self.lent.insert(mention.variable);
                    }
                }
            }
            Expr::Macro(mac) if crate::ownership::is_printed(&mac.mac) => {}
            Expr::Macro(_) => self.all(expr.to_token_stream()),
            Expr::MethodCall(call) => {
                self.all(call.receiver.to_token_stream());
                call.args
                    .iter()
                    .for_each(|argument| self.visit_expr(argument));
            }
            Expr::Call(call) => {
                self.all(call.func.to_token_stream());
                call.args
                    .iter()
                    .for_each(|argument| self.visit_expr(argument));
            }
            // Their operands are looked at, and no more.
            Expr::Field(field) if is_place(&field.base) => {}
            Expr::Index(index) if is_place(&index.expr) => self.visit_expr(&index.index),
            Expr::Unary(unary) if is_place(&unary.expr) => {}
            Expr::Assign(assign) => {
                if !is_place(&assign.left) {
                    self.all(assign.left.to_token_stream());
                }
                self.visit_expr(&assign.right);
            }
            Expr::Binary(binary) => {
                for side in [&binary.left, &binary.right] {
                    if !is_place(side) {
                        self.visit_expr(side);
                    }
                }
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            self.matched(&local.pat, &init.expr);
        }
    }
}

/// Whether the variable is surely of a type that is copied, not borrowed through, where its value is used.
fn is_copied(variable: &Variable) -> bool {
    match variable.ty.as_ref().or(variable.likely.as_ref()) {
        Some(Type::Reference(reference)) => reference.mutability.is_none(),
        Some(Type::Path(path)) => path.path.get_ident().is_some_and(|name| {
            let name = name.to_string();
            ["bool", "char", "f32", "f64", "usize", "isize"].contains(&name.as_str())
                || (name.starts_with(['u', 'i']) && name[1..].parse::<u8>().is_ok())
        }),
        _ => false,
    }
}

/// A variable, or a part of one.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Index(index) => is_place(&index.expr),
        Expr::Unary(unary) => is_place(&unary.expr),
        Expr::Paren(inner) => is_place(&inner.expr),
        _ => false,
    }
}
