//! The lifetime that the visible function says where the machine function has one that everything outlives.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, GenericParam, Ident, Lifetime, ReturnType, Signature, Type, parse_quote};

use super::around::Shape;
use super::beside::{Names, output_of};
use super::borrows::{self, add_outlived};
use super::outlives::{Outlives, bounded_lifetimes, is_in_arguments, lifetimes_of};
use crate::input::Function;

/// The lifetime, and what is said to be it.
pub(super) struct Shortest {
    lifetime: Lifetime,
    /// What the visible function says of it, if it has to be declared there.
    declared: Option<Vec<TokenStream>>,
    /// Those of the function's lifetimes for which it is said, too.
    replaced: BTreeSet<Ident>,
    /// What outlives it in the machine function.
    outliving: Vec<TokenStream>,
}

impl Shortest {
    /// One that has a name, else one that is declared, if either is possible.
    pub(super) fn find(function: &Function, names: &Names, may_borrow: bool) -> Option<Shortest> {
        let own = function.signature.generics.lifetimes();
        let around = names.around.generics.lifetimes();
        let mut candidates: Vec<&Lifetime> = own
            .chain(around)
            .map(|parameter| &parameter.lifetime)
            .collect();
        let in_output = lifetimes_of(|search| search.visit_return_type(&function.signature.output));
        candidates.sort_by_key(|candidate| !in_output.contains(&candidate.ident));
        candidates
            .into_iter()
            .find_map(|candidate| Self::named(candidate, function, names, may_borrow))
            .or_else(|| Self::declared(function, names))
    }

