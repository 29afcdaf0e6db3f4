//! `Self` in a signature, replaced by the type it stands for.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Ident, Path, PathSegment, Receiver, Signature, Type, TypeParamBound, TypePath, WherePredicate,
    parse_quote,
};

/// In the declaration of a trait made for one type, `Self` would be any type, unsized ones included.
pub(super) struct ConcreteSelf<'a> {
    pub(super) self_type: &'a Type,
    pub(super) trait_path: &'a Path,
    /// The block's associated types. Another is that of a supertrait, which only the compiler finds.
    pub(super) defined: &'a BTreeSet<Ident>,
    /// Where these are found as well, under the names that [`inherited`] gives them.
    pub(super) siblings: Option<&'a TokenStream>,
    /// The type is a parameter, by which the compiler finds them, too.
    pub(super) is_parameter: bool,
}

/// What a supertrait's associated type is called in the trait beside the function.
pub(super) fn inherited(name: &Ident) -> Ident {
    format_ident!("Inherited{}", name)
}

impl ConcreteSelf<'_> {
    pub(super) fn replace_in(&self, signature: &mut Signature) {
        let mut replace = Replace {
            with: self,
            inherited: true,
        };
        replace.visit_signature_mut(signature);
    }

    /// In a declaration `Self: 'a` stays: nothing there says that the type itself is well-formed. So does what a supertrait
    /// defines.
    pub(super) fn replace_in_declaration(&self, signature: &mut Signature) {
        let mut replace = Replace {
            with: self,
            inherited: false,
        };
        let conditions = signature.generics.where_clause.take();
        replace.visit_signature_mut(signature);
        signature.generics.where_clause = conditions.map(|mut conditions| {
            let predicates = conditions.predicates.iter_mut();
            predicates
                .filter(|predicate| !is_outlives_of_self(predicate))
                .for_each(|predicate| replace.visit_where_predicate_mut(predicate));
            conditions
        });
    }

    /// `Self` or `Self::Item`, in place.
    fn replace(&self, ty: &mut TypePath) -> Type {
        let (self_type, trait_path) = (self.self_type, self.trait_path);
        let rest: Vec<_> = ty.path.segments.iter().skip(1).collect();
        match (&*rest, self_type) {
            ([], Type::TraitObject(_)) => parse_quote!((#self_type)),
            ([], _) => self_type.clone(),
            _ if self.is_parameter => parse_quote!(#self_type #(::#rest)*),
            ([first, rest @ ..], _) if self.is_inherited(first) && self.siblings.is_some() => {
                let (siblings, name) = (self.siblings, inherited(&first.ident));
                parse_quote!(<#self_type as #siblings>::#name #(::#rest)*)
            }
            _ => parse_quote!(<#self_type as #trait_path> #(::#rest)*),
        }
    }

    fn is_inherited(&self, segment: &PathSegment) -> bool {
        segment.arguments.is_none() && !self.defined.contains(&segment.ident)
    }

    /// The associated types of supertraits in a signature.
    pub(super) fn inherited_in(&self, signature: &Signature) -> BTreeSet<Ident> {
        struct Search<'a>(&'a ConcreteSelf<'a>, BTreeSet<Ident>);
        impl<'ast> Visit<'ast> for Search<'_> {
            fn visit_type_path(&mut self, ty: &'ast TypePath) {
                let mut segments = ty.path.segments.iter();
                let begins_with_self = segments.next().is_some_and(|first| first.ident == "Self");
                if ty.qself.is_none() && begins_with_self {
                    let inherited = segments.next().filter(|name| self.0.is_inherited(name));
                    self.1
                        .extend(inherited.map(|segment| segment.ident.clone()));
                }
                visit::visit_type_path(self, ty);
            }
        }
        let mut search = Search(self, BTreeSet::new());
        search.visit_signature(signature);
        search.1
    }
}

fn is_outlives_of_self(predicate: &WherePredicate) -> bool {
    let is_self = |ty: &Type| matches!(ty, Type::Path(path) if path.path.is_ident("Self"));
    let is_lifetime = |bound: &TypeParamBound| matches!(bound, TypeParamBound::Lifetime(_));
    matches!(predicate, WherePredicate::Type(predicate)
        if is_self(&predicate.bounded_ty) && predicate.bounds.iter().all(is_lifetime))
}

struct Replace<'a> {
    with: &'a ConcreteSelf<'a>,
    /// Whether a supertrait's associated types are replaced, too, as if they were the trait's own.
    inherited: bool,
}

impl VisitMut for Replace<'_> {
    /// The type of `self` itself has to be written in terms of `Self`.
    fn visit_receiver_mut(&mut self, _: &mut Receiver) {}

    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Path(path) = ty {
            let mut segments = path.path.segments.iter().map(|segment| &segment.ident);
            let begins_with_self = segments.next().is_some_and(|first| first == "Self");
            let is_known = segments
                .next()
                .is_none_or(|name| self.inherited || self.with.defined.contains(name));
            if path.qself.is_none() && begins_with_self && is_known {
                *ty = self.with.replace(path);
            }
        }
    }
}
