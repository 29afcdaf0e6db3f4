//! Which temporaries outlive which operands.
//!
//! An operand that has been evaluated belongs to the expression it is an operand of; a temporary belongs to the statement, and is
//! there when the operand has been dropped, even if it was made after it. Only an expression whose temporaries end with
//! itself (a condition, an arm, since edition 2024 a tail) has its own operands beside them, in the order in which they are made.
//!
//! Reference: destructors.scope.operands, destructors.scope.temporary; the order is that of rustc's `local_scope`.

use syn::Expr;

use super::build::Builder;
use super::ir::{Block, Operation};
use crate::resolve::{Names, VariableId};

/// An operand among the operations of a statement.
struct Operand {
    variable: VariableId,
    /// Where it begins to exist.
    begins: usize,
    /// Where it gets its value.
    is_made: usize,
    /// Where it was used for the last time.
    is_used: usize,
}

impl Builder {
    /// Declares the `temporaries` of a statement, whose operations begin at `begin`, before the operands that they outlive. The
    /// statement's value, if it is still to be evaluated, is `value`; `ends` says that it has its own operands beside them.
    pub(super) fn outlive(
        &mut self,
        begin: usize,
        temporaries: &[VariableId],
        value: Option<&Expr>,
        ends: bool,
    ) {
        let mut index = begin;
        while index < self.operations.len() {
            if let Operation::Declare(variable) = self.operations[index] {
                if temporaries.contains(&variable) {
                    let before = self.before_operands(begin, index, value, ends);
                    self.operations[before..=index].rotate_right(1);
                }
            }
            index += 1;
        }
    }

    /// Declares the variables that a `let` extends before its temporaries and operands, which they outlive.
    pub(super) fn outlive_all(&mut self, begin: usize, extended: &[VariableId]) {
        let is_extended = |operation: &Operation| matches!(operation, Operation::Declare(variable) if extended.contains(variable));
        let (mut first, rest): (Vec<_>, Vec<_>) =
            self.operations.drain(begin..).partition(is_extended);
        first.extend(rest);
        self.operations.extend(first);
    }

    /// Where a temporary that is declared at `declared` has to be declared instead.
    fn before_operands(
        &self,
        begin: usize,
        declared: usize,
        value: Option<&Expr>,
        ends: bool,
    ) -> usize {
        let operations = &self.operations;
        let is_declaration = |operation: &Operation| matches!(operation, Operation::Declare(_));
        let fills = (declared..operations.len())
            .find(|index| !is_declaration(&operations[*index]))
            .unwrap_or(operations.len());
        let operands = self.operands(begin, declared, value);
        let outlived = operands.iter().filter(|operand| {
            let is_beside = ends && self.outermost.contains(&operand.variable);
            operand.begins < declared
                && operand.is_used > fills
                && (!is_beside || declared < operand.is_made)
        });
        outlived
            .map(|operand| operand.begins)
            .min()
            .unwrap_or(declared)
    }

    /// The operands that begin to exist before the operation numbered `until`.
    fn operands(&self, begin: usize, until: usize, value: Option<&Expr>) -> Vec<Operand> {
        let mut operands: Vec<Operand> = Vec::new();
        for (index, operation) in self.operations.iter().enumerate().skip(begin) {
            for variable in made_by(operation) {
                let declares = |operation: &Operation| matches!(operation, Operation::Declare(other) if *other == variable);
                let declared = self.operations[begin..index].iter().position(declares);
                operands.push(Operand {
                    variable,
                    begins: declared.map_or(index, |declared| begin + declared),
                    is_made: index,
                    is_used: index,
                });
            }
        }
        operands.retain(|operand| operand.begins < until);
        for operand in &mut operands {
            let used = (operand.is_made + 1..self.operations.len())
                .rev()
                .find(|index| mentions(&self.names, &self.operations[*index], operand.variable));
            operand.is_used = match value {
                Some(value)
                    if self
                        .names
                        .has_mention(value, |other| other == operand.variable) =>
                {
                    self.operations.len()
                }
                _ => used.unwrap_or(operand.is_made),
            };
        }
        operands
    }
}

/// The variables to which the operation gives a value, for the operations after it.
fn made_by(operation: &Operation) -> Vec<VariableId> {
    match operation {
        Operation::Let { variables, .. } => variables.clone(),
        Operation::Await(suspension) => vec![suspension.output],
        operation => destinations(operation),
    }
}

/// The variables to which branches and blocks give their values.
fn destinations(operation: &Operation) -> Vec<VariableId> {
    let blocks = operation.blocks().into_iter();
    let inner = blocks.flat_map(|block| block.operations.iter().flat_map(destinations));
    operation.destination().into_iter().chain(inner).collect()
}

fn mentions(names: &Names, operation: &Operation, variable: VariableId) -> bool {
    let within = |expr: &Expr| names.has_mention(expr, |other| other == variable);
    let block = |block: &Block| {
        let mut operations = block.operations.iter();
        operations.any(|operation| mentions(names, operation, variable))
            || block.tail.as_ref().is_some_and(within)
    };
    operation.expressions().into_iter().any(within) || operation.blocks().into_iter().any(block)
}
