//! The function that stands where the user's function stood.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Pat, parse_quote};

use super::Core;
use super::attributes::Sorted;
use super::beside::{Names, future_of, name_parameters, type_and_const_names};
use crate::input::Function;

/// The visible function. `before` are items that stand in its body ahead of the call.
///
/// Under an attribute that this crate does not know, which may want to see an `async fn`, it stays one.
pub(super) fn function(
    function: &Function,
    names: &Names,
    sorted: &Sorted,
    before: TokenStream,
    core: &Core<'_>,
) -> TokenStream {
    let attributes = &sorted.visible;
    let visibility = &function.visibility;
    let mut signature = function.original.clone();
    name_parameters(&mut signature, function);
    let call = call(function, names, core);
    if sorted.is_foreign {
        return quote! {
            #(#attributes)*
            #visibility #signature {
                #before
                #call.await
            }
        };
    }
    signature.asyncness = None;
    let output = future_of(&signature.output, core.crate_path);
    signature.output = parse_quote!(-> #output);
    quote! {
        #(#attributes)*
        #[allow(clippy::manual_async_fn, clippy::needless_lifetimes, clippy::too_many_arguments, clippy::type_complexity)]
        #visibility #signature {
            #before
            #call
        }
    }
}

/// `::state_future::__private::hidden(machine::<T>, (addr, n))`
fn call(function: &Function, names: &Names, core: &Core<'_>) -> TokenStream {
    let Names { machine, path, .. } = names;
    let crate_path = core.crate_path;
    let arguments = function.parameters.iter().map(|parameter| match &parameter.pattern {
        Pat::Ident(pattern) if parameter.is_self => &pattern.ident,
        _ => &parameter.name,
    });
    let generics = machine_arguments(function);
    quote!(#crate_path::__private::hidden(#path #machine #generics, (#(#arguments,)*)))
}

/// The machine function's generic arguments: the user's own parameters by name, those that stand for `impl Trait`
/// arguments, which have no name out here, by inference.
fn machine_arguments(function: &Function) -> TokenStream {
    let named = type_and_const_names(&function.original.generics);
    if named.is_empty() {
        return TokenStream::new();
    }
    let all = type_and_const_names(&function.signature.generics).len();
    let inferred = std::iter::repeat_n(quote!(_), all - named.len());
    quote!(::<#(#named,)* #(#inferred),*>)
}
