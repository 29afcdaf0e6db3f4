//! A lifetime for what the machine borrows from its own variables.
//!
//! A future in a machine may borrow from several variables at once, and so names a lifetime that is shorter than all of
//! the function's own. In an opaque return type no such lifetime can stand, only within an `async fn`, which forgets it.
//! Where one is needed, the visible function stays an `async fn` and awaits the lowered one.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    GenericParam, Generics, Ident, Lifetime, Signature, Type, TypeParam, TypeParamBound,
    parse_quote,
};

use super::beside::Names;
use crate::input::Function;
use crate::input::tokens::identifiers;

/// Whether a borrow may need a lifetime that the signature does not name: one from a value of a type parameter's type,
/// or one from several arguments at once. The parameters may be those of the block around it, too. `may_borrow` says
/// whether the machine borrows from its own variables at all.
pub(super) fn needs_lifetime(function: &Function, names: &Names, may_borrow: bool) -> bool {
    let around = &names.around;
    if !identifiers(&function.body).contains("await") {
        return false;
    }
    let generics = &function.signature.generics;
    let own = generics.type_params().any(|parameter| {
        let name = &parameter.ident;
        !is_static(parameter) && !is_behind_references(function, |word| word == name)
    });
    let of_block = around.type_params().any(|parameter| {
        let name = &parameter.ident;
        !is_static(parameter)
            && !is_behind_references(function, |word| word == name || word == "Self")
    });
    let lifetimes = generics.lifetimes().count() + around.lifetimes().count();
    ((own || of_block) && may_borrow)
        || (lifetimes > 1 && (names.is_loose || awaits_several(function)))
}

/// Whether a block with these generics has a lifetime that its type does not mention.
pub(super) fn is_loose(generics: &Generics, self_type: &Type) -> bool {
    struct Mentioned(BTreeSet<Ident>);
    impl<'ast> Visit<'ast> for Mentioned {
        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            self.0.insert(lifetime.ident.clone());
        }
    }
    let mut mentioned = Mentioned(BTreeSet::new());
    mentioned.visit_type(self_type);
    let mut lifetimes = generics.lifetimes();
    lifetimes.any(|parameter| !mentioned.0.contains(&parameter.lifetime.ident))
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

/// Adds a lifetime that everything else in the signature, and in the generics of the block `around` it, outlives.
pub(super) fn add_lifetime(signature: &mut Signature, around: &Generics) {
    let shortest: Lifetime = parse_quote!('__borrowed);
    let has_receiver = signature.receiver().is_some();
    let generics = &mut signature.generics;
    let parameters = around.params.iter().chain(&generics.params);
    let mut predicates: Vec<syn::WherePredicate> = parameters
        .filter_map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => {
                let lifetime = &parameter.lifetime;
                Some(parse_quote!(#lifetime: #shortest))
            }
            GenericParam::Type(parameter) => {
                let name = &parameter.ident;
                Some(parse_quote!(#name: #shortest))
            }
            GenericParam::Const(_) => None,
        })
        .collect();
    if has_receiver {
        predicates.push(parse_quote!(Self: #shortest));
    }
    generics.params.insert(0, parse_quote!(#shortest));
    generics.make_where_clause().predicates.extend(predicates);
}
