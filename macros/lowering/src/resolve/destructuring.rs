//! Destructuring assignments, written out as the compiler does it: `(a, _) = value` is
//! `{ let (new_a, _) = value; a = new_a; }`.
//!
//! Reference: expr.assign.destructure.

use proc_macro2::Ident;
use quote::format_ident;
use syn::{Expr, ExprAssign, Pat, Stmt, parse_quote};

/// The block that stands for the assignment, if it takes a value apart.
pub fn written_out(assign: &ExprAssign) -> Option<Expr> {
    if !takes_apart(&assign.left) {
        return None;
    }
    let mut assignments = Vec::new();
    let pattern = pattern(&assign.left, &mut assignments);
    let value = &assign.right;
    Some(parse_quote!({ let #pattern = #value; #(#assignments)* }))
}

fn takes_apart(target: &Expr) -> bool {
    match target {
        Expr::Paren(inner) => takes_apart(&inner.expr),
        Expr::Tuple(_) | Expr::Array(_) | Expr::Struct(_) | Expr::Call(_) => true,
        _ => false,
    }
}

/// The pattern that takes a value apart as `target` does; what it binds is assigned afterwards.
fn pattern(target: &Expr, assignments: &mut Vec<Stmt>) -> Pat {
    match target {
        Expr::Paren(inner) => pattern(&inner.expr, assignments),
        Expr::Infer(_) => parse_quote!(_),
        Expr::Range(range) if range.start.is_none() && range.end.is_none() => parse_quote!(..),
        Expr::Tuple(tuple) => {
            let parts = patterns(&tuple.elems, assignments);
            parse_quote!((#(#parts,)*))
        }
        Expr::Array(array) => {
            let parts = patterns(&array.elems, assignments);
            parse_quote!([#(#parts),*])
        }
        Expr::Call(call) => {
            let (path, parts) = (&call.func, patterns(&call.args, assignments));
            parse_quote!(#path(#(#parts),*))
        }
        Expr::Struct(literal) => {
            let path = &literal.path;
            let members = literal.fields.iter().map(|field| &field.member);
            let fields = literal.fields.iter().map(|field| &field.expr);
            let parts = patterns(fields, assignments);
            let rest = &literal.dot2_token;
            parse_quote!(#path { #(#members: #parts,)* #rest })
        }
        place => {
            let new: Ident = format_ident!("assigned_{}", assignments.len());
            assignments.push(parse_quote!(#place = #new;));
            parse_quote!(#new)
        }
    }
}

fn patterns<'a>(
    targets: impl IntoIterator<Item = &'a Expr>,
    assignments: &mut Vec<Stmt>,
) -> Vec<Pat> {
    let targets = targets.into_iter();
    targets.map(|target| pattern(target, assignments)).collect()
}
