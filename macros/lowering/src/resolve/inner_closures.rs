//! `move` closures and blocks within closures and blocks without `move`.
//!
//! What the inner one takes, the outer one has to take, too, even if it is mentioned there only by reference. So the
//! inner one becomes `{ let name = name; move || .. }`, which says that by itself.
//!
//! Reference: types.closure.capture-modes.

use quote::ToTokens;
use syn::{Expr, Local, LocalInit, Stmt, parse_quote};

use super::expressions::Resolver;
use super::names::{Use, VariableId};
use super::parts::{Path, for_each_place};
use crate::macro_calls::{self, Call};

impl Resolver {
    /// Whether the expression is such an inner closure or block.
    pub(super) fn takes_from_lender(&self, expr: &Expr) -> bool {
        self.lends.is_some()
            && match expr {
                Expr::Closure(closure) => closure.capture.is_some(),
                Expr::Async(block) => block.capture.is_some(),
                Expr::Macro(call) => matches!(macro_calls::read(&call.mac), Call::OwnBlock(_)),
                _ => false,
            }
    }

    /// Resolves it, with the variables that it takes in variables of its own.
    pub(super) fn inner_closure(&mut self, expr: &mut Expr) -> syn::Result<()> {
        let taken = self.taken_within(expr)?;
        self.open();
        let mut stmts: Vec<Stmt> = Vec::new();
        for (variable, span) in taken {
            let known = &self.names.variables[variable];
            let (written, reference) = (known.written.clone(), known.reference);
            let known_name = known.name.clone();
            let is_receiver = self.names.receiver == Some(variable);
            let value = self.mention(variable, Use::Value, span);
            let own = self.names.declare(&known_name, reference);
            let name = self.names.variables[own].name.clone();
            self.bind_name(if is_receiver { "self" } else { &written }, own);
            stmts.push(Stmt::Local(Local {
                attrs: vec![parse_quote!(#[allow(unused_mut)])],
                let_token: Default::default(),
                pat: parse_quote!(mut #name),
                init: Some(LocalInit {
                    eq_token: Default::default(),
                    expr: Box::new(value),
                    diverge: None,
                }),
                semi_token: Default::default(),
            }));
        }
        let lends = self.lends.take();
        let result = self.expr(expr, Use::Value);
        self.lends = lends;
        self.close();
        if !stmts.is_empty() {
            stmts.push(Stmt::Expr(std::mem::replace(expr, Expr::PLACEHOLDER), None));
            *expr = Expr::Block(syn::ExprBlock {
                attrs: Vec::new(),
                label: None,
                block: syn::Block {
                    brace_token: Default::default(),
                    stmts,
                },
            });
        }
        result
    }

    /// The variables that it takes, in the order in which it mentions them.
    ///
    /// # Errors
    /// If it takes only fields of one: the outer closure would have to take just those.
    fn taken_within(&self, expr: &Expr) -> syn::Result<Vec<(VariableId, proc_macro2::Span)>> {
        let mut trial = self.clone();
        let Some(outside) = trial.lends.take() else {
            return Ok(Vec::new());
        };
        let mut resolved = expr.clone();
        trial.expr(&mut resolved, Use::Value)?;
        let mut places: Vec<(VariableId, proc_macro2::Span, Path)> = Vec::new();
        for_each_place(resolved.to_token_stream(), &mut |mention, path| {
            let mention = &trial.names.mentions[mention];
            if mention.variable < outside {
                places.push((mention.variable, mention.span, path));
            }
        });
        let mut taken: Vec<(VariableId, proc_macro2::Span)> = Vec::new();
        for (variable, span, _) in &places {
            if taken.iter().any(|(known, _)| known == variable) {
                continue;
            }
            let is_whole = self.names.variables[*variable].reference
                || places
                    .iter()
                    .any(|(other, _, path)| other == variable && path.is_empty());
            if !is_whole {
                return Err(syn::Error::new(
                    *span,
                    "#[state_future] does not lower a `move` closure or block that takes a field of a variable out of a closure or block without `move`\nhelp: take the field into a variable of its own before the inner one, or write `move` before the outer one, too",
                ));
            }
            taken.push((*variable, *span));
        }
        Ok(taken)
    }
}
