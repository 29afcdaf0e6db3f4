//! Statements and blocks.

use std::collections::BTreeSet;

use syn::{Expr, ExprMacro, Local, LocalInit, Pat, Stmt, StmtMacro, parse_quote};

use super::constructs::is_construct;
use super::contains::{block_contains_await, contains_await};
use super::ir::{Block, LabelId, Operation};
use super::leaves::may_return;
use super::tails::leaves_temporaries;
use super::temporaries::is_place;
use crate::macro_calls::{self, Call};
use crate::resolve::{
    Names, NodeId, Resolved, Taken, Use, VariableId, is_constant, is_part_of_temporary,
    leaves_something, node_of,
};

/// A body whose control flow around awaits is explicit.
pub struct Flow {
    pub names: Names,
    /// The block of the parameters, within which the body's own block stands.
    pub root: Block,
    /// The parameters, in order.
    pub parameters: Vec<VariableId>,
    /// Nodes of which the compiler must be asked whether they consume what they mention.
    pub questions: BTreeSet<NodeId>,
    /// Items within the body, which all its pieces can name.
    pub items: Vec<syn::Item>,
    /// The resolved body, for asking.
    pub body: syn::Block,
    /// A macro that is not known may hold a `return` of the output, so the code in the poll closure returns just that.
    pub returns_output: bool,
}

pub(super) struct Label {
    pub name: Option<String>,
    pub id: LabelId,
    pub is_loop: bool,
    pub destination: Option<VariableId>,
}

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

pub(super) struct Builder {
    pub names: Names,
    pub labels: Vec<Label>,
    pub questions: BTreeSet<NodeId>,
    pub question_mark: bool,
    pub returns_output: bool,
    pub label_count: usize,
    /// Forms found where no error can be returned.
    pub refusals: Vec<syn::Error>,
    pub(super) items: Vec<syn::Item>,
    pub(super) body: syn::Block,
    pub(super) operations: Vec<Operation>,
    temporaries: Vec<VariableId>,
    undeclared: Vec<VariableId>,
    /// The temporaries that the current `let` extends.
    extended: Vec<VariableId>,
    /// How many expressions with awaits in them the current one stands in, within the statement, itself included.
    pub(super) level: usize,
    /// Operands of expressions that are not parts of larger ones.
    pub(super) outermost: BTreeSet<VariableId>,
    /// An await follows the current statement in its block or in a block around it.
    awaits_follow: bool,
    /// The body's own block has been entered.
    pub(super) is_within_body: bool,
}

pub(super) fn build(resolved: Resolved, question_mark: bool) -> syn::Result<Flow> {
    let Resolved {
        names,
        parameters,
        body,
    } = resolved;
    let returns_output = may_return(&body);
    let mut builder = Builder {
        names,
        labels: Vec::new(),
        questions: BTreeSet::new(),
        question_mark: question_mark || returns_output,
        returns_output,
        label_count: 0,
        refusals: Vec::new(),
        items: Vec::new(),
        body: body.clone(),
        operations: Vec::new(),
        temporaries: Vec::new(),
        undeclared: Vec::new(),
        extended: Vec::new(),
        level: 0,
        outermost: BTreeSet::new(),
        awaits_follow: block_contains_await(&body),
        is_within_body: false,
    };
    let ids = builder.parameters(&parameters)?;
    let block = builder.block(body, true)?;
    let output = builder.names.temporary("output");
    builder.operations.push(Operation::Scope {
        block,
        destination: Some(output),
    });
    let tail = Some(builder.mention(output, Use::Value));
    let root = Block {
        bound: ids.clone(),
        operations: builder.operations,
        tail,
        ..Block::default()
    };
    if let Some(error) =
        std::mem::take(&mut builder.refusals)
            .into_iter()
            .reduce(|mut all, error| {
                all.combine(error);
                all
            })
    {
        return Err(error);
    }
    Ok(Flow {
        names: builder.names,
        items: builder.items,
        root,
        parameters: ids,
        questions: builder.questions,
        body: builder.body,
        returns_output,
    })
}

