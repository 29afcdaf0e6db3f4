//! The macros of `log` and `tracing`, which share most of their names.
//!
//! Both take settings first (`target: .., parent: ..`), then perhaps a level, then fields, and last a format string with
//! its arguments. A semicolon after the fields tells `log` (`info!(user = id; "text")`), whose sigils stand with the
//! name (`user:? = id`); in `tracing` they stand with the value (`user = ?id`).

use proc_macro2::{Punct, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::token::Brace;
use syn::{Expr, Ident, LitStr, Token};

use super::arguments::{Argument, ArgumentMode, Shorthand};
use super::builder::{Builder, is_string_literal};
use super::names::Family;

/// Reads the tokens of a macro of `family`.
pub(super) fn read(builder: &mut Builder, input: ParseStream, family: Family) -> syn::Result<()> {
    settings(builder, input)?;
    // What a macro puts into a static is no argument: the level of `tracing`, the name of a span.
    match family {
        Family::EventWithLevel | Family::SpanWithLevel => {
            builder.constant(input)?;
            builder.comma_or_end(input)?;
        }
        Family::Log => {
            builder.expression(input, ArgumentMode::Value)?;
            builder.comma_or_end(input)?;
        }
        _ => {}
    }
    if matches!(family, Family::Span | Family::SpanWithLevel) {
        builder.constant(input)?;
        builder.comma_or_end(input)?;
    }
    if has_semicolon(input) {
        log_fields(builder, input)?
    } else {
        tracing_fields(builder, input)?
    }
    builder.format(input, ArgumentMode::Lazy)
}

/// `target: "x", parent: &span, name: "y", logger: logger,`; literals are kept, other values are arguments.
fn settings(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while input.peek(Ident) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        let name: Ident = input.fork().parse()?;
        if !["target", "parent", "name", "logger"]
            .iter()
            .any(|known| name == known)
        {
            break;
        }
        let name: Ident = input.parse()?;
        let colon: Token![:] = input.parse()?;
        builder.keep(&name);
        builder.keep(colon);
        let expr: Expr = input.parse()?;
        if is_string_literal(&expr) {
            builder.keep(expr);
        } else {
            builder.argument(Argument {
                name: Some(name),
                sigil: None,
                expr,
                mode: ArgumentMode::Lazy,
            });
        }
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// The fields of `tracing`, up to the format string or the end.
fn tracing_fields(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    if input.peek(Brace) && !input.peek2(Token![=]) {
        builder.group(input, tracing_fields)?;
        builder.comma_or_end(input)?;
    }
    while !input.is_empty() && tracing_field(builder, input)? {
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// Reads one field; says whether there was one.
fn tracing_field(builder: &mut Builder, input: ParseStream) -> syn::Result<bool> {
    if let Some(sigil) = sigil(input)? {
        let name = dotted_name(input)?;
        return shorthand(builder, name, sigil, true).map(|()| true);
    }
    let ahead = input.fork();
    if dotted_name(&ahead).is_ok() {
        if ahead.is_empty() || ahead.peek(Token![,]) {
            let name = dotted_name(input)?;
            return shorthand(builder, name, TokenStream::new(), true).map(|()| true);
        }
        if equals_follows(&ahead) {
            let name = dotted_name(input)?;
            return tracing_value(builder, input, name).map(|()| true);
        }
    } else if input.peek(LitStr) && input.peek2(Token![=]) || input.peek(Brace) {
        let key: TokenTree = input.parse()?;
        return tracing_value(builder, input, key.into_token_stream()).map(|()| true);
    }
    Ok(false)
}

/// `= value` after the name of a field, perhaps with a sigil.
fn tracing_value(builder: &mut Builder, input: ParseStream, name: TokenStream) -> syn::Result<()> {
    let equals: Token![=] = input.parse()?;
    builder.keep(&name);
    builder.keep(equals);
    let sigil = sigil(input)?;
    builder.keep(&sigil);
    let expr = input.parse()?;
    builder.argument(Argument {
        name: syn::parse2(name).ok(),
        sigil,
        expr,
        mode: ArgumentMode::Lazy,
    });
    Ok(())
}

/// A field without a value: `name` is both the field and the expression.
fn shorthand(
    builder: &mut Builder,
    name: TokenStream,
    sigil: TokenStream,
    sigil_on_value: bool,
) -> syn::Result<()> {
    let argument = Argument {
        name: syn::parse2(name.clone()).ok(),
        sigil: Some(sigil.clone()).filter(|sigil| !sigil.is_empty()),
        expr: syn::parse2(name.clone())?,
        mode: ArgumentMode::Lazy,
    };
    builder.shorthand(
        argument,
        Shorthand {
            name,
            sigil,
            sigil_on_value,
        },
    );
    Ok(())
}

/// The fields of `log`, with the semicolon after them.
fn log_fields(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.peek(Token![;]) {
        log_field(builder, input)?;
        if !input.peek(Token![;]) {
            builder.comma_or_end(input)?;
        }
    }
    let semicolon: Token![;] = input.parse()?;
    builder.keep(semicolon);
    Ok(())
}

/// `key`, `key:?`, `key = value` or `key:? = value`.
fn log_field(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    let key: TokenTree = input.parse()?;
    let name = key.into_token_stream();
    let mut sigil = TokenStream::new();
    if input.peek(Token![:]) {
        let colon: Token![:] = input.parse()?;
        let representation: TokenTree = input.parse()?;
        sigil = quote!(#colon #representation);
    }
    if !equals_follows(input) {
        return shorthand(builder, name, sigil, false);
    }
    let equals: Token![=] = input.parse()?;
    builder.keep(&name);
    builder.keep(&sigil);
    builder.keep(equals);
    let expr = input.parse()?;
    let sigil = Some(sigil).filter(|sigil| !sigil.is_empty());
    builder.argument(Argument {
        name: syn::parse2(name).ok(),
        sigil,
        expr,
        mode: ArgumentMode::Lazy,
    });
    Ok(())
}

/// `?` or `%`, if it follows.
fn sigil(input: ParseStream) -> syn::Result<Option<TokenStream>> {
    if input.peek(Token![?]) || input.peek(Token![%]) {
        let sigil: Punct = input.parse()?;
        return Ok(Some(sigil.into_token_stream()));
    }
    Ok(None)
}

/// `name` or `name.name`.
fn dotted_name(input: ParseStream) -> syn::Result<TokenStream> {
    let mut name = input.call(Ident::parse_any)?.into_token_stream();
    while input.peek(Token![.]) && !input.peek(Token![..]) {
        let dot: Token![.] = input.parse()?;
        let part = input.call(Ident::parse_any)?;
        name.extend(quote!(#dot #part));
    }
    Ok(name)
}

fn equals_follows(input: ParseStream) -> bool {
    input.peek(Token![=]) && !input.peek(Token![==]) && !input.peek(Token![=>])
}

/// Whether a semicolon is left, outside of groups.
fn has_semicolon(input: ParseStream) -> bool {
    let mut cursor = input.cursor();
    while let Some((tree, rest)) = cursor.token_tree() {
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ';') {
            return true;
        }
        cursor = rest;
    }
    false
}
