//! Elided lifetimes get names.

use std::collections::HashSet;

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Expr, GenericParam, ItemImpl, Lifetime, LifetimeParam, ParenthesizedGenericArguments, Token,
    TypeBareFn, TypeReference,
};

use crate::input::tokens::free_name;

/// Puts a lifetime wherever one is left out or written `'_`.
///
/// Function pointers and `Fn(..) -> ..` bounds have elision of their own and are left alone; lifetimes that a path does
/// not show cannot be seen.
pub(super) struct Elided<F: FnMut(Span) -> Lifetime>(pub(super) F);

impl<F: FnMut(Span) -> Lifetime> VisitMut for Elided<F> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        let span = reference.and_token.span;
        reference.lifetime.get_or_insert_with(|| (self.0)(span));
        visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident == "_" {
            *lifetime = (self.0)(lifetime.apostrophe);
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}

/// Names for lifetimes that nobody else uses.
pub(super) struct Names<'a> {
    /// What the lifetimes belong to, the middle of their names.
    pub(super) owner: String,
    pub(super) taken: &'a mut HashSet<String>,
    /// The parameters that declare the lifetimes made so far.
    pub(super) declared: Vec<GenericParam>,
}

impl Names<'_> {
    pub(super) fn fresh(&mut self, span: Span) -> Lifetime {
        let name = free_name(&format!("_{}", self.owner), self.taken);
        let lifetime = Lifetime::new(&format!("'{name}"), span);
        self.declared
            .push(GenericParam::Lifetime(LifetimeParam::new(lifetime.clone())));
        lifetime
    }
}

/// Names the lifetimes that the header of an `impl` block leaves out, as in `impl Service for Client<'_>`.
pub(crate) fn name_header_lifetimes(block: &mut ItemImpl) {
    let mut taken = crate::input::tokens::identifiers(&*block);
    let mut names = Names {
        owner: "impl".to_owned(),
        taken: &mut taken,
        declared: Vec::new(),
    };
    // No lint speaks of a lifetime that is not the user's.
    let mut elided = Elided(|span| names.fresh(Span::mixed_site().located_at(span)));
    elided.visit_type_mut(&mut block.self_ty);
    if let Some((_, path, _)) = &mut block.trait_ {
        elided.visit_path_mut(path);
    }
    let declared = names.declared;
    if !declared.is_empty() {
        block
            .generics
            .lt_token
            .get_or_insert_with(<Token![<]>::default);
        block
            .generics
            .gt_token
            .get_or_insert_with(<Token![>]>::default);
    }
    for (place, lifetime) in declared.into_iter().enumerate() {
        block.generics.params.insert(place, lifetime);
    }
}