impl Builder {
    pub fn mention(&mut self, variable: VariableId, usage: Use) -> Expr {
        self.names
            .mention(variable, usage, None, proc_macro2::Span::call_site())
    }

    pub fn push(&mut self, operation: Operation) {
        let undeclared = std::mem::take(&mut self.undeclared);
        self.operations
            .extend(undeclared.into_iter().map(Operation::Declare));
        self.operations.push(operation);
    }

    /// A temporary of the current statement, not evaluated yet.
    pub fn temporary(&mut self, wish: &str) -> VariableId {
        let variable = self.names.temporary(wish);
        self.undeclared.push(variable);
        self.temporaries.push(variable);
        variable
    }

    /// Evaluates `value` now, into a variable of the current statement.
    pub fn spill(&mut self, value: Expr, wish: &str) -> syn::Result<Expr> {
        let variable = self.statement_variable(value, wish)?;
        Ok(self.mention(variable, Use::Value))
    }

    /// A variable of the current statement with this value.
    pub fn statement_variable(&mut self, value: Expr, wish: &str) -> syn::Result<VariableId> {
        let variable = self.names.temporary(wish);
        self.let_variable(variable, value)?;
        self.temporaries.push(variable);
        self.is_operand(variable);
        Ok(variable)
    }

    /// The variable is an operand of the current expression.
    pub(super) fn is_operand(&mut self, variable: VariableId) {
        if self.level == 1 {
            self.outermost.insert(variable);
        }
    }

    pub fn let_variable(&mut self, variable: VariableId, value: Expr) -> syn::Result<()> {
        let name = self.names.variables[variable].name.clone();
        self.guess(variable, &value);
        let value = self.leaf(value)?;
        self.push(Operation::Let {
            pattern: parse_quote!(#name),
            ty: None,
            value,
            otherwise: None,
            variables: vec![variable],
        });
        Ok(())
    }

    /// A statement's scope: its temporaries end with it.
    pub fn statement<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> syn::Result<T>,
    ) -> syn::Result<T> {
        self.scope(false, run)
    }

    /// A statement, or an expression whose temporaries end with itself and which therefore has its operands beside them.
    pub(super) fn scope<T>(
        &mut self,
        ends: bool,
        run: impl FnOnce(&mut Self) -> syn::Result<T>,
    ) -> syn::Result<T> {
        let begin = self.operations.len();
        let outer = std::mem::take(&mut self.temporaries);
        let level = std::mem::take(&mut self.level);
        let result = run(self)?;
        self.level = level;
        let mine = std::mem::replace(&mut self.temporaries, outer);
        if !mine.is_empty() {
            self.outlive(begin, &mine, None, ends);
            self.push(Operation::EndOfStatement(mine));
        }
        Ok(result)
    }

