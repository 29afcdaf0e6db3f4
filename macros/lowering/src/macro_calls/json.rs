//! `serde_json::json!`: expressions inside a JSON text.

use syn::parse::ParseStream;
use syn::token::{Brace, Bracket, Paren};
use syn::{Ident, LitStr, Token};

use super::arguments::ArgumentMode;
use super::builder::Builder;

/// Reads the tokens of the macro: one JSON value.
pub(super) fn read(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    value(builder, input)?;
    builder.comma(input)?;
    Ok(())
}

/// An object, an array, `null`, or an expression, which is used by reference.
fn value(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    if input.peek(Brace) {
        builder.group(input, object)
    } else if input.peek(Bracket) {
        builder.group(input, array)
    } else if is_null(input) {
        let null: Ident = input.parse()?;
        builder.keep(null);
        Ok(())
    } else {
        builder.expression(input, ArgumentMode::Borrowed)
    }
}

/// `key: value, ..`, where a key is a string, an expression, or an expression in parentheses; expressions are used by
/// value.
fn object(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() {
        if input.peek(LitStr) {
            let key: LitStr = input.parse()?;
            builder.keep(key);
        } else if input.peek(Paren) {
            builder.group(input, |builder, input| {
                builder.expression(input, ArgumentMode::Value)
            })?;
        } else {
            builder.expression(input, ArgumentMode::Value)?;
        }
        let colon: Token![:] = input.parse()?;
        builder.keep(colon);
        value(builder, input)?;
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// `value, ..`
fn array(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() {
        value(builder, input)?;
        builder.comma_or_end(input)?;
    }
    Ok(())
}

fn is_null(input: ParseStream) -> bool {
    input
        .fork()
        .parse::<Ident>()
        .is_ok_and(|name| name == "null")
        && (input.peek2(Token![,]) || is_last(input))
}

/// Whether one token is left.
fn is_last(input: ParseStream) -> bool {
    input
        .cursor()
        .token_tree()
        .is_some_and(|(_, rest)| rest.eof())
}
