//! What the signature says of which type or lifetime outlives which lifetime.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    GenericParam, Generics, Ident, Lifetime, Signature, Type, TypeParamBound, WherePredicate,
};

use super::around::Around;
use crate::input::Function;

/// The names of the lifetimes in a piece of syntax.
pub(super) fn lifetimes_of(visit: impl FnOnce(&mut Lifetimes)) -> BTreeSet<Ident> {
    let mut found = Lifetimes::default();
    visit(&mut found);
    found.0
}

#[derive(Default)]
pub(super) struct Lifetimes(BTreeSet<Ident>);

impl<'ast> Visit<'ast> for Lifetimes {
    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.0.insert(lifetime.ident.clone());
    }
}

/// The lifetimes of which bounds or conditions say something.
pub(super) fn bounded_lifetimes(generics: &Generics) -> BTreeSet<Ident> {
    lifetimes_of(|search| {
        for parameter in &generics.params {
            match parameter {
                GenericParam::Lifetime(parameter) if parameter.bounds.is_empty() => {}
                GenericParam::Lifetime(parameter) => search.visit_lifetime_param(parameter),
                GenericParam::Type(parameter) => search.visit_type_param(parameter),
                GenericParam::Const(_) => {}
            }
        }
        if let Some(conditions) = &generics.where_clause {
            search.visit_where_clause(conditions);
        }
    })
}

/// What is known to outlive a lifetime.
pub(super) struct Outlives<'a> {
    function: &'a Function,
    around: &'a Around,
    lifetime: &'a Ident,
    /// The names of types that stand behind a reference with this lifetime.
    behind: BTreeSet<Ident>,
}

impl<'a> Outlives<'a> {
    pub(super) fn new(function: &'a Function, around: &'a Around, lifetime: &'a Ident) -> Self {
        let mut search = Behind {
            lifetime,
            is_behind: false,
            found: BTreeSet::new(),
        };
        for parameter in &function.parameters {
            search.visit_type(&parameter.ty);
        }
        Outlives {
            function,
            around,
            lifetime,
            behind: search.found,
        }
    }

    /// Whether `Self` does.
    pub(super) fn self_type(&self) -> bool {
        self.is_behind("Self") || self.is_declared("Self") || self.owns_what_outlives()
    }

    /// Whether a type parameter does, of the function's own or of the block's.
    pub(super) fn type_parameter(&self, name: &Ident) -> bool {
        self.behind.contains(name)
            || self.is_declared(&name.to_string())
            || (self.around.mentioned_by_self.contains(name)
                && (self.is_behind("Self") || self.is_declared("Self")))
    }

    /// Whether a lifetime parameter does.
    pub(super) fn lifetime(&self, name: &Ident) -> bool {
        name == self.lifetime
            || self.is_declared(&format!("'{name}"))
            || (self.around.mentioned_by_self.contains(name)
                && (self.is_behind("Self") || self.is_declared("Self")))
    }

    fn is_behind(&self, name: &str) -> bool {
        self.behind.iter().any(|behind| behind == name)
    }

    /// Whether all that `Self` is made of does, in a block that can be seen.
    fn owns_what_outlives(&self) -> bool {
        self.around.is_type_seen
            && self
                .around
                .generics
                .params
                .iter()
                .all(|parameter| match parameter {
                    GenericParam::Lifetime(parameter) => {
                        let name = &parameter.lifetime;
                        name.ident == *self.lifetime || self.is_declared(&name.to_string())
                    }
                    GenericParam::Type(parameter) => self.is_declared(&parameter.ident.to_string()),
                    GenericParam::Const(_) => true,
                })
    }

    /// Whether a bound or a condition says so of what is spelled like this.
    fn is_declared(&self, name: &str) -> bool {
        let generics = [&self.function.signature.generics, &self.around.generics];
        generics
            .iter()
            .any(|generics| bounds_of(generics, name).any(|bound| self.suffices(bound)))
    }

    fn suffices(&self, bound: &Lifetime) -> bool {
        bound.ident == "static" || bound.ident == *self.lifetime
    }
}

/// The lifetimes that a parameter outlives by bounds and conditions.
fn bounds_of<'a>(generics: &'a Generics, name: &'a str) -> impl Iterator<Item = &'a Lifetime> {
    let declared = generics
        .params
        .iter()
        .flat_map(move |parameter| -> Vec<&'a Lifetime> {
            match parameter {
                GenericParam::Lifetime(parameter) if parameter.lifetime.to_string() == name => {
                    parameter.bounds.iter().collect()
                }
                GenericParam::Type(parameter) if parameter.ident == name => {
                    lifetime_bounds(&parameter.bounds)
                }
                _ => Vec::new(),
            }
        });
    let conditions = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    let conditions = conditions.flat_map(move |condition| -> Vec<&'a Lifetime> {
        match condition {
            WherePredicate::Lifetime(condition) if condition.lifetime.to_string() == name => {
                condition.bounds.iter().collect()
            }
            WherePredicate::Type(condition) if is_named(&condition.bounded_ty, name) => {
                lifetime_bounds(&condition.bounds)
            }
            _ => Vec::new(),
        }
    });
    declared.chain(conditions)
}

fn lifetime_bounds<'a>(bounds: impl IntoIterator<Item = &'a TypeParamBound>) -> Vec<&'a Lifetime> {
    let lifetimes = bounds.into_iter().filter_map(|bound| match bound {
        TypeParamBound::Lifetime(lifetime) => Some(lifetime),
        _ => None,
    });
    lifetimes.collect()
}

fn is_named(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident(name))
}

/// Finds the types behind references with a lifetime: whatever is in such a type outlives it, but for what projections are made of.
struct Behind<'a> {
    lifetime: &'a Ident,
    is_behind: bool,
    found: BTreeSet<Ident>,
}

impl<'ast> Visit<'ast> for Behind<'_> {
    fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
        let outer = self.is_behind;
        let lifetime = reference.lifetime.as_ref();
        self.is_behind |= lifetime.is_some_and(|lifetime| lifetime.ident == *self.lifetime);
        visit::visit_type_reference(self, reference);
        self.is_behind = outer;
    }

    fn visit_type_path(&mut self, path: &'ast syn::TypePath) {
        if path.qself.is_some() {
            return;
        }
        if let (true, Some(name)) = (self.is_behind, path.path.get_ident()) {
            self.found.insert(name.clone());
        }
        visit::visit_type_path(self, path);
    }
}

/// The names of the parameters in a type that all outlive whatever it outlives.
pub(super) fn mentioned(ty: &Type) -> BTreeSet<Ident> {
    let mut search = Behind {
        lifetime: &Ident::new("unused", proc_macro2::Span::mixed_site()),
        is_behind: true,
        found: BTreeSet::new(),
    };
    search.visit_type(ty);
    search
        .found
        .extend(lifetimes_of(|search| search.visit_type(ty)));
    search.found
}

/// Whether a type parameter stands in the type of an argument.
pub(super) fn is_in_arguments(signature: &Signature, name: &Ident) -> bool {
    struct Search<'a>(&'a Ident, bool);
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_ident(&mut self, ident: &'ast Ident) {
            self.1 |= ident == self.0;
        }
    }
    let mut search = Search(name, false);
    signature
        .inputs
        .iter()
        .for_each(|argument| search.visit_fn_arg(argument));
    search.1
}
