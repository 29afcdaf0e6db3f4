//! Temporaries that a part of an operand leaves behind.
//!
//! A block that is an operand is left as it is written, and so are its branches and arms. But the temporaries of its tail, or of
//! what it matches, may live to the end of the statement, past an await. Such an expression is lowered as one that awaits:
//! [`Builder::mark_tails`] puts a mark in it that looks like an await, and at which nothing is awaited.

use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprAwait, ExprMatch, Stmt, UnOp, parse_quote};

use super::build::Builder;
use super::constants::{is_promoted_receiver, is_static};
use super::operators::is_comparison;
use super::parts_of_temporaries::used_part;
use super::temporaries::{is_compared_temporary, is_place, is_used_up};
use crate::macro_calls::{self, ArgumentMode, Call};
use crate::resolve::{is_part_of_temporary, root_mut};

impl Builder {
    /// Marks the tails and scrutinees in an operand whose temporaries may outlive it.
    pub(super) fn mark_tails(&self, expr: &mut Expr) {
        Marks(self).visit_expr_mut(expr);
    }
}

/// What is marked, if the await is a mark.
pub(super) fn marked(inner: &ExprAwait) -> Option<&Expr> {
    let is_mark = inner.attrs.iter().any(|one| one.path().is_ident("__mark"));
    is_mark.then_some(&*inner.base)
}

/// The part of a temporary that is marked as a method's receiver.
pub(super) fn marked_part(receiver: &Expr) -> Option<&Expr> {
    match receiver {
        Expr::Await(inner) => marked(inner).filter(|part| is_part_of_temporary(part)),
        _ => None,
    }
}

fn mark(expr: &mut Expr) {
    if matches!(expr, Expr::Await(inner) if marked(inner).is_some()) {
        return;
    }
    let base = std::mem::replace(expr, Expr::PLACEHOLDER);
    *expr = Expr::Await(ExprAwait {
        attrs: vec![parse_quote!(#[__mark])],
        base: Box::new(base),
        dot_token: Default::default(),
        await_token: Default::default(),
    });
}

struct Marks<'a>(&'a Builder);

impl Marks<'_> {
    fn tail(&mut self, block: &mut Block) {
        if let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() {
            self.visit_expr_mut(tail);
            let value = match tail {
                Expr::Return(leave) => leave.expr.as_deref_mut(),
                Expr::Break(leave) => leave.expr.as_deref_mut(),
                tail => Some(tail),
            };
            if let Some(value) = value.filter(|value| leaves_temporaries(value)) {
                mark(value);
            }
        }
    }

    fn scrutinee(&mut self, expr: &mut Expr) {
        self.visit_expr_mut(expr);
        if is_matched_temporary(expr) {
            mark(expr);
        }
    }
}

