//! A lifetime for what the machine borrows from its own variables.
//!
//! A future in a machine may borrow from several variables at once, and so names a lifetime that is shorter than all of
//! the function's own. It is a parameter of the machine function, [`SHORTEST`], which everything else there outlives. What
//! the visible function says in its place is the question: no such lifetime can stand in its opaque return type.
//!
//! - Where everything that is not a lifetime of the function's outlives one that has a name, that one is said, and for the
//!   others too: nobody can see it (`src/private/lifetimes.rs`).
//! - Else the visible function gets a lifetime parameter of its own, which its types outlive, and that is said.
//! - Where a trait fixes its parameters, the visible function stays an `async fn`, which forgets lifetimes, and awaits the
//!   lowered one. That costs layers of types and a tag, so it comes last.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::{
    GenericParam, Generics, Ident, Lifetime, Signature, Type, TypeParam, TypeParamBound,
    WherePredicate, parse_quote,
};

use super::around::{Around, Shape};
use super::beside::Names;
use super::shortest::Shortest;
use crate::input::Function;
use crate::input::tokens::identifiers;

/// The machine function's parameter.
pub(super) const SHORTEST: &str = "'__borrowed";

/// How the machine comes by a lifetime that nothing in it outlives.
#[derive(Default)]
pub(super) enum Borrows {
    /// It needs none but those of its signature.
    #[default]
    Plain,
    /// The visible function can name one.
    Named(Shortest),
    /// The visible function stays `async` and forgets it.
    Forgotten,
}

impl Borrows {
    /// `may_borrow` says whether the machine borrows from its own variables at all.
    pub(super) fn new(function: &Function, names: &Names, may_borrow: bool) -> Borrows {
        let around = &names.around;
        if !identifiers(&function.body).contains("await") {
            return Borrows::Plain;
        }
        let lifetimes =
            function.signature.generics.lifetimes().count() + around.generics.lifetimes().count();
        // Even if it borrows nothing itself: the future of a function with these types may say such a lifetime.
        let of_types = holds_unnamed_types(function, names);
        let of_unseen = around.is_unseen && holds_unseen_types(function);
        let may_borrow = may_borrow || of_types || of_unseen;
        let can_be_named = matches!(around.shape, Shape::Free | Shape::OfTrait);
        if can_be_named && (of_types || of_unseen || lifetimes > 1) {
            if let Some(shortest) = Shortest::find(function, names, may_borrow) {
                return Borrows::Named(shortest);
            }
        }
        let of_several =
            lifetimes > 1 && (may_borrow || around.is_loose || awaits_several(function));
        if of_types || of_several {
            return Borrows::Forgotten;
        }
        Borrows::Plain
    }

    pub(super) fn are_forgotten(&self) -> bool {
        matches!(self, Borrows::Forgotten)
    }

    /// Declares the lifetime in a signature beside the visible one.
    pub(super) fn declare(&self, signature: &mut Signature, around: &Around) {
        match self {
            Borrows::Plain => {}
            Borrows::Named(shortest) => shortest.declare(signature),
            Borrows::Forgotten => {
                let has_self = signature.receiver().is_some() || around.is_of_implementor();
                add_lifetime(signature, &around.generics, has_self);
            }
        }
    }
}

/// Whether a borrow may have to name a type parameter that outlives no lifetime with a name.
fn holds_unnamed_types(function: &Function, names: &Names) -> bool {
    let own = function.signature.generics.type_params().any(|parameter| {
        let name = &parameter.ident;
        !is_static(parameter) && !is_behind_references(function, |word| word == name)
    });
    let is_self = |word: &Ident| word == "Self";
    let of_implementor =
        names.around.is_of_implementor() && !is_behind_references(function, is_self);
    own || of_implementor
        || names.around.generics.type_params().any(|parameter| {
            let name = &parameter.ident;
            !is_static(parameter)
                && !is_behind_references(function, |word| word == name || word == "Self")
        })
}

/// Whether an argument's type, in a block that cannot be seen, may have one of the block's parameters in it, which no reference
/// tells how long they live.
fn holds_unseen_types(function: &Function) -> bool {
    let by_value = |word: &Ident| word == "Self";
    let has_self = function
        .parameters
        .iter()
        .any(|parameter| parameter.is_self);
    if has_self {
        return !is_behind_references(function, by_value);
    }
    !unseen_types(function).is_empty()
}

