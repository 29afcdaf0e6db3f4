//! Blocks, their statements and tails.

use syn::{Expr, ExprMacro, ExprParen, Stmt, StmtMacro};

use super::build::Builder;
use super::constructs::is_construct;
use super::contains::contains_await;
use super::diverging::diverges;
use super::ir::{Block, Operation};
use super::tails::leaves_temporaries;
use crate::macro_calls::{self, Call};
use crate::resolve::{Use, VariableId};

/// Where the temporaries of an expression end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is a block's tail: they end with it since edition 2024, before with what the block stands in.
    Block,
    /// It is an arm's body: with the arm.
    Arm,
    /// It is an operand that is not always evaluated: with itself.
    Alone,
}

impl Builder {
    /// A block; its tail is a value if `valued`.
    pub fn block(&mut self, mut block: syn::Block, valued: bool) -> syn::Result<Block> {
        let items = self.block_items(&mut block)?;
        let (operations, (tail, tail_temporaries)) = self.nested(|builder| {
            let mut statements = macros_as_expressions(block.stmts);
            let tail = match statements.pop() {
                Some(Stmt::Expr(expr, None)) => Some(expr),
                Some(last) => {
                    statements.push(last);
                    None
                }
                None => None,
            };
            let outer = builder.awaits_follow;
            let tail_awaits = tail.as_ref().is_some_and(contains_await);
            for index in 0..statements.len() {
                let follow =
                    tail_awaits || statements[index + 1..].iter().any(statement_contains_await);
                builder.awaits_follow = outer || follow;
                let statement = statements[index].clone();
                builder.one(match follow {
                    true => without_declarations(statement),
                    false => statement,
                })?;
            }
            builder.awaits_follow = outer;
            builder.tail(tail, valued, Ending::Block)
        })?;
        Ok(Block {
            items,
            tail_temporaries,
            ..written(operations, tail)
        })
    }

    /// An arm's body: a block, or an expression whose temporaries end with the arm.
    pub(super) fn arm_body(&mut self, body: Expr, valued: bool) -> syn::Result<Block> {
        match body {
            Expr::Block(block) if block.label.is_none() => self.block_within(block.block, valued),
            body => self.ending(body, valued, Ending::Arm),
        }
    }

    /// A block within a scope of variables that a pattern binds, before which the temporaries of its tail end.
    pub(super) fn block_within(&mut self, block: syn::Block, valued: bool) -> syn::Result<Block> {
        match block.stmts.last() {
            Some(Stmt::Expr(tail, None)) if leaves_temporaries(tail) => {
                let (operations, tail) = self.nested(|builder| {
                    let block = builder.block(block, valued)?;
                    let destination = valued.then(|| builder.names.temporary("value"));
                    builder.push(Operation::Scope { block, destination });
                    let value = destination.map(|value| builder.mention(value, Use::Value));
                    value.map(|value| builder.leaf(value)).transpose()
                })?;
                Ok(written(operations, tail))
            }
            _ => self.block(block, valued),
        }
    }

    /// What stands in place of a block.
    pub(super) fn ending(
        &mut self,
        expr: Expr,
        valued: bool,
        ending: Ending,
    ) -> syn::Result<Block> {
        let (operations, (tail, _)) =
            self.nested(|builder| builder.tail(Some(expr), valued, ending))?;
        Ok(written(operations, tail))
    }

