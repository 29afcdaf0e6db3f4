//! `let`, with awaits in it or after it.

use syn::{Expr, Local, LocalInit, Pat, parse_quote};

use super::build::Builder;
use super::constructs::{is_construct, leaves_no_value};
use super::contains::contains_await;
use super::ir::{Block, Operation};
use super::tails::leaves_temporaries;
use super::temporaries::is_place;
use crate::resolve::{
    Taken, VariableId, is_constant, is_part_of_temporary, leaves_something, node_of,
};

impl Builder {
    pub(super) fn local(&mut self, local: Local) -> syn::Result<()> {
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
                && (!builder.placed_temporaries(0).is_empty()
                    || builder.are_kept_in_vain(&variables))
            {
                // Should the drop of one temporary panic, all others are dropped before what is bound.
                value = builder.lasting(value)?;
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
                None if is_place(&value) && leaves_no_value(std::slice::from_ref(&pattern)) => {
                    let never = parse_quote!({ ::core::unreachable!() });
                    Some(builder.diverging(never, Vec::new())?)
                }
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

    /// Whether an await may follow through which one of the variables lives though nothing mentions it. Its value may hold borrows
    /// that have ended by then, so what it borrows from must be in a place that the compiler does not see end.
    fn are_kept_in_vain(&self, variables: &[VariableId]) -> bool {
        let is_mentioned = |variable: VariableId| {
            let mut mentions = self.names.mentions.iter();
            mentions.any(|mention| mention.variable == variable)
        };
        self.awaits_follow && variables.iter().any(|variable| !is_mentioned(*variable))
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
