//! `serde_json::json!`: expressions inside a JSON text. Macros of other crates read such texts, too: `doc! { "name": name }`.

use syn::parse::ParseStream;
use syn::token::{Brace, Bracket, Paren};
use syn::{Ident, LitStr, Token};

use super::arguments::ArgumentMode;
use super::builder::Builder;

/// What the macro does with the expressions in the text.
#[derive(Clone, Copy)]
struct Modes {
    value: ArgumentMode,
    /// A key may be an expression that is not in parentheses.
    bare_keys: bool,
    key: ArgumentMode,
}

/// Reads the tokens of the macro: one JSON value.
pub(super) fn read(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    let modes = Modes {
        value: ArgumentMode::Borrowed,
        bare_keys: true,
        key: ArgumentMode::Value,
    };
    value(builder, input, modes)?;
    builder.comma(input)?;
    Ok(())
}

/// Reads the tokens of a macro that is not known: a JSON value, or what stands in an object.
pub(super) fn read_unknown(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    let modes = Modes {
        value: ArgumentMode::Unknown,
        bare_keys: false,
        key: ArgumentMode::Unknown,
    };
    if (input.peek(LitStr) || input.peek(Paren)) && input.peek2(Token![:]) {
        return object(builder, input, modes);
    }
    value(builder, input, modes)?;
    builder.comma(input)?;
    Ok(())
}

/// An object, an array, `null`, or an expression.
fn value(builder: &mut Builder, input: ParseStream, modes: Modes) -> syn::Result<()> {
    if input.peek(Brace) {
        builder.group(input, |builder, input| object(builder, input, modes))
    } else if input.peek(Bracket) {
        builder.group(input, |builder, input| array(builder, input, modes))
    } else if is_null(input) {
        let null: Ident = input.parse()?;
        builder.keep(null);
        Ok(())
    } else {
        builder.expression(input, modes.value)
    }
}

/// `key: value, ..`, where a key is a string, an expression in parentheses, or an expression.
fn object(builder: &mut Builder, input: ParseStream, modes: Modes) -> syn::Result<()> {
    while !input.is_empty() {
        if input.peek(LitStr) {
            let key: LitStr = input.parse()?;
            builder.keep(key);
        } else if input.peek(Paren) {
            builder.group(input, |builder, input| builder.expression(input, modes.key))?;
        } else if modes.bare_keys {
            builder.expression(input, modes.key)?;
        } else {
            return Err(input.error("a key"));
        }
        let colon: Token![:] = input.parse()?;
        builder.keep(colon);
        value(builder, input, modes)?;
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// `value, ..`
fn array(builder: &mut Builder, input: ParseStream, modes: Modes) -> syn::Result<()> {
    while !input.is_empty() {
        value(builder, input, modes)?;
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
