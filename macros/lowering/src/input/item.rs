//! Which item the attribute stands on.

use proc_macro2::TokenStream;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, ItemFn, ItemImpl, ItemTrait, Token, TraitItemFn, Visibility};

use super::{Annotated, blocks, function, misuse};

/// Reads and normalises the annotated item.
pub fn parse(tokens: TokenStream) -> syn::Result<Annotated> {
    parse_item.parse2(tokens)
}

/// What the first words of an item say.
enum Kind {
    Function,
    Impl,
    Trait,
    Other,
}

fn parse_item(input: ParseStream<'_>) -> syn::Result<Annotated> {
    match kind(input)? {
        Kind::Function => parse_function(input),
        Kind::Impl => blocks::from_impl(input.parse::<ItemImpl>()?),
        Kind::Trait => blocks::from_trait(input.parse::<ItemTrait>()?),
        Kind::Other => Err(misuse::wrong_item(input)?),
    }
}

/// Reads ahead as far as the keyword that decides.
fn kind(input: ParseStream<'_>) -> syn::Result<Kind> {
    let ahead = input.fork();
    ahead.call(Attribute::parse_outer)?;
    ahead.parse::<Visibility>()?;
    while ahead.peek(Token![const]) || ahead.peek(Token![async]) || ahead.peek(Token![unsafe]) {
        if ahead.peek(Token![const]) && !is_const_function(&ahead) {
            return Ok(Kind::Other);
        }
        ahead.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(
        if ahead.peek(Token![fn])
            || (ahead.peek(Token![extern])
                && !ahead.peek2(Token![crate])
                && !is_foreign_block(&ahead))
        {
            Kind::Function
        } else if ahead.peek(Token![impl]) {
            Kind::Impl
        } else if ahead.peek(Token![trait])
            || (ahead.peek(Token![auto]) && ahead.peek2(Token![trait]))
        {
            Kind::Trait
        } else {
            Kind::Other
        },
    )
}

/// `const fn` and its kin, not `const NAME: Type`.
fn is_const_function(ahead: ParseStream<'_>) -> bool {
    ahead.peek2(Token![fn])
        || ahead.peek2(Token![async])
        || ahead.peek2(Token![unsafe])
        || ahead.peek2(Token![extern])
}

/// `extern "C" { .. }`.
fn is_foreign_block(ahead: ParseStream<'_>) -> bool {
    ahead.peek2(syn::token::Brace) || (ahead.peek2(syn::LitStr) && ahead.peek3(syn::token::Brace))
}

/// A function with a body; without one the declaration is reported.
fn parse_function(input: ParseStream<'_>) -> syn::Result<Annotated> {
    let ahead = input.fork();
    if let Ok(declaration) = ahead.parse::<TraitItemFn>() {
        if declaration.default.is_none() && ahead.is_empty() {
            input.advance_to(&ahead);
            return Err(misuse::without_body(&declaration.sig));
        }
    }
    function::from_item(input.parse::<ItemFn>()?)
}
