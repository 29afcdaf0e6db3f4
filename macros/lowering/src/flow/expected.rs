//! What type a construct's value is expected to have.
//!
//! In the body as it was written, the type that the function returns or a `let` says reaches the tail of every block and
//! arm on the way, where a value may be coerced to it: `Ok(&self.name)` is a `Result<&str, Error>` that way. Here the
//! tails' values go through variables, which have to be told the type.

use syn::{Expr, Type};

use super::ir::{Block, Operation};
use crate::resolve::{Names, VariableId};

/// Tells the variables through which the value of `block`, whose type is `ty`, goes, and those of all blocks in it.
pub(super) fn tell(names: &mut Names, block: &Block, ty: Option<&Type>) {
    if let (Some(variable), Some(ty)) = (
        block.tail.as_ref().and_then(|tail| mentioned(names, tail)),
        ty,
    ) {
        let variable = &mut names.variables[variable];
        if variable.temporary && variable.ty.is_none() {
            variable.ty = Some(ty.clone());
        }
    }
    for operation in &block.operations {
        operation_within(names, operation);
    }
}

fn operation_within(names: &mut Names, operation: &Operation) {
    let ty = match operation {
        // What its block yields is thrown away.
        Operation::Loop { .. } => None,
        _ => of(names, operation.destination()),
    };
    for block in operation.blocks() {
        tell(names, block, ty.as_ref());
    }
}

fn of(names: &Names, destination: Option<VariableId>) -> Option<Type> {
    names.variables[destination?].ty.clone()
}

fn mentioned(names: &Names, expr: &Expr) -> Option<VariableId> {
    match expr {
        Expr::Path(_) => Some(names.mention_of(expr)?.variable),
        Expr::Paren(inner) => mentioned(names, &inner.expr),
        Expr::Group(inner) => mentioned(names, &inner.expr),
        _ => None,
    }
}