    fn tail(
        &mut self,
        tail: Option<Expr>,
        valued: bool,
        ending: Ending,
    ) -> syn::Result<(Option<Expr>, Vec<VariableId>)> {
        let Some(tail) = tail else {
            return Ok((None, Vec::new()));
        };
        if !contains_await(&tail) {
            return Ok((Some(self.leaf(in_arm(tail, ending))?), Vec::new()));
        }
        let begin = self.operations.len();
        let is_vec = is_vec(&tail);
        let mut tail = tail;
        if is_construct(&tail) {
            // The temporaries of its own tail outlive this block's variables, too.
            self.mark_tails(&mut tail);
        }
        let tail = if is_exit(&tail) || is_unit_construct(&tail) || !valued && is_construct(&tail) {
            self.effect(tail)?;
            None
        } else {
            let mut tail = self.value(tail, false)?;
            if leaves_temporaries(&tail) && !self.placed_temporaries(0).is_empty() {
                // In one scope with the others.
                tail = self.lasting(tail)?;
            }
            if ending != Ending::Arm && !self.placed_temporaries(0).is_empty() {
                self.settle(&mut tail)?;
            }
            Some(self.leaf(in_arm(tail, ending))?)
        };
        let undeclared = std::mem::take(&mut self.undeclared);
        self.operations
            .extend(undeclared.into_iter().map(Operation::Declare));
        let temporaries = std::mem::take(&mut self.temporaries);
        let pinned: Vec<VariableId> = temporaries
            .iter()
            .copied()
            .filter(|variable| self.is_declared(*variable))
            .collect();
        if is_vec {
            // Its elements are written to where they stay: they have a scope within that of the tail's temporaries.
            let is_pinned = |operation: &Operation| matches!(operation, Operation::Declare(variable) if pinned.contains(variable));
            self.operations[begin..].sort_by_key(|operation| !is_pinned(operation));
        }
        self.outlive(begin, &pinned, tail.as_ref(), ending != Ending::Arm);
        if ending != Ending::Block {
            return Ok((tail, Vec::new()));
        }
        for index in begin..self.operations.len() {
            let Operation::Declare(variable) = self.operations[index] else {
                continue;
            };
            if pinned.contains(&variable) {
                let tail = self.new_label();
                self.ends_tails = true;
                self.operations[index] = Operation::TailBegins { tail, variable };
            }
        }
        Ok((tail, pinned))
    }

    /// A block that is an operand: up to edition 2021, its tail's temporaries belong to what it stands in.
    pub fn operand_block(&mut self, block: syn::Block, valued: bool) -> syn::Result<Block> {
        let mut block = self.block(block, valued)?;
        let temporaries = std::mem::take(&mut block.tail_temporaries);
        self.temporaries.extend(&temporaries);
        self.undeclared.extend(temporaries);
        Ok(block)
    }

    fn is_declared(&self, variable: VariableId) -> bool {
        self.operations
            .iter()
            .any(|operation| matches!(operation, Operation::Declare(other) if *other == variable))
    }

    fn one(&mut self, statement: Stmt) -> syn::Result<()> {
        match statement {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(expr, _) if contains_await(&expr) => {
                self.statement(|builder| builder.effect(expr))
            }
            Stmt::Expr(expr, _) => {
                let expr = self.leaf(expr)?;
                self.push(Operation::Evaluate(expr));
                Ok(())
            }
            other => {
                self.push(Operation::Verbatim(other));
                Ok(())
            }
        }
    }
}

/// A block without items of these operations.
fn written(operations: Vec<Operation>, tail: Option<Expr>) -> Block {
    Block {
        diverges: ends_by_leaving(&operations),
        operations,
        tail,
        ..Block::default()
    }
}

/// What stands in an arm without braces leaves its temporaries to the arm, and what it has of operands ends before them. As the tail of a block it would
/// have them beside its operands, since edition 2024.
fn in_arm(tail: Expr, ending: Ending) -> Expr {
    match ending {
        Ending::Arm if leaves_temporaries(&tail) && has_operands(&tail) => {
            let mut arm: syn::ExprMatch = syn::parse_quote!(match () {
                () => (),
            });
            *arm.arms[0].body = tail;
            Expr::Match(arm)
        }
        _ => tail,
    }
}

