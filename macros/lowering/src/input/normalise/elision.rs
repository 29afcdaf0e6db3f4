//! Rust's rules for lifetimes left out of a signature.

use std::collections::HashSet;

use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{
    Block, BoundLifetimes, Expr, FnArg, Lifetime, ParenthesizedGenericArguments, Receiver,
    Signature, Type, TypeBareFn, TypeReference,
};

use super::lifetimes::{Elided, Names};
use crate::input::function::argument_name;
use crate::input::tokens::{has_word, identifiers};

/// Names every lifetime the parameters leave out, and resolves those the output leaves out.
pub(in crate::input) fn name_lifetimes(signature: &mut Signature, body: &Block) {
    let mut taken = identifiers(&*signature);
    taken.extend(identifiers(body));
    let mut declared = Vec::new();
    for (number, argument) in (1..).zip(&mut signature.inputs) {
        let owner = match argument {
            FnArg::Receiver(_) => "self".to_owned(),
            FnArg::Typed(typed) => argument_name(number, &typed.pat).unraw().to_string(),
        };
        let mut names = Names {
            owner,
            taken: &mut taken,
            declared: Vec::new(),
        };
        name_argument_lifetimes(argument, &mut names);
        declared.append(&mut names.declared);
    }
    if let Some(lifetime) = output_lifetime(signature) {
        Elided(|_| lifetime.clone()).visit_return_type_mut(&mut signature.output);
    }
    let lifetimes = signature.generics.lifetimes().count();
    for (place, parameter) in (lifetimes..).zip(declared) {
        signature.generics.params.insert(place, parameter);
    }
}

fn name_argument_lifetimes(argument: &mut FnArg, names: &mut Names<'_>) {
    match argument {
        FnArg::Typed(typed) => Elided(|span| names.fresh(span)).visit_type_mut(&mut typed.ty),
        FnArg::Receiver(receiver) => {
            Elided(|span| names.fresh(span)).visit_type_mut(&mut receiver.ty);
            if let (Some((_, lifetime)), Type::Reference(reference)) =
                (&mut receiver.reference, &*receiver.ty)
            {
                *lifetime = reference.lifetime.clone();
            }
        }
    }
}

/// The lifetime that one left out of the output stands for: that of the reference to `Self` in the receiver, else the
/// only one among the parameters.
fn output_lifetime(signature: &Signature) -> Option<Lifetime> {
    if let Some(receiver) = signature.receiver() {
        let references = references_to_self(receiver);
        if !references.is_empty() {
            return only(references);
        }
    }
    let mut seen = Seen::default();
    for argument in &signature.inputs {
        match argument {
            FnArg::Receiver(receiver) => seen.visit_type(&receiver.ty),
            FnArg::Typed(typed) => seen.visit_type(&typed.ty),
        }
    }
    seen.lifetimes
        .retain(|lifetime| !seen.bound.contains(lifetime));
    only(seen.lifetimes)
}

fn only(lifetimes: HashSet<Lifetime>) -> Option<Lifetime> {
    let mut lifetimes = lifetimes.into_iter();
    lifetimes.next().filter(|_| lifetimes.next().is_none())
}

/// The lifetimes of the references in the type of `self` behind which `Self` stands.
fn references_to_self(receiver: &Receiver) -> HashSet<Lifetime> {
    struct References(HashSet<Lifetime>);
    impl<'ast> Visit<'ast> for References {
        fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
            if has_word(reference.elem.to_token_stream(), "Self") {
                self.0.extend(reference.lifetime.clone());
            }
            visit::visit_type_reference(self, reference);
        }
    }
    let mut references = References(HashSet::new());
    references.visit_type(&receiver.ty);
    references.0
}

/// The lifetimes that stand in types, and those that a `for<..>` binds there.
#[derive(Default)]
struct Seen {
    lifetimes: HashSet<Lifetime>,
    bound: HashSet<Lifetime>,
}

impl<'ast> Visit<'ast> for Seen {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.lifetimes.insert(lifetime.clone());
    }

    fn visit_bound_lifetimes(&mut self, bound: &'ast BoundLifetimes) {
        self.bound.extend(
            bound
                .lifetimes
                .iter()
                .filter_map(|parameter| match parameter {
                    syn::GenericParam::Lifetime(parameter) => Some(parameter.lifetime.clone()),
                    _ => None,
                }),
        );
    }

    fn visit_type_bare_fn(&mut self, _: &'ast TypeBareFn) {}

    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast ParenthesizedGenericArguments) {}

    fn visit_expr(&mut self, _: &'ast Expr) {}
}
