//! The functions beside the visible one: twin, probe and machine function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{FnArg, GenericParam, Generics, ReturnType, Signature, Token, Type, parse_quote};

use super::around::Around;
use super::attributes::Sorted;
use super::borrows::Borrows;
use super::{Context, Core, visible};
use crate::input::{Derive, Function};

/// What the three functions are called, and what stands before their names in a call.
pub(super) struct Names {
    pub(super) plain: Ident,
    pub(super) ownership: Ident,
    pub(super) machine: Ident,
    /// What the visible function awaits where it has to stay an `async fn`.
    pub(super) lowered: Ident,
    /// Nothing, `Self::` or `<Self as Siblings<T>>::`.
    pub(super) path: TokenStream,
    pub(super) around: Around,
    /// Where the machine function is not reached directly, what stands before it.
    pub(super) entrance: Option<Entrance>,
}

/// A function through which the machine function is reached.
pub(super) struct Entrance {
    pub(super) name: Ident,
    /// Its first generic arguments; those of the machine function follow.
    pub(super) arguments: Vec<TokenStream>,
}

/// One of the functions beside the visible one.
pub(super) struct Beside {
    attributes: TokenStream,
    pub(super) signature: Signature,
    body: TokenStream,
}

impl Beside {
    /// A function of generated code, in which no lint speaks: the twin has spoken.
    pub(super) fn generated(signature: Signature, body: TokenStream) -> Beside {
        Beside {
            attributes: quiet(),
            signature,
            body,
        }
    }

