//! `impl Trait` arguments become type parameters.

use std::collections::HashSet;

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, FnArg, GenericParam, ParenthesizedGenericArguments, Signature, Type, TypeBareFn,
    TypeParam, parse_quote,
};

use crate::input::function::argument_name;
use crate::input::tokens::{free_name, identifiers};

/// Replaces each `impl Trait` among the parameters by a type parameter, declared after the user's own. The output's
/// stay.
pub(in crate::input) fn name_argument_types(signature: &mut Signature, body: &Block) {
    let mut taken = identifiers(&*signature);
    taken.extend(identifiers(body));
    for (number, argument) in (1..).zip(&mut signature.inputs) {
        let FnArg::Typed(typed) = argument else {
            continue;
        };
        let wanted = format!(
            "Impl{}",
            pascal_case(&argument_name(number, &typed.pat).unraw().to_string())
        );
        let mut types = ArgumentTypes {
            wanted,
            taken: &mut taken,
            declared: Vec::new(),
        };
        types.visit_type_mut(&mut typed.ty);
        signature
            .generics
            .params
            .extend(types.declared.into_iter().map(GenericParam::Type));
    }
}

struct ArgumentTypes<'a> {
    wanted: String,
    taken: &'a mut HashSet<String>,
    declared: Vec<TypeParam>,
}

impl VisitMut for ArgumentTypes<'_> {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::ImplTrait(argument) = ty {
            let name = Ident::new(&free_name(&self.wanted, self.taken), Span::mixed_site());
            let bounds = &argument.bounds;
            self.declared.push(parse_quote!(#name: #bounds));
            *ty = parse_quote!(#name);
        }
    }

    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}

    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {
    }

    fn visit_expr_mut(&mut self, _: &mut Expr) {}
}

/// `read_buf` becomes `ReadBuf`.
fn pascal_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect()
        })
    });
    words.collect()
}