    /// `lifetime`, if all else outlives it but for lifetimes that nobody sees.
    fn named(
        lifetime: &Lifetime,
        function: &Function,
        names: &Names,
        may_borrow: bool,
    ) -> Option<Shortest> {
        let outlives = Outlives::new(function, &names.around, &lifetime.ident);
        let generics = &function.signature.generics;
        let around = &names.around.generics;
        let mut outliving = Vec::new();
        let mut replaced = BTreeSet::new();
        for parameter in &around.params {
            match parameter {
                GenericParam::Lifetime(parameter) => {
                    let name = &parameter.lifetime;
                    if !outlives.lifetime(&name.ident) {
                        return None;
                    }
                    outliving.push(quote!(#name));
                }
                GenericParam::Type(parameter) => {
                    let name = &parameter.ident;
                    if outlives.type_parameter(name) {
                        outliving.push(quote!(#name));
                    } else if may_borrow || is_in_arguments(&function.signature, name) {
                        return None;
                    }
                }
                GenericParam::Const(_) => {}
            }
        }
        for parameter in generics.lifetimes() {
            let name = &parameter.lifetime;
            if !outlives.lifetime(&name.ident) {
                replaced.insert(name.ident.clone());
            }
            outliving.push(quote!(#name));
        }
        for parameter in generics.type_params() {
            let name = &parameter.ident;
            if outlives.type_parameter(name) {
                outliving.push(quote!(#name));
            } else if may_borrow || is_in_arguments(&function.signature, name) {
                return None;
            }
        }
        if outlives.self_type() {
            outliving.extend(function.signature.receiver().map(|_| quote!(Self)));
        } else if (may_borrow && names.around.is_unseen)
            || is_in_arguments(&function.signature, &Ident::new("Self", Span::call_site()))
            || function.signature.receiver().is_some()
        {
            return None;
        }
        let found = Shortest {
            lifetime: lifetime.clone(),
            declared: None,
            replaced,
            outliving,
        };
        (found.replaced.is_disjoint(&bounded_lifetimes(generics)) && found.can_be_said(function))
            .then_some(found)
    }

    /// One that the visible function declares.
    fn declared(function: &Function, names: &Names) -> Option<Shortest> {
        if names.around.shape != Shape::Free {
            return None;
        }
        let generics = &function.signature.generics;
        let mut stated = bounded_lifetimes(generics);
        stated.extend(lifetimes_beside_opaque_types(function));
        let (around, own) = (&names.around.generics.params, &generics.params);
        let mut outliving = Vec::new();
        let mut declared = Vec::new();
        let mut replaced = BTreeSet::new();
        let visible = &function.explicit.generics;
        for parameter in around.iter().chain(own) {
            match parameter {
                GenericParam::Lifetime(parameter) => {
                    let name = &parameter.lifetime;
                    let is_own = generics.lifetimes().any(|own| own.lifetime == *name);
                    if is_own && !stated.contains(&name.ident) {
                        replaced.insert(name.ident.clone());
                    } else {
                        declared.push(quote!(#name));
                    }
                    outliving.push(quote!(#name));
                }
                GenericParam::Type(parameter) => {
                    let name = &parameter.ident;
                    let is_own = generics.type_params().any(|own| own.ident == *name);
                    if !is_own || visible.type_params().any(|shown| shown.ident == *name) {
                        declared.push(quote!(#name));
                    }
                    outliving.push(quote!(#name));
                }
                GenericParam::Const(_) => {}
            }
        }
        let mut types = Vec::new();
        if function.signature.receiver().is_some() {
            types.push(quote!(Self));
        }
        if names.around.is_unseen {
            let unseen = borrows::unseen_types(function).into_iter();
            let unseen = unseen.filter(|ty| {
                lifetimes_of(|search| search.visit_type(ty)).is_empty()
                    && generics
                        .type_params()
                        .all(|own| !crate::input::tokens::has_word(ty, &own.ident.to_string()))
            });
            types.extend(unseen.map(ToTokens::to_token_stream));
        }
        outliving.extend(types.clone());
        declared.extend(types);
        let found = Shortest {
            lifetime: borrows::shortest(),
            declared: Some(declared),
            replaced,
            outliving,
        };
        found.can_be_said(function).then_some(found)
    }

    /// Whether every type in which a lifetime is replaced can be written.
    fn can_be_said(&self, function: &Function) -> bool {
        let arguments = function.explicit.inputs.iter();
        arguments
            .map(argument_type)
            .all(|ty| !self.is_replaced_in(ty) || self.reference(ty).is_some() || is_written(ty))
            && match &function.explicit.output {
                ReturnType::Default => true,
                ReturnType::Type(_, output) => !self.is_replaced_in(output) || is_written(output),
            }
    }

    fn is_replaced_in(&self, ty: &Type) -> bool {
        let lifetimes = lifetimes_of(|search| search.visit_type(ty));
        !self.replaced.is_disjoint(&lifetimes)
    }

    /// Declares the lifetime in the machine function's signature.
    pub(super) fn declare(&self, signature: &mut Signature) {
        add_outlived(signature, &self.outliving);
    }

    /// Declares it in the visible one, if it has to be.
    pub(super) fn declare_visibly(&self, signature: &mut Signature) {
        let Some(outliving) = &self.declared else {
            return;
        };
        let lifetime = &self.lifetime;
        for argument in &mut signature.inputs {
            if let FnArg::Typed(typed) = argument {
                BoundOpaque(lifetime).visit_type_mut(&mut typed.ty);
            }
        }
        add_outlived(signature, outliving);
    }

    /// The machine function's lifetimes, as arguments: the one, and its own. `around` stands before them, inferred.
    pub(super) fn generic_arguments(&self, around: usize, function: &Function) -> Vec<TokenStream> {
        let lifetime = &self.lifetime;
        let own = function.signature.generics.lifetimes().map(|parameter| {
            let name = &parameter.lifetime;
            match self.replaced.contains(&name.ident) {
                true => lifetime,
                false => name,
            }
        });
        let own = std::iter::once(lifetime).chain(own);
        std::iter::repeat_n(quote!('_), around)
            .chain(own.map(ToTokens::to_token_stream))
            .collect()
    }

    /// The arguments as the machine gets them.
    pub(super) fn arguments(
        &self,
        function: &Function,
        arguments: &[&Ident],
        private: &TokenStream,
    ) -> Vec<TokenStream> {
        let types = function.explicit.inputs.iter().map(argument_type);
        let arguments = types.zip(arguments).map(|(ty, argument)| {
            if !self.is_replaced_in(ty) {
                return argument.to_token_stream();
            }
            let lifetime = &self.lifetime;
            if is_written(ty) {
                let wanted = self.replace(ty);
                return quote!(unsafe { #private::lasting::<_, #wanted>(#argument) });
            }
            match self.reference(ty) {
                Some(reference) if reference.mutability.is_some() => {
                    quote!(unsafe { #private::lasting_exclusive::<#lifetime, _>(#argument) })
                }
                _ => quote!(unsafe { #private::lasting_shared::<#lifetime, _>(#argument) }),
            }
        });
        arguments.collect()
    }

    /// The builder, and what it returns if that is something else to the caller.
    pub(super) fn builder(
        &self,
        builder: TokenStream,
        function: &Function,
        crate_path: &TokenStream,
    ) -> TokenStream {
        match &function.explicit.output {
            ReturnType::Type(_, output) if self.is_replaced_in(output) => {
                let output = output_of(&function.explicit.output, crate_path);
                quote!(unsafe { #crate_path::__private::returning::<#output, _>(#builder) })
            }
            _ => builder,
        }
    }

    fn replace(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        Replace(self).visit_type_mut(&mut ty);
        ty
    }

    /// A reference that would be replaced, to something in which nothing else would be.
    fn reference<'t>(&self, ty: &'t Type) -> Option<&'t syn::TypeReference> {
        match ty {
            Type::Reference(reference) if !self.is_replaced_in(&reference.elem) => Some(reference),
            _ => None,
        }
    }
}

fn argument_type(argument: &FnArg) -> &Type {
    match argument {
        FnArg::Receiver(receiver) => &receiver.ty,
        FnArg::Typed(typed) => &typed.ty,
    }
}

/// Whether the type can be written within a function's body.
fn is_written(ty: &Type) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_type(&mut self, ty: &'ast Type) {
            self.0 &= !matches!(ty, Type::ImplTrait(_) | Type::Macro(_));
            visit::visit_type(self, ty);
        }
    }
    let mut search = Search(true);
    search.visit_type(ty);
    search.0
}

/// The lifetimes in an output with a type that has no name: what is to be said to have another lifetime has to be written.
fn lifetimes_beside_opaque_types(function: &Function) -> BTreeSet<Ident> {
    match &function.explicit.output {
        ReturnType::Type(_, output) if !is_written(output) => {
            lifetimes_of(|search| search.visit_type(output))
        }
        _ => BTreeSet::new(),
    }
}

struct Replace<'a>(&'a Shortest);

impl VisitMut for Replace<'_> {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.0.replaced.contains(&lifetime.ident) {
            *lifetime = self.0.lifetime.clone();
        }
    }
}

/// Lets the types of `impl Trait` arguments outlive a lifetime.
struct BoundOpaque<'a>(&'a Lifetime);

impl VisitMut for BoundOpaque<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::ImplTrait(opaque) = ty {
            let lifetime = self.0;
            opaque.bounds.push(parse_quote!(#lifetime));
            *ty = parse_quote!((#opaque));
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}
}
