//! The way into a machine function of a trait, where lifetimes stand between the caller and that trait.
//!
//! Asked whether a suspended function is `Send`, the compiler has forgotten which of the lifetimes in it were the same, so
//! it finds no `impl` that relates lifetimes to each other. A plain function is no such question: it relates them in its
//! signature. It costs a layer, so it is made only where an `impl` or the machine function relates lifetimes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::visit::Visit;
use syn::{GenericParam, Generics, Lifetime, LifetimeParam, ReturnType, Signature, parse_quote};

use super::Core;
use super::attributes::Sorted;
use super::beside::{Beside, future_of, generic_arguments};
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

/// A free function that stands for a machine function of a trait.
pub(super) struct Free<'a> {
    pub(super) function: &'a Function,
    /// The machine function's signature.
    pub(super) machine: &'a Signature,
    /// The parameters of the `impl` of the trait.
    pub(super) generics: &'a Generics,
}

impl Free<'_> {
    /// `async fn enter<'c, T>(this: &Client<'c, T>, ..) -> .. { <Client<'c, T> as Siblings<T>>::machine(this, ..).await }`
    pub(super) fn entrance(
        &self,
        name: &Ident,
        siblings: &TokenStream,
        concrete: &ConcreteSelf<'_>,
    ) -> Beside {
        let (self_type, called) = (concrete.self_type, &self.machine.ident);
        let arguments = self.arguments();
        let own = generic_arguments(&self.machine.generics);
        let signature = self.signature(name, self.machine.output.clone(), concrete);
        Beside::generated(
            signature,
            quote!({ <#self_type as #siblings>::#called #own (#(#arguments),*).await }),
        )
    }

    /// `fn lowered<'c, T>(this: &Client<'c, T>, ..) -> impl Future<..> { hidden(enter::<T>, (this, ..)) }`
    pub(super) fn lowered(
        &self,
        name: &Ident,
        entrance: &Ident,
        concrete: &ConcreteSelf<'_>,
        sorted: &Sorted,
        core: &Core<'_>,
    ) -> Beside {
        let crate_path = core.crate_path;
        let output = future_of(&self.function.signature, sorted, crate_path);
        let mut signature = self.signature(name, parse_quote!(-> #output), concrete);
        signature.asyncness = None;
        let all = generic_arguments(&signature.generics);
        let arguments = self.arguments();
        Beside::generated(
            signature,
            quote!({ #crate_path::__private::hidden(#entrance #all, (#(#arguments,)*)) }),
        )
    }

    fn arguments(&self) -> Vec<&Ident> {
        let parameters = self.function.parameters.iter();
        parameters.map(|parameter| &parameter.name).collect()
    }

    fn signature(
        &self,
        name: &Ident,
        output: ReturnType,
        concrete: &ConcreteSelf<'_>,
    ) -> Signature {
        let mut signature = Signature {
            ident: name.clone(),
            generics: joined(self.generics, &self.machine.generics),
            output,
            ..self.machine.clone()
        };
        for (argument, parameter) in signature.inputs.iter_mut().zip(&self.function.parameters) {
            let (name, ty) = (&parameter.name, &parameter.ty);
            *argument = parse_quote!(#name: #ty);
        }
        concrete.replace_in(&mut signature);
        signature
    }
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
