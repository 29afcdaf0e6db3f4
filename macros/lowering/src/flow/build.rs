//! Statements and blocks.

use std::collections::BTreeSet;

use syn::{Expr, Pat, parse_quote};

use super::contains::block_contains_await;
use super::ir::{Block, LabelId, Operation};
use super::leaves::may_return;
use super::steady::Steady;
use crate::resolve::{Names, NodeId, Resolved, Use, VariableId};

/// A body whose control flow around awaits is explicit.
pub struct Flow {
    pub names: Names,
    /// The block of the parameters, within which the body's own block stands.
    pub root: Block,
    /// The parameters, in order.
    pub parameters: Vec<VariableId>,
    /// Nodes of which the compiler must be asked whether they consume what they mention.
    pub questions: BTreeSet<NodeId>,
    /// What may be done by no operator of the user's.
    pub steady: Vec<Steady>,
    /// Items within the body, which all its pieces can name.
    pub items: Vec<syn::Item>,
    /// The resolved body, for asking.
    pub body: syn::Block,
    /// A macro that is not known may hold a `return` of the output, so the code in the poll closure returns just that.
    pub returns_output: bool,
    /// Temporaries of a tail end with it since edition 2024, and outlive it before.
    pub ends_tails: bool,
}

pub(super) struct Label {
    pub name: Option<String>,
    pub id: LabelId,
    pub is_loop: bool,
    pub destination: Option<VariableId>,
}

pub(super) struct Builder {
    pub names: Names,
    pub labels: Vec<Label>,
    pub questions: BTreeSet<NodeId>,
    pub(super) steady: Vec<Steady>,
    pub question_mark: bool,
    pub returns_output: bool,
    pub ends_tails: bool,
    pub label_count: usize,
    /// Forms found where no error can be returned.
    pub refusals: Vec<syn::Error>,
    pub(super) items: Vec<syn::Item>,
    pub(super) body: syn::Block,
    pub(super) operations: Vec<Operation>,
    pub(super) temporaries: Vec<VariableId>,
    pub(super) undeclared: Vec<VariableId>,
    /// The temporaries that the current `let` extends.
    pub(super) extended: Vec<VariableId>,
    /// How many expressions with awaits in them the current one stands in, within the statement, itself included.
    pub(super) level: usize,
    /// Operands of expressions that are not parts of larger ones.
    pub(super) outermost: BTreeSet<VariableId>,
    /// An await follows the current statement in its block or in a block around it.
    pub(super) awaits_follow: bool,
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
        steady: Vec::new(),
        question_mark: question_mark || returns_output,
        returns_output,
        ends_tails: false,
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
        steady: builder.steady,
        body: builder.body,
        returns_output,
        ends_tails: builder.ends_tails,
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
        self.note_operand(variable);
        Ok(variable)
    }

    /// The variable is an operand of the current expression.
    pub(super) fn note_operand(&mut self, variable: VariableId) {
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
}

/// The error for a form that is not lowered.
pub fn refused(tokens: impl quote::ToTokens, form: &str, fix: &str) -> syn::Error {
    syn::Error::new_spanned(
        tokens,
        format!("#[state_future] does not lower {form}\nhelp: {fix}"),
    )
}
