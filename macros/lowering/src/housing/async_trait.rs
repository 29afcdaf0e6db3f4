//! What `#[async_trait]` says of a trait's default methods.
//!
//! It makes them `Send`, and so lets `Self` be what that needs: a default method may call others of which the same is said.

use syn::{Attribute, Meta, Signature, Type, TypeParamBound, WherePredicate, parse_quote};

/// Whether one of a block's attributes is `#[async_trait]`, without `?Send`.
pub(super) fn demands_send(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let name = attribute.path().segments.last();
        name.is_some_and(|name| name.ident == "async_trait")
            && !matches!(attribute.meta, Meta::List(_))
    })
}

/// What it lets `Self` be in a default method.
pub(super) fn condition(signature: &Signature) -> WherePredicate {
    let receiver = signature.receiver().map(|receiver| &*receiver.ty);
    let send: TypeParamBound = parse_quote!(::core::marker::Send);
    let sync: TypeParamBound = parse_quote!(::core::marker::Sync);
    match receiver {
        Some(Type::Reference(reference)) if reference.mutability.is_none() => {
            parse_quote!(Self: #sync)
        }
        Some(Type::Path(path)) if is_arc(path) => parse_quote!(Self: #sync + #send),
        _ => parse_quote!(Self: #send),
    }
}

fn is_arc(path: &syn::TypePath) -> bool {
    let name = path.path.segments.last();
    name.is_some_and(|name| name.ident == "Arc")
}
