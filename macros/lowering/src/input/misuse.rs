//! The words for an attribute that stands in the wrong place.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::{Attribute, Block, Error, ReturnType, Signature, Visibility};

use super::tokens::has_word;

/// The item is neither a function nor a block that holds functions.
pub(super) fn wrong_item(input: ParseStream<'_>) -> syn::Result<Error> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    let error = input.error(
        "`#[state_future]` goes on an `async fn`, or on an `impl` or `trait` block that has one",
    );
    while !input.is_empty() {
        input.parse::<TokenTree>()?;
    }
    Ok(error)
}

/// A declaration: `async fn name();`.
pub(super) fn without_body(signature: &Signature) -> Error {
    let message = format!(
        "there is no body to lower; put `#[state_future]` on the `impl` blocks that write `{}`, or give it a default body here",
        signature.ident
    );
    Error::new_spanned(&signature.ident, message)
}

/// The function is not `async`, perhaps because another attribute was here first.
pub(super) fn not_async(attributes: &[Attribute], signature: &Signature, body: &Block) -> Error {
    let name = &signature.ident;
    let message = if returns_boxed_future(signature) {
        format!(
            "`{name}` is no longer an `async fn`: an attribute above, such as `#[async_trait]`, has boxed it; write \
             `#[state_future]` above that attribute"
        )
    } else if attributes.iter().any(is_test) || has_word(body, "block_on") {
        format!(
            "`{name}` is not an `async fn`; if an attribute such as `#[tokio::test]` or `#[tokio::main]` stands above, \
             write `#[state_future]` above it"
        )
    } else {
        format!(
            "`{name}` is not an `async fn`; write `async fn {name}`, or take `#[state_future]` away"
        )
    };
    Error::new(signature.fn_token.span, message)
}

/// A block without any `async fn`.
pub(super) fn nothing_async<'a>(
    keyword: impl ToTokens,
    signatures: impl IntoIterator<Item = &'a Signature>,
) -> Error {
    let message = if signatures.into_iter().any(returns_boxed_future) {
        "no `async fn` is left here: an attribute above, such as `#[async_trait]`, has boxed them; write \
         `#[state_future]` above that attribute"
    } else {
        "no `async fn` in this block; take `#[state_future]` away"
    };
    Error::new_spanned(keyword, message)
}

/// `-> Pin<Box<dyn Future<..> + ..>>`, as `#[async_trait]` writes it.
fn returns_boxed_future(signature: &Signature) -> bool {
    let ReturnType::Type(_, output) = &signature.output else {
        return false;
    };
    ["Pin", "Box", "Future"]
        .iter()
        .all(|word| has_word(output, word))
}

/// `#[test]` and whatever ends in `::test`.
fn is_test(attribute: &Attribute) -> bool {
    attribute
        .path()
        .segments
        .last()
        .is_some_and(|last| last.ident == "test")
}