/// The types of arguments that may be, or be made of, parameters of a block that cannot be seen.
pub(super) fn unseen_types(function: &Function) -> Vec<&Type> {
    const KNOWN: [&str; 17] = [
        "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16",
        "i32", "i64", "i128", "isize", "f64",
    ];
    let types = function.parameters.iter().map(|parameter| &parameter.ty);
    let unseen = types.filter(|ty| {
        matches!(ty, Type::Path(path)
            if !KNOWN.iter().any(|known| path.path.is_ident(known)))
            && !matches!(ty, Type::Path(path) if path.path.is_ident("Self"))
    });
    unseen.collect()
}

fn is_static(parameter: &TypeParam) -> bool {
    parameter.bounds.iter().any(
        |bound| matches!(bound, TypeParamBound::Lifetime(lifetime) if lifetime.ident == "static"),
    )
}

/// Whether all arguments with the type in theirs are references: then it outlives a lifetime that has a name.
fn is_behind_references(function: &Function, is_type: impl Fn(&Ident) -> bool) -> bool {
    struct Search<F> {
        is_type: F,
        behind: bool,
        found: bool,
        plain: bool,
    }
    impl<'ast, F: Fn(&Ident) -> bool> Visit<'ast> for Search<F> {
        fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
            let outer = std::mem::replace(&mut self.behind, true);
            visit::visit_type_reference(self, reference);
            self.behind = outer;
        }
        fn visit_ident(&mut self, ident: &'ast Ident) {
            if (self.is_type)(ident) {
                self.found = true;
                self.plain |= !self.behind;
            }
        }
    }
    let mut search = Search {
        is_type,
        behind: false,
        found: false,
        plain: false,
    };
    for parameter in &function.parameters {
        search.visit_type(&parameter.ty);
    }
    search.found && !search.plain
}

/// Whether an awaited operand mentions several variables, which may borrow from different arguments, or one that was
/// made of several.
fn awaits_several(function: &Function) -> bool {
    struct Variables(BTreeSet<String>);
    impl<'ast> Visit<'ast> for Variables {
        fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
            if !matches!(&*call.func, syn::Expr::Path(_)) {
                self.visit_expr(&call.func);
            }
            call.args
                .iter()
                .for_each(|argument| self.visit_expr(argument));
        }
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            self.0.extend(path.path.get_ident().map(Ident::to_string));
        }
        fn visit_macro(&mut self, call: &'ast syn::Macro) {
            self.0.extend(identifiers(call));
        }
    }
    fn variables(expr: &syn::Expr) -> BTreeSet<String> {
        let mut variables = Variables(BTreeSet::new());
        variables.visit_expr(expr);
        variables.0
    }
    struct Search {
        made_of_several: BTreeSet<String>,
        found: bool,
    }
    impl<'ast> Visit<'ast> for Search {
        fn visit_local(&mut self, local: &'ast syn::Local) {
            visit::visit_local(self, local);
            if local
                .init
                .as_ref()
                .is_some_and(|init| variables(&init.expr).len() > 1)
            {
                let names = crate::resolve::bindings(&local.pat);
                self.made_of_several
                    .extend(names.iter().map(Ident::to_string));
            }
        }
        fn visit_expr_await(&mut self, suspension: &'ast syn::ExprAwait) {
            let variables = variables(&suspension.base);
            self.found |= variables.len() > 1 || !variables.is_disjoint(&self.made_of_several);
            visit::visit_expr_await(self, suspension);
        }
    }
    let mut search = Search {
        made_of_several: BTreeSet::new(),
        found: false,
    };
    search.visit_block(&function.body);
    search.found
}

/// Adds a lifetime that everything else in the signature, and in the generics of the block `around` it, outlives, and `Self` if
/// there is one.
pub(super) fn add_lifetime(signature: &mut Signature, around: &Generics, has_self: bool) {
    let parameters = around.params.iter().chain(&signature.generics.params);
    let mut outliving: Vec<TokenStream> = parameters
        .filter_map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                Some(quote!(#lifetime))
            }
            GenericParam::Type(parameter) => {
                let name = &parameter.ident;
                Some(quote!(#name))
            }
            GenericParam::Const(_) => None,
        })
        .collect();
    outliving.extend(has_self.then(|| quote!(Self)));
    add_outlived(signature, &outliving);
}

/// Adds a lifetime that these outlive.
pub(super) fn add_outlived(signature: &mut Signature, outliving: &[TokenStream]) {
    let shortest = shortest();
    let predicates: Vec<WherePredicate> = outliving
        .iter()
        .map(|one| parse_quote!(#one: #shortest))
        .collect();
    let generics = &mut signature.generics;
    generics.params.insert(0, parse_quote!(#shortest));
    generics.make_where_clause().predicates.extend(predicates);
}

/// [`SHORTEST`] as tokens.
pub(super) fn shortest() -> Lifetime {
    Lifetime::new(SHORTEST, proc_macro2::Span::call_site())
}
