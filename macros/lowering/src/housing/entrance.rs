//! The way into a machine function of a trait, where lifetimes stand between the caller and that trait.
//!
//! Asked whether a suspended function is `Send`, the compiler has forgotten which of the lifetimes in it were the same, so
//! it finds no `impl` that relates lifetimes to each other. A plain function is no such question: it relates them in its
//! signature. It costs a layer, so it is made only where an `impl` relates lifetimes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit::Visit;
use syn::{GenericParam, Generics, Lifetime, LifetimeParam, Signature, parse_quote};

use super::beside::{Beside, generic_arguments};
use super::concrete_self::ConcreteSelf;
use crate::input::Function;

/// Whether the generics say anything about lifetimes but their names.
pub(super) fn relates_lifetimes(generics: &Generics) -> bool {
    let mut relations = Relations { found: false };
    for parameter in &generics.params {
        match parameter {
            GenericParam::Lifetime(LifetimeParam { bounds, .. }) => {
                relations.found |= !bounds.is_empty()
            }
            GenericParam::Type(parameter) => relations.visit_type_param(parameter),
            GenericParam::Const(_) => {}
        }
    }
    let conditions = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    conditions.for_each(|condition| relations.visit_where_predicate(condition));
    relations.found
}

struct Relations {
    found: bool,
}

impl<'ast> Visit<'ast> for Relations {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.found |= lifetime.ident != "static";
    }
}

/// `async fn enter<'c, T>(this: &Client<'c, T>, ..) -> .. { <Client<'c, T> as Siblings<T>>::machine(this, ..).await }`
pub(super) fn function(
    entrance: &Ident,
    function: &Function,
    machine: &Signature,
    siblings: &TokenStream,
    generics: &Generics,
    mut concrete: ConcreteSelf<'_>,
) -> Beside {
    let generics = joined(generics, &machine.generics);
    let mut signature = Signature {
        ident: entrance.clone(),
        generics,
        ..machine.clone()
    };
    for (argument, parameter) in signature.inputs.iter_mut().zip(&function.parameters) {
        let (name, ty) = (&parameter.name, &parameter.ty);
        *argument = parse_quote!(#name: #ty);
    }
    concrete.replace_in(&mut signature);
    let (self_type, called) = (concrete.self_type, &machine.ident);
    let arguments = function.parameters.iter().map(|parameter| &parameter.name);
    let own = generic_arguments(&machine.generics);
    Beside::generated(
        signature,
        quote!({ <#self_type as #siblings>::#called #own (#(#arguments),*).await }),
    )
}

/// Both lists of parameters in one, lifetimes first, and both lists of conditions.
pub(super) fn joined(outer: &Generics, inner: &Generics) -> Generics {
    let mut joined = outer.clone();
    joined.params.extend(inner.params.clone());
    let (lifetimes, others): (Vec<GenericParam>, Vec<GenericParam>) = joined
        .params
        .into_iter()
        .partition(|parameter| matches!(parameter, GenericParam::Lifetime(_)));
    joined.params = lifetimes.into_iter().chain(others).collect();
    if let Some(conditions) = &inner.where_clause {
        joined
            .make_where_clause()
            .predicates
            .extend(conditions.predicates.clone());
    }
    joined
}
