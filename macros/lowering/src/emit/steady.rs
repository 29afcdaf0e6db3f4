//! Code that never runs, and compiles only if what is done late is done by no operator of the user's.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::storage::at;
use super::tokens::{for_each_ident, substituted};
use crate::flow::{Steady, without_indices};
use crate::machine::Machine;
use crate::ownership::Storage;
use crate::resolve::{VariableId, mention_id, root};

/// The checks, where all types are known.
pub fn emit(machine: &Machine) -> TokenStream {
    let flow = &machine.ownership.flow;
    let checks: Vec<TokenStream> = flow
        .steady
        .iter()
        .filter_map(|steady| match steady {
            Steady::Dereferenced(place) => found(machine, place, quote!(behind)),
            Steady::Indexed(place) => found(machine, place, quote!(found)),
            Steady::Assigned { base, place } => {
                let place = type_of(machine, place)?;
                found(machine, base, quote!(assigned #place,))
            }
            Steady::Coerced { operand, span } => coerced(machine, *operand, *span),
        })
        .collect();
    match checks.is_empty() {
        true => TokenStream::new(),
        false => quote!(if false { #(#checks)* }),
    }
}

fn is_somewhere(machine: &Machine, variable: VariableId) -> bool {
    machine.ownership.storage[variable] != Storage::Local
}

/// That the place is found, or indexed, by no operator of the user's.
fn found(machine: &Machine, place: &Expr, how: TokenStream) -> Option<TokenStream> {
    let names = &machine.ownership.flow.names;
    let mut span = place.span().resolved_at(Span::call_site());
    for_each_ident(place.to_token_stream(), &mut |ident| {
        if let Some(id) = mention_id(ident) {
            span = names.mentions[id].span.resolved_at(Span::call_site());
        }
    });
    let place = type_of(machine, place)?;
    Some(quote_spanned!(span=> __state_future::steady!(#how #place);))
}

/// A pointer to the place, good for its type; none if it is in a variable that no await crosses.
fn type_of(machine: &Machine, place: &Expr) -> Option<TokenStream> {
    let names = &machine.ownership.flow.names;
    let place = without_indices(place);
    // A constant has no address of its own.
    let constant = !matches!(root(&place), Expr::Path(path) if path.path.get_ident().and_then(mention_id).is_some());
    let mut known = true;
    let place = substituted(place.into_token_stream(), &mut |ident| {
        let variable = names.mentions[mention_id(ident)?].variable;
        known &= is_somewhere(machine, variable);
        let at = at(machine, variable);
        Some(quote!((*#at)))
    });
    known.then(|| match constant {
        true => quote!(&raw const *&#place),
        false => quote!(&raw const #place),
    })
}

fn coerced(machine: &Machine, operand: VariableId, span: Span) -> Option<TokenStream> {
    let at = at(machine, operand);
    let span = span.resolved_at(Span::call_site());
    is_somewhere(machine, operand)
        .then(|| quote_spanned!(span=> __state_future::steady!(coerced #at);))
}