/// Whether something is evaluated before another operand is that may not be evaluated to its end.
fn has_operands(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => has_operands(&inner.expr),
        Expr::Call(call) => call.args.len() > 1 || call.args.iter().any(has_operands),
        Expr::MethodCall(call) => !call.args.is_empty() || has_operands(&call.receiver),
        Expr::Tuple(tuple) => tuple.elems.len() > 1 || tuple.elems.iter().any(has_operands),
        Expr::Array(array) => array.elems.len() > 1 || array.elems.iter().any(has_operands),
        Expr::Struct(literal) => {
            literal.fields.len() > 1 || literal.fields.iter().any(|field| has_operands(&field.expr))
        }
        Expr::Binary(_) | Expr::Range(_) => true,
        Expr::Try(inner) => has_operands(&inner.expr),
        Expr::Field(field) => has_operands(&field.base),
        Expr::Unary(unary) => has_operands(&unary.expr),
        Expr::Reference(reference) => has_operands(&reference.expr),
        Expr::Cast(cast) => has_operands(&cast.expr),
        Expr::Index(index) => has_operands(&index.expr) || has_operands(&index.index),
        _ => false,
    }
}

fn statement_contains_await(statement: &Stmt) -> bool {
    match statement {
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
            contains_await(&init.expr)
                || init
                    .diverge
                    .as_ref()
                    .is_some_and(|(_, diverge)| contains_await(diverge))
        }),
        Stmt::Expr(expr, _) => contains_await(expr),
        Stmt::Macro(_) | Stmt::Item(_) => false,
    }
}

/// The statements as they were normalised: a block that has been put into a larger expression is parsed anew, and its macros
/// are statements again.
fn macros_as_expressions(statements: Vec<Stmt>) -> Vec<Stmt> {
    let last = statements.len().saturating_sub(1);
    let as_expression = |(index, statement)| match statement {
        Stmt::Macro(StmtMacro {
            attrs,
            mac,
            semi_token,
        }) if matches!(
            macro_calls::read_statement(&mac, index == last && semi_token.is_none()),
            Call::Arguments(_) | Call::Unknown(_)
        ) =>
        {
            let is_tail = index == last && semi_token.is_none();
            let semi = (!is_tail).then(|| semi_token.unwrap_or_default());
            Stmt::Expr(Expr::Macro(ExprMacro { attrs, mac }), semi)
        }
        other => other,
    };
    statements
        .into_iter()
        .enumerate()
        .map(as_expression)
        .collect()
}

/// A macro that is not known may declare variables whose names nobody can see, and that a later await would have to keep. In
/// parentheses it must be an expression, which declares none.
fn without_declarations(statement: Stmt) -> Stmt {
    let (attrs, mac, semi) = match statement {
        Stmt::Macro(StmtMacro {
            attrs,
            mac,
            semi_token,
        }) => (attrs, mac, semi_token),
        Stmt::Expr(Expr::Macro(ExprMacro { attrs, mac }), semi)
            if matches!(macro_calls::read(&mac), Call::Unknown(_) | Call::Opaque) =>
        {
            (attrs, mac, semi)
        }
        other => return other,
    };
    let call = Expr::Macro(ExprMacro {
        attrs: Vec::new(),
        mac,
    });
    let alone = Expr::Paren(ExprParen {
        attrs,
        paren_token: Default::default(),
        expr: Box::new(call),
    });
    Stmt::Expr(alone, Some(semi.unwrap_or_default()))
}

fn is_exit(expr: &Expr) -> bool {
    matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}

/// A construct that yields nothing, as far as syntax tells.
fn is_unit_construct(expr: &Expr) -> bool {
    match expr {
        Expr::While(_) | Expr::ForLoop(_) => true,
        Expr::If(branch) => branch.else_branch.is_none(),
        _ => false,
    }
}

fn ends_by_leaving(operations: &[Operation]) -> bool {
    match operations.last() {
        Some(Operation::Evaluate(expr)) if diverges(expr) => true,
        Some(Operation::Loop { has_break, .. }) => !has_break,
        Some(Operation::Evaluate(Expr::Block(block))) => matches!(
            block.block.stmts.last(),
            Some(Stmt::Expr(Expr::Break(leave), _)) if leave.expr.is_none()
        ),
        Some(Operation::EndOfStatement(_)) => ends_by_leaving(&operations[..operations.len() - 1]),
        _ => false,
    }
}

/// Whether the expression is a `vec!` of the standard library.
fn is_vec(expr: &Expr) -> bool {
    let Expr::Macro(mac) = expr else { return false };
    let last = mac.mac.path.segments.last();
    last.is_some_and(|last| last.ident == "vec")
}
