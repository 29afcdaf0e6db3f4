//! A whole `impl` or `trait` block: which of its items are lowered.

use syn::{Attribute, Block, ImplItem, ItemImpl, ItemTrait, Signature, TraitItem, Visibility};

use super::{Annotated, Errors, Function, Members, function, misuse};

/// Every `async fn` of the block is lowered.
pub(super) fn from_impl(block: ItemImpl) -> syn::Result<Annotated> {
    let written = block.items.iter().map(|item| match item {
        ImplItem::Fn(method) => Some((
            &method.sig,
            &*method.attrs,
            &method.vis,
            Some(&method.block),
        )),
        _ => None,
    });
    let functions = lowered(written, block.impl_token)?;
    let is_of_trait = block.trait_.is_some();
    let members = Members { block, functions };
    Ok(if is_of_trait {
        Annotated::TraitImpl(members)
    } else {
        Annotated::Inherent(members)
    })
}

/// Every `async fn` of the trait that has a body is lowered; those without one are left to the implementations.
pub(super) fn from_trait(block: ItemTrait) -> syn::Result<Annotated> {
    let written = block.items.iter().map(|item| match item {
        TraitItem::Fn(method) => Some((
            &method.sig,
            &*method.attrs,
            &Visibility::Inherited,
            method.default.as_ref(),
        )),
        _ => None,
    });
    let functions = lowered(written, block.trait_token)?;
    Ok(Annotated::Trait(Members { block, functions }))
}

/// What a block says of one of its functions.
type Written<'a> = (
    &'a Signature,
    &'a [Attribute],
    &'a Visibility,
    Option<&'a Block>,
);

fn lowered<'a>(
    items: impl Iterator<Item = Option<Written<'a>>> + Clone,
    keyword: impl quote::ToTokens,
) -> syn::Result<Vec<(usize, Function)>> {
    let signatures = items.clone().flatten().map(|(signature, ..)| signature);
    if !signatures
        .clone()
        .any(|signature| signature.asyncness.is_some())
    {
        return Err(misuse::nothing_async(keyword, signatures));
    }
    let mut errors = Errors::default();
    let mut functions = Vec::new();
    for (place, item) in items.enumerate() {
        let Some((signature, attributes, visibility, Some(body))) = item else {
            continue;
        };
        if signature.asyncness.is_some() {
            let parts = (
                attributes.to_vec(),
                visibility.clone(),
                signature.clone(),
                body.clone(),
            );
            functions.extend(
                errors
                    .keep(function::normalised(parts))
                    .map(|function| (place, function)),
            );
        }
    }
    errors.finish(functions)
}
