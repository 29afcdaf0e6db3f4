//! One function: checked, its parameters named, its signature normalised.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;
use syn::{
    Attribute, Block, Error, FnArg, ItemFn, Pat, PatIdent, ReturnType, Signature, Type, Visibility,
    parse_quote,
};

use super::{Annotated, Errors, Function, Parameter, misuse, normalise};

/// The most parameters a function can have, `self` included.
const PARAMETERS: usize = 16;

/// What a function is made of, as parsed.
pub(super) type Parts = (Vec<Attribute>, Visibility, Signature, Block);

/// The function the attribute stands on by itself.
pub(super) fn from_item(item: ItemFn) -> syn::Result<Annotated> {
    if item.sig.asyncness.is_none() {
        return Err(misuse::not_async(&item.attrs, &item.sig, &item.block));
    }
    let belongs_to_a_type =
        item.sig.receiver().is_some() || super::enclosing_self::is_mentioned(&item);
    let function = Box::new(normalised((item.attrs, item.vis, item.sig, *item.block))?);
    Ok(if belongs_to_a_type {
        Annotated::Method(function)
    } else {
        Annotated::Free(function)
    })
}

/// Checks what cannot be lowered and gives every part of the signature a name.
pub(super) fn normalised((attributes, visibility, original, body): Parts) -> syn::Result<Function> {
    check(&attributes, &original)?;
    let mut signature = original.clone();
    normalise::name_lifetimes(&mut signature, &body);
    let explicit = signature.clone();
    normalise::name_argument_types(&mut signature, &body);
    let mut parameters = Vec::new();
    for (number, argument) in (1..).zip(&mut signature.inputs) {
        parameters.push(parameter(number, argument));
    }
    let output = match &signature.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, output) => Type::clone(output),
    };
    Ok(Function {
        attributes,
        visibility,
        original,
        explicit,
        signature,
        parameters,
        output,
        body,
    })
}

/// Takes the parameter's pattern out of the signature and leaves its name there.
fn parameter(number: usize, argument: &mut FnArg) -> Parameter {
    match argument {
        FnArg::Receiver(receiver) => {
            receiver.attrs.clear();
            let mutability = receiver.mutability.filter(|_| receiver.reference.is_none());
            let ident = Ident::from(receiver.self_token);
            let pattern = PatIdent {
                attrs: Vec::new(),
                by_ref: None,
                mutability,
                ident,
                subpat: None,
            };
            Parameter {
                name: Ident::new("this", Span::mixed_site()),
                pattern: Pat::Ident(pattern),
                ty: Type::clone(&receiver.ty),
                is_self: true,
            }
        }
        FnArg::Typed(typed) => {
            typed.attrs.clear();
            let name = argument_name(number, &typed.pat);
            let pattern = std::mem::replace(&mut *typed.pat, parse_quote!(#name));
            Parameter {
                name,
                pattern,
                ty: Type::clone(&typed.ty),
                is_self: false,
            }
        }
    }
}

/// The user's own name for a plain binding.
pub(crate) fn argument_name(number: usize, pattern: &Pat) -> Ident {
    match pattern {
        Pat::Ident(PatIdent {
            by_ref: None,
            subpat: None,
            ident,
            ..
        }) => ident.clone(),
        _ => Ident::new(&format!("argument_{number}"), Span::mixed_site()),
    }
}

/// What is refused before anything else is looked at.
fn check(attributes: &[Attribute], signature: &Signature) -> syn::Result<()> {
    let mut errors = Errors::default();
    let name = signature.ident.unraw();
    if let Some(constness) = signature.constness {
        errors.push(Error::new(
            constness.span,
            format!("a `const` function cannot be `async`; write `async fn {name}`"),
        ));
    }
    if let Some(abi) = &signature.abi {
        let message = format!("an ABI says nothing of an `async fn`; write `async fn {name}`");
        errors.push(Error::new_spanned(abi, message));
    }
    if let Some(variadic) = &signature.variadic {
        errors.push(Error::new_spanned(
            variadic,
            "a function with `...` cannot be `async`",
        ));
    }
    if let Some(excess) = signature.inputs.iter().nth(PARAMETERS) {
        let message =
            format!("more than {PARAMETERS} parameters; gather some in a struct or a tuple");
        errors.push(Error::new_spanned(excess, message));
    }
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("target_feature"))
    {
        let message =
            "the machine would be built without this feature; call a plain function that has it";
        errors.push(Error::new_spanned(attribute, message));
    }
    errors.finish(())
}