    /// Runs `run` with operations of its own.
    pub fn nested<T>(
        &mut self,
        run: impl FnOnce(&mut Self) -> syn::Result<T>,
    ) -> syn::Result<(Vec<Operation>, T)> {
        let operations = std::mem::take(&mut self.operations);
        let temporaries = std::mem::take(&mut self.temporaries);
        let undeclared = std::mem::take(&mut self.undeclared);
        let level = std::mem::take(&mut self.level);
        let result = run(self);
        self.level = level;
        self.undeclared = undeclared;
        self.temporaries = temporaries;
        let inner = std::mem::replace(&mut self.operations, operations);
        Ok((inner, result?))
    }

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
                builder.awaits_follow = outer
                    || tail_awaits
                    || statements[index + 1..].iter().any(statement_contains_await);
                builder.one(statements[index].clone())?;
            }
            builder.awaits_follow = outer;
            builder.tail(tail, valued, Ending::Block)
        })?;
        let diverges = ends_by_leaving(&operations);
        Ok(Block {
            items,
            operations,
            tail,
            tail_temporaries,
            diverges,
            ..Block::default()
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
                self.ending(block_expression(block), valued, Ending::Arm)
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
        let diverges = ends_by_leaving(&operations);
        Ok(Block {
            operations,
            tail,
            diverges,
            ..Block::default()
        })
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
            return Ok((Some(self.leaf(tail)?), Vec::new()));
        }
        let begin = self.operations.len();
        let tail = if is_exit(&tail) || is_unit_construct(&tail) || !valued && is_construct(&tail) {
            self.effect(tail)?;
            None
        } else {
            let mut tail = self.value(tail, false)?;
            if leaves_temporaries(&tail) && !self.placed_temporaries(0).is_empty() {
                // In one scope with the others.
                self.mark_tails(&mut tail);
                tail = self.value(tail, false)?;
                tail = self.pinned(tail);
            }
            if ending != Ending::Arm && !self.placed_temporaries(0).is_empty() {
                self.settle(&mut tail)?;
            }
            Some(self.leaf(tail)?)
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
                let variables = vec![variable];
                self.operations[index] = Operation::TailBegins { tail, variables };
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

    fn local(&mut self, local: Local) -> syn::Result<()> {
        let (pattern, ty) = match local.pat {
            Pat::Type(typed) => (*typed.pat, Some(*typed.ty)),
            pattern => (pattern, None),
        };
        let variables = self.variables_of(&pattern);
        if let (Pat::Ident(_), [variable]) = (&pattern, variables.as_slice()) {
            let init = local.init.as_ref();
            let likely = ty
                .clone()
                .or_else(|| init.and_then(|init| self.likely(&init.expr)));
            self.names.variables[*variable].likely = likely;
        }
        let Some(LocalInit { expr, diverge, .. }) = local.init else {
            for variable in variables {
                self.names.variables[variable].ty = ty.clone();
                self.push(Operation::Declare(variable));
            }
            return Ok(());
        };
        self.statement(|builder| {
            let begin = builder.operations.len();
            builder.extended.clear();
            let extended = builder.awaits_follow || contains_await(&expr);
            let value = if extended {
                builder.extend(*expr, &pattern)
            } else {
                *expr
            };
            let extended = std::mem::take(&mut builder.extended);
            let mut value = value;
            if !is_name(&pattern) && is_construct(&value) && contains_await(&value) {
                // Its value is a temporary of the statement, beside those of its tail.
                builder.mark_tails(&mut value);
            }
            let mut value = builder.value(value, false)?;
            if leaves_temporaries(&value)
                && (is_name(&pattern) || !is_part_of_temporary(&value))
                && !builder.placed_temporaries(0).is_empty()
            {
                // Should the drop of one temporary panic, all others are dropped before what is bound.
                builder.mark_tails(&mut value);
                value = builder.value(value, false)?;
                value = builder.pinned(value);
            }
            let has_temporaries = !builder.placed_temporaries(0).is_empty();
            let is_part = is_part_of_temporary(&value) && !is_name(&pattern);
            if let (true, true, Some(node)) = (has_temporaries, is_part, node_of(&local.attrs)) {
                let patterns = vec![pattern.clone()];
                let taken = Taken::Patterns {
                    patterns,
                    guarded: false,
                };
                value = builder.in_temporary(value, Some((node, taken)))?;
            }
            builder.expect(&value, ty.as_ref());
            let mut value = builder.leaf(value)?;
            if !is_name(&pattern) && builder.is_value(&value) {
                // A temporary, which ends with the statement unless the pattern takes it.
                value = parse_quote!(({ #value }));
            }
            let temporaries = builder.placed_temporaries(0);
            if !temporaries.is_empty()
                && !variables.is_empty()
                && leaves_something(&pattern)
                && !is_place(&value)
            {
                // Should the drop of what is left panic, they are dropped before what is bound.
                let ends = temporaries.iter().rev().map(|one| builder.held(*one));
                let ends: Vec<syn::Ident> = ends.collect();
                value = parse_quote!((#value, (#(#ends.early(true),)*)).0);
            }
            let otherwise = match diverge {
                Some((_, diverge)) => Some(builder.diverging(*diverge, extended.clone())?),
                None => None,
            };
            builder.push(Operation::Let {
                pattern,
                ty,
                value,
                otherwise,
                variables,
            });
            builder.outlive_all(begin, &extended);
            Ok(())
        })
    }

    /// The `else` of a `let`: the initialiser's temporaries have ended before, the `extended` ones, too.
    fn diverging(&mut self, diverge: Expr, extended: Vec<VariableId>) -> syn::Result<Block> {
        let temporaries = self.placed_temporaries(0);
        let mut block = match diverge {
            Expr::Block(block) => self.block(block.block, false)?,
            other => self.block(syn::parse_quote!({ #other }), false)?,
        };
        let ended = [temporaries, extended].into_iter();
        let ended = ended.filter(|variables| !variables.is_empty());
        block
            .operations
            .splice(0..0, ended.map(Operation::EndOfStatement));
        Ok(block)
    }

    /// What the branches of a construct yield is of the type that the `let` around it says.
    fn expect(&mut self, value: &Expr, ty: Option<&syn::Type>) {
        let (Expr::Path(path), Some(ty)) = (value, ty) else {
            return;
        };
        if let Some(id) = path.path.get_ident().and_then(crate::resolve::mention_id) {
            let variable = &mut self.names.variables[self.names.mentions[id].variable];
            if variable.temporary {
                variable.ty = Some(ty.clone());
            }
        }
    }

    pub fn variables_of(&self, pattern: &Pat) -> Vec<VariableId> {
        let mut found = Vec::new();
        for name in crate::resolve::bindings(pattern) {
            if let Some(id) = self
                .names
                .variables
                .iter()
                .position(|variable| variable.name == name)
            {
                found.push(id);
            }
        }
        found
    }

    /// The current statement's temporaries, from the one numbered `from` on, that have a place of their own.
    pub fn placed_temporaries(&self, from: usize) -> Vec<VariableId> {
        let placed = |variable: &&VariableId| {
            self.names
                .mentions
                .iter()
                .any(|mention| mention.variable == **variable && mention.usage == Use::Held)
        };
        self.temporaries[from..]
            .iter()
            .filter(placed)
            .copied()
            .collect()
    }

    pub fn temporary_count(&self) -> usize {
        self.temporaries.len()
    }

    /// A temporary of the block, for what a `let` extends.
    pub fn extended(&mut self, wish: &str) -> VariableId {
        let variable = self.names.temporary(wish);
        self.undeclared.push(variable);
        self.extended.push(variable);
        variable
    }
}

/// Whether the pattern is a variable's name.
fn is_name(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Ident(name) if !is_constant(name))
}

fn block_expression(block: syn::Block) -> Expr {
    Expr::Block(syn::ExprBlock {
        attrs: Vec::new(),
        label: None,
        block,
    })
}

/// The error for a form that is not lowered.
pub fn refused(tokens: impl quote::ToTokens, form: &str, fix: &str) -> syn::Error {
    syn::Error::new_spanned(
        tokens,
        format!("#[state_future] does not lower {form}\nhelp: {fix}"),
    )
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
            macro_calls::read_statement(&mac),
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
        Some(Operation::Evaluate(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))) => true,
        Some(Operation::Loop { has_break, .. }) => !has_break,
        Some(Operation::Evaluate(Expr::Block(block))) => matches!(
            block.block.stmts.last(),
            Some(Stmt::Expr(Expr::Break(leave), _)) if leave.expr.is_none()
        ),
        Some(Operation::EndOfStatement(_)) => ends_by_leaving(&operations[..operations.len() - 1]),
        _ => false,
    }
}