impl Marks<'_> {
    /// What stands for a macro that matches a temporary.
    fn macro_call(&mut self, mac: &mut syn::Macro) -> Option<Expr> {
        let Call::Arguments(mut list) = macro_calls::read(mac) else {
            return None;
        };
        let last = mac.path.segments.last();
        let is_matches = last.is_some_and(|segment| segment.ident == "matches");
        let pattern = list.pattern().filter(|_| is_matches).cloned();
        if let (Some(pattern), [first, guard @ ..]) = (pattern, &mut *list.arguments) {
            if first.mode == ArgumentMode::Scrutinee && is_matched_temporary(&first.expr) {
                let mut matching: ExprMatch =
                    parse_quote!(match () { #pattern => true, _ => false });
                mark(&mut first.expr);
                *matching.expr = first.expr.clone();
                matching.arms[0].guard = guard
                    .first()
                    .map(|guard| (Default::default(), Box::new(guard.expr.clone())));
                return Some(Expr::Match(matching));
            }
        }
        let values = list.arguments.iter_mut();
        for argument in values.filter(|argument| argument.mode == ArgumentMode::Value) {
            self.visit_expr_mut(&mut argument.expr);
        }
        if list
            .arguments
            .iter()
            .any(|argument| super::contains_await(&argument.expr))
        {
            *mac = list.rebuild();
        }
        None
    }
}

impl VisitMut for Marks<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // An await within sees to its own operand.
            Expr::Await(_) | Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {}
            Expr::Block(block) => self.tail(&mut block.block),
            Expr::Unsafe(block) => self.tail(&mut block.block),
            // Temporaries of conditions, branches, arms and bodies end with them.
            Expr::If(branch) => {
                if let Expr::Let(condition) = &mut *branch.cond {
                    self.scrutinee(&mut condition.expr);
                }
            }
            Expr::Match(matching) => self.scrutinee(&mut matching.expr),
            Expr::While(_) | Expr::ForLoop(_) | Expr::Loop(_) => {}
            Expr::Struct(literal) => {
                let fields = literal.fields.iter_mut().map(|field| &mut field.expr);
                fields.for_each(|field| self.visit_expr_mut(field));
                if let Some(base) = &mut literal.rest {
                    self.scrutinee(base);
                }
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {}
            Expr::Field(_) | Expr::Unary(_) if used_part(expr).is_some() => {
                self.visit_expr_mut(root_mut(expr));
                mark(expr);
            }
            Expr::MethodCall(call)
                if is_part_of_temporary(&call.receiver) && !self.0.is_lent(&call.receiver) =>
            {
                self.visit_expr_mut(root_mut(&mut call.receiver));
                mark(&mut call.receiver);
                call.args
                    .iter_mut()
                    .for_each(|argument| self.visit_expr_mut(argument));
            }
            Expr::Macro(mac) => {
                if let Some(written) = self.macro_call(&mut mac.mac) {
                    *expr = written;
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}

/// A value that is matched lives as long as the temporaries around it.
fn is_matched_temporary(expr: &Expr) -> bool {
    !is_place(expr) || leaves_temporaries(expr)
}

/// Whether evaluating the expression may make a temporary that ends with the statement around it.
pub(super) fn leaves_temporaries(expr: &Expr) -> bool {
    let tail = |block: &Block| matches!(block.stmts.last(), Some(Stmt::Expr(tail, None)) if leaves_temporaries(tail));
    match expr {
        Expr::Await(inner) => leaves_temporaries(&inner.base),
        Expr::Paren(inner) => leaves_temporaries(&inner.expr),
        Expr::Group(inner) => leaves_temporaries(&inner.expr),
        Expr::Block(block) => tail(&block.block),
        Expr::Unsafe(block) => tail(&block.block),
        Expr::If(branch) => match &*branch.cond {
            Expr::Let(condition) => is_matched_temporary(&condition.expr),
            _ => false,
        },
        Expr::Match(matching) => is_matched_temporary(&matching.expr),
        Expr::MethodCall(call) => {
            !is_place(&call.receiver)
                && !is_promoted_receiver(&call.method, &call.receiver)
                && !is_used_up(&call.method, &call.receiver)
                || leaves_temporaries(&call.receiver)
                || call.args.iter().any(leaves_temporaries)
        }
        Expr::Call(call) => {
            leaves_temporaries(&call.func) || call.args.iter().any(leaves_temporaries)
        }
        Expr::Reference(reference) => {
            !is_static(reference)
                && (!is_place(&reference.expr) || leaves_temporaries(&reference.expr))
        }
        Expr::Unary(unary) => {
            leaves_temporaries(&unary.expr)
                || matches!(unary.op, UnOp::Deref(_)) && !is_place(&unary.expr)
        }
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => false,
        Expr::Binary(binary) => {
            let operands = [&*binary.left, &*binary.right];
            let compares = is_comparison(&binary.op);
            let leaves = |operand: &Expr| {
                leaves_temporaries(operand) || compares && is_compared_temporary(operand)
            };
            operands.into_iter().any(leaves)
        }
        Expr::Field(field) => !is_place(&field.base) || leaves_temporaries(&field.base),
        Expr::Index(index) => {
            !is_place(&index.expr)
                || leaves_temporaries(&index.expr)
                || leaves_temporaries(&index.index)
        }
        Expr::Tuple(tuple) => tuple.elems.iter().any(leaves_temporaries),
        Expr::Array(array) => array.elems.iter().any(leaves_temporaries),
        Expr::Struct(literal) => {
            let fields = literal.fields.iter().map(|field| &field.expr);
            fields.into_iter().any(leaves_temporaries)
                || literal
                    .rest
                    .as_ref()
                    .is_some_and(|rest| is_matched_temporary(rest))
        }
        Expr::Repeat(repeat) => leaves_temporaries(&repeat.expr),
        Expr::Range(range) => {
            let ends = range.start.iter().chain(&range.end);
            ends.into_iter().any(|end| leaves_temporaries(end))
        }
        Expr::Cast(cast) => leaves_temporaries(&cast.expr),
        Expr::Try(inner) => leaves_temporaries(&inner.expr),
        Expr::Assign(assign) => leaves_temporaries(&assign.right),
        Expr::Macro(mac) => match macro_calls::read(&mac.mac) {
            Call::Arguments(list) => list.arguments.iter().any(|argument| {
                argument.mode == ArgumentMode::Value && leaves_temporaries(&argument.expr)
            }),
            Call::Unknown(_) | Call::Opaque => true,
            Call::Awaiting(_) | Call::OwnBlock(_) | Call::Pins(_) => false,
        },
        _ => false,
    }
}
