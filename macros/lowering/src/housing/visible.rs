//! The function that stands where the user's function stood.

use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use quote::quote;
use syn::{Pat, Signature, parse_quote};

use super::Core;
use super::attributes::Sorted;
use super::beside::{self, Beside, Entrance, Names, type_and_const_names};
use super::borrows::Borrows;
use crate::input::Function;

/// The visible function. `before` are items that stand in its body ahead of the call.
///
/// Under an attribute that this crate does not know, which may want to see an `async fn`, it stays one and awaits the
/// function [`inner`] makes.
pub(super) fn function(
    function: &Function,
    names: &Names,
    sorted: &Sorted,
    before: TokenStream,
    core: &Core<'_>,
) -> TokenStream {
    let attributes = &sorted.visible;
    let visibility = &function.visibility;
    if sorted.is_foreign || sorted.borrows.are_forgotten() {
        let signature = named(function);
        let Names { lowered, path, .. } = names;
        let generics = if sorted.borrows.are_forgotten() {
            let around = names.entrance.as_ref();
            let around = around.map_or(&[][..], |around| &around.arguments);
            machine_arguments(&[], around, function)
        } else {
            beside::generic_arguments(&function.original.generics)
        };
        let arguments = arguments(function);
        let before = if sorted.is_foreign && !before.is_empty() {
            // Such an attribute may be made with a parser that does not know all of today's Rust.
            let crate_path = core.crate_path;
            quote!(#crate_path::__private::verbatim! { #before })
        } else {
            before
        };
        let body = braced(
            function,
            quote!(#before #path #lowered #generics (#(#arguments),*).await),
        );
        return quote!(#(#attributes)* #visibility #signature #body);
    }
    let signature = returning_future(function, sorted, core);
    let call = call(function, names, sorted, core);
    let body = braced(function, quote!(#before #call));
    let inline = inline(attributes);
    quote! {
        #(#attributes)*
        #inline
        #[allow(late_bound_lifetime_arguments, single_use_lifetimes, trivial_bounds)]
        #[allow(clippy::implied_bounds_in_impls, clippy::manual_async_fn, clippy::multiple_bound_locations, clippy::double_must_use, clippy::needless_lifetimes, clippy::too_many_arguments, clippy::type_complexity)]
        #visibility #signature #body
    }
}

/// Making a future is moving its arguments, no more; as with an `async fn`, whoever calls it does that by itself.
fn inline(attributes: &[syn::Attribute]) -> TokenStream {
    if attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("inline"))
    {
        TokenStream::new()
    } else {
        quote!(#[inline])
    }
}

/// A body between the user's own braces: what ends with a macro's token is the macro's to the compiler, and the lint
/// `dead_code` is silent about it.
fn braced(function: &Function, contents: TokenStream) -> Group {
    let mut body = Group::new(Delimiter::Brace, contents);
    body.set_span(function.body.brace_token.span.join());
    body
}

/// What an `async fn` under a foreign attribute awaits. It must not await the hidden future itself: only behind an `impl
/// Future` do the lifetimes in that future's type still belong together when the compiler asks whether it is `Send`.
pub(super) fn inner(
    function: &Function,
    names: &Names,
    sorted: &Sorted,
    core: &Core<'_>,
) -> Beside {
    let mut signature = returning_future(function, sorted, core);
    if sorted.borrows.are_forgotten() {
        let output = signature.output;
        signature = Signature {
            asyncness: None,
            output,
            ..function.signature.clone()
        };
        sorted.borrows.declare(&mut signature, &names.around);
    }
    (signature.ident, signature.unsafety) = (names.lowered.clone(), None);
    let call = call(function, names, sorted, core);
    Beside::generated(signature, quote!({ #call }))
}

/// The user's signature with a name for every parameter.
fn named(function: &Function) -> Signature {
    let mut signature = function.original.clone();
    beside::name_parameters(&mut signature, function);
    signature
}

/// That, without `async`.
fn returning_future(function: &Function, sorted: &Sorted, core: &Core<'_>) -> Signature {
    let mut signature = named(function);
    if let Borrows::Named(shortest) = &sorted.borrows {
        signature = function.explicit.clone();
        beside::name_parameters(&mut signature, function);
        shortest.declare_visibly(&mut signature);
    }
    let output = beside::future_of(&signature, sorted, core.crate_path);
    signature.asyncness = None;
    signature.output = parse_quote!(-> #output);
    signature
}

/// `::state_future::__private::hidden(machine::<T>, (addr, n))`
fn call(function: &Function, names: &Names, sorted: &Sorted, core: &Core<'_>) -> TokenStream {
    let Names {
        machine,
        path,
        entrance,
        ..
    } = names;
    let crate_path = core.crate_path;
    let arguments = arguments(function);
    let shortest = match &sorted.borrows {
        Borrows::Named(shortest) => Some(shortest),
        Borrows::Plain | Borrows::Forgotten => None,
    };
    let lifetimes = |around| {
        shortest.map_or_else(Vec::new, |shortest| {
            shortest.generic_arguments(around, function)
        })
    };
    let builder = match entrance {
        Some(Entrance { name, arguments }) => {
            let around = names.around.generics.lifetimes().count();
            let generics = machine_arguments(&lifetimes(around), arguments, function);
            quote!(#name #generics)
        }
        None => {
            let generics = machine_arguments(&lifetimes(0), &[], function);
            quote!(#path #machine #generics)
        }
    };
    if let Some(shortest) = shortest {
        let arguments = shortest.arguments(function, &arguments, &quote!(#crate_path::__private));
        let builder = shortest.builder(builder, function, crate_path);
        return quote!(#crate_path::__private::hidden(#builder, (#(#arguments,)*)));
    }
    quote!(#crate_path::__private::hidden(#builder, (#(#arguments,)*)))
}

/// The parameters as arguments. `self` has to be the user's own token.
pub(super) fn arguments(function: &Function) -> Vec<&Ident> {
    let arguments = function
        .parameters
        .iter()
        .map(|parameter| match &parameter.pattern {
            Pat::Ident(pattern) if parameter.is_self => &pattern.ident,
            _ => &parameter.name,
        });
    arguments.collect()
}

/// The machine function's generic arguments: the user's own parameters by name, those that stand for `impl Trait`
/// arguments, which have no name out here, by inference.
fn machine_arguments(
    lifetimes: &[TokenStream],
    first: &[TokenStream],
    function: &Function,
) -> TokenStream {
    let named = type_and_const_names(&function.original.generics);
    if lifetimes.is_empty() && first.is_empty() && named.is_empty() {
        return TokenStream::new();
    }
    let all = type_and_const_names(&function.signature.generics).len();
    let inferred = std::iter::repeat_n(quote!(_), all - named.len());
    quote!(::<#(#lifetimes,)* #(#first,)* #(#named,)* #(#inferred),*>)
}
