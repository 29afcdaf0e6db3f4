//! Which variables something else may borrow while the machine is suspended.
//!
//! Unlike [`may_borrow`](super::may_borrow) this never guesses by names: whoever looks at a variable that is not in this list
//! relies on nobody else writing to it. In doubt a variable is in it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Type, UnOp};

use super::copied::{copied, is_copied_type};
use crate::flow::{Block, Flow, Operation, Scrutinee, gives_a_truth};
use crate::resolve::{Names, VariableId, mention_id};

/// The variables that are borrowed somewhere, other than within an expression that keeps nothing.
pub fn lent(flow: &Flow) -> BTreeSet<VariableId> {
    let mut search = Search {
        names: &flow.names,
        copied: copied(flow),
        lent: BTreeSet::new(),
    };
    search.block(&flow.root, false);
    search.lent
}

struct Search<'a> {
    names: &'a Names,
    /// Nothing is ever borrowed through these where their value is used.
    copied: BTreeSet<VariableId>,
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
                ty,
                value,
                otherwise,
                variables,
            } => {
                let temporary = |variable: &VariableId| self.names.variables[*variable].temporary;
                let is_typed = ty.is_some() || variables.iter().any(temporary);
                self.matched(pattern, value, is_typed);
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
                self.looked_at(condition);
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

    fn matched(&mut self, pattern: &Pat, value: &Expr, is_typed: bool) {
        match pattern {
            // Where no type is expected, a place's value is copied or moved.
            Pat::Ident(binding) if binding.by_ref.is_none() && !is_typed => self.looked_at(value),
            Pat::Ident(binding) if binding.by_ref.is_none() => self.visit_expr(value),
            _ => self.all(value.to_token_stream()),
        }
    }

    /// An operand of which nothing is kept if it is a place.
    fn looked_at(&mut self, expr: &Expr) {
        if !is_place(expr) {
            self.visit_expr(expr);
        }
    }

    /// A place's value that is passed on. If it is a `&mut`, it is borrowed through, which nothing in the source shows:
    /// `read(connection.stream)`.
    fn passed(&mut self, place: &Expr) {
        match place {
            Expr::Field(field) => self.passed(&field.base),
            Expr::Unary(unary) => self.passed(&unary.expr),
            Expr::Paren(inner) => self.passed(&inner.expr),
            Expr::Index(index) => {
                self.passed(&index.expr);
                self.visit_expr(&index.index);
            }
            Expr::Path(path) => {
                let mention = path.path.get_ident().and_then(mention_id);
                if let Some(id) = mention {
                    let variable = self.names.mentions[id].variable;
                    if !self.copied.contains(&variable) {
                        self.lent.insert(variable);
                    }
                }
            }
            _ => {}
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
                    if !mention.last && !self.copied.contains(&mention.variable) {
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
            Expr::Unary(unary) if !matches!(unary.op, UnOp::Deref(_)) => {
                self.looked_at(&unary.expr)
            }
            Expr::Field(_) | Expr::Index(_) | Expr::Unary(_) if is_place(expr) => self.passed(expr),
            Expr::Cast(cast) if is_copied_type(&cast.ty) && !is_pointer(&cast.ty) => {
                self.looked_at(&cast.expr);
            }
            Expr::If(branch) => {
                self.looked_at(&branch.cond);
                self.visit_block(&branch.then_branch);
                if let Some((_, otherwise)) = &branch.else_branch {
                    self.visit_expr(otherwise);
                }
            }
            Expr::While(repeat) => {
                self.looked_at(&repeat.cond);
                self.visit_block(&repeat.body);
            }
            Expr::Assign(assign) => {
                if !is_place(&assign.left) {
                    self.all(assign.left.to_token_stream());
                }
                self.visit_expr(&assign.right);
            }
            Expr::Binary(binary) => {
                self.looked_at(&binary.left);
                // An overloaded operator may borrow through its right operand, as a function through its argument.
                if gives_a_truth(&binary.op) {
                    self.looked_at(&binary.right);
                } else {
                    self.visit_expr(&binary.right);
                }
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        if let Some(init) = &local.init {
            match &local.pat {
                Pat::Type(typed) => self.matched(&typed.pat, &init.expr, true),
                pattern => self.matched(pattern, &init.expr, false),
            }
        }
    }
}

fn is_pointer(ty: &Type) -> bool {
    matches!(ty, Type::Ptr(_) | Type::Reference(_))
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