    /// `fn name(..) -> .. { .. }`
    pub(super) fn definition(&self) -> TokenStream {
        let Beside {
            attributes,
            signature,
            body,
        } = self;
        quote!(#attributes #signature #body)
    }
}

/// No lint speaks in what has these attributes, whatever the crate demands of itself.
pub(super) fn quiet() -> TokenStream {
    quote! {
        #[allow(warnings, unused, deprecated, nonstandard_style, unsafe_op_in_unsafe_fn)]
        #[allow(dangerous_implicit_autorefs, semicolon_in_expressions_from_macros, static_mut_refs)]
        #[allow(arithmetic_overflow, overflowing_literals, unconditional_panic, let_underscore_lock)]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
    }
}

/// The definitions where others can see them, under the user's own conditions.
pub(super) fn in_the_open(functions: &[Beside], sorted: &Sorted) -> TokenStream {
    let conditions = &sorted.conditions;
    let definitions = functions.iter().map(|function| {
        let definition = function.definition();
        quote!(#[doc(hidden)] #(#conditions)* #definition)
    });
    definitions.collect()
}

/// Lowers the function's body and makes the functions of the result. Says in `sorted` how the machine borrows.
pub(super) fn functions(
    function: &Function,
    names: &Names,
    sorted: &mut Sorted,
    core: &Core<'_>,
) -> syn::Result<Vec<Beside>> {
    let mut functions = lowered(function, names, sorted, core)?;
    if let Some(span) = sorted.derives.span(Derive::Deserialize) {
        let message = "what is read needs a type with a name: write `#[state_future(named)]`";
        return Err(syn::Error::new(span, message));
    }
    let is_seen = !(sorted.is_of_trait || sorted.is_foreign || sorted.borrows.are_forgotten());
    if let (false, Some((derive, span))) = (is_seen, sorted.derives.visible()) {
        let message = format!(
            "nobody could see here that the machine is `{}`; name it with `#[state_future(named)]`, or put the attribute on the \
             whole `impl` block",
            derive.name()
        );
        return Err(syn::Error::new(span, message));
    }
    if sorted.is_foreign || sorted.borrows.are_forgotten() {
        functions.push(visible::inner(function, names, sorted, core));
    }
    Ok(functions)
}

/// Twin, probe and machine function.
pub(super) fn lowered(
    function: &Function,
    names: &Names,
    sorted: &mut Sorted,
    core: &Core<'_>,
) -> syn::Result<Vec<Beside>> {
    let Names {
        ownership, path, ..
    } = names;
    let arguments = generic_arguments(&function.signature.generics);
    let context = Context {
        crate_path: core.crate_path.clone(),
        ownership_path: quote!(#path #ownership #arguments),
        derives: sorted.derives.clone(),
        is_declared: sorted.is_declared,
        migrate: core.migrate.cloned(),
    };
    let lowered = (core.lower)(function, &context)?;
    sorted.borrows = Borrows::new(function, names, lowered.may_borrow);
    sorted.declared = lowered.declared.unwrap_or_default();
    let mut functions = vec![twin(function, names, sorted)];
    if let Some(probe) = lowered.ownership {
        let answers = std::iter::repeat_n(quote!(impl Sized,), probe.answers);
        let mut signature =
            signature_of(function, &names.ownership, parse_quote!(-> (#(#answers)*)));
        signature.asyncness = None;
        functions.push(Beside::generated(signature, block(function, &probe.body)));
    }
    let crate_path = core.crate_path;
    let private = quote!(#crate_path::__private);
    if let Some(derive) = sorted.derives.owning() {
        let name = generated_name(&format!("__owner_of_{}", names.machine));
        let owner = super::owner::owner(
            function,
            name,
            &names.around.generics,
            &lowered.kept,
            derive,
            &private,
        )?;
        functions.push(owner);
    }
    let state_bounds = sorted.derives.state_bounds(&private);
    let output = output_of(&function.signature.output, crate_path);
    let machine = parse_quote! {
        -> #private::Machine<impl Sized #state_bounds, impl #private::Step<Output = #output>>
    };
    let mut signature = signature_of(function, &names.machine, machine);
    sorted.borrows.declare(&mut signature, &names.around);
    functions.push(Beside::generated(
        signature,
        block(function, &lowered.machine),
    ));
    Ok(functions)
}

/// The user's function under another name.
fn twin(function: &Function, names: &Names, sorted: &Sorted) -> Beside {
    let lints = &sorted.twin;
    let mut signature = function.original.clone();
    signature.ident = names.plain.clone();
    signature.ident.set_span(
        names
            .plain
            .span()
            .located_at(function.original.ident.span()),
    );
    let inner = &sorted.inner;
    let body = if inner.is_empty() {
        function.body.to_token_stream()
    } else {
        let statements = &function.body.stmts;
        quote!({ #(#inner)* #(#statements)* })
    };
    Beside {
        attributes: quote!(#[allow(dead_code)] #(#lints)*),
        signature,
        body,
    }
}

/// The normalised signature, for a function that does not show.
fn signature_of(function: &Function, name: &Ident, output: ReturnType) -> Signature {
    Signature {
        ident: name.clone(),
        unsafety: None,
        output,
        ..function.signature.clone()
    }
}

/// The contents of a lowered body as a block.
fn block(function: &Function, contents: &TokenStream) -> TokenStream {
    match function.signature.unsafety {
        Some(_) => quote!({ unsafe { #contents } }),
        None => quote!({ #contents }),
    }
}

/// `impl Future<Output = ..>` for what a function returns. The tokens are of this crate's edition, 2024, so that the
/// opaque type captures everything in scope, whatever the user's edition is. Only the last one is the user's, as is the
/// function's first one: the span of the signature reaches from one to the other.
pub(super) fn future_of(signature: &Signature, sorted: &Sorted, crate_path: &TokenStream) -> Type {
    let output = output_of(&signature.output, crate_path);
    let end = signature
        .paren_token
        .span
        .close()
        .resolved_at(signature.fn_token.span);
    let end = Token![>](end);
    let tells = (!sorted.is_of_trait).then(|| quote!(#crate_path::StateFuture +));
    let private = quote!(#crate_path::__private);
    let derived = sorted.derives.bounds(&private);
    parse_quote!(impl #tells #derived ::core::future::Future<Output = #output #end)
}

/// What a function returns, as an associated type can be said to be.
pub(super) fn output_of(output: &ReturnType, crate_path: &TokenStream) -> TokenStream {
    match output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, output) if matches!(**output, Type::Never(_)) => {
            quote!(#crate_path::__private::Never)
        }
        ReturnType::Type(_, output) => output.to_token_stream(),
    }
}

/// `::<T, N>`: the type and const parameters as arguments. Lifetimes are left to inference.
pub(super) fn generic_arguments(generics: &Generics) -> TokenStream {
    let names = type_and_const_names(generics);
    if names.is_empty() {
        TokenStream::new()
    } else {
        quote!(::<#(#names),*>)
    }
}

/// The names of the type and const parameters.
pub(super) fn type_and_const_names(generics: &Generics) -> Vec<&Ident> {
    let names = generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Lifetime(_) => None,
            GenericParam::Type(parameter) => Some(&parameter.ident),
            GenericParam::Const(parameter) => Some(&parameter.ident),
        });
    names.collect()
}

/// Replaces each pattern in a signature by the parameter's name; `mut` goes away.
pub(super) fn name_parameters(signature: &mut Signature, function: &Function) {
    for (argument, parameter) in signature.inputs.iter_mut().zip(&function.parameters) {
        match argument {
            FnArg::Receiver(receiver) if receiver.reference.is_none() => receiver.mutability = None,
            FnArg::Receiver(_) => {}
            FnArg::Typed(typed) => {
                let name = &parameter.name;
                *typed.pat = parse_quote!(#name);
            }
        }
    }
}

/// A name of generated code.
pub(super) fn generated_name(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}
