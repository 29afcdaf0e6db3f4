//! Macros of the standard library, and those that build or return errors.

use syn::Token;
use syn::parse::ParseStream;

use super::arguments::ArgumentMode;
use super::builder::{Builder, is_string_literal, name_follows};
use super::names::Family;

/// Reads the tokens of a macro of `family`.
pub(super) fn read(builder: &mut Builder, input: ParseStream, family: Family) -> syn::Result<()> {
    match family {
        Family::Format => builder.format(input, ArgumentMode::Borrowed),
        Family::Write => {
            builder.expression(input, ArgumentMode::Place)?;
            if builder.comma_or_end(input)? {
                builder.format(input, ArgumentMode::Borrowed)?;
            }
            Ok(())
        }
        Family::Assert => assertion(builder, input),
        Family::Compare => {
            builder.expression(input, ArgumentMode::Compared)?;
            builder.comma(input)?;
            builder.expression(input, ArgumentMode::Compared)?;
            message(builder, input)
        }
        Family::Matches | Family::AssertMatches => {
            builder.expression(input, ArgumentMode::Scrutinee)?;
            let comma: Token![,] = input.parse()?;
            builder.keep(comma);
            builder.pattern(input)?;
            message(builder, input)
        }
        Family::Expected => {
            builder.expression(input, ArgumentMode::Value)?;
            message(builder, input)
        }
        Family::Elements => elements(builder, input),
        Family::PinnedValue => single(builder, input, ArgumentMode::Pinned),
        Family::Place => single(builder, input, ArgumentMode::Place),
        Family::Inert => builder.keep_rest(input),
        Family::Empty => Ok(()),
        Family::Constants => constants(builder, input),
        Family::Error => error(builder, input, ArgumentMode::Value, ArgumentMode::Borrowed),
        Family::Ensure => {
            builder.expression(input, ArgumentMode::Value)?;
            if builder.comma_or_end(input)? {
                error(builder, input, ArgumentMode::Lazy, ArgumentMode::Lazy)?;
            }
            Ok(())
        }
        _ => values(builder, input),
    }
}

/// A condition, and a message that is built if it fails.
fn assertion(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    builder.expression(input, ArgumentMode::Value)?;
    if builder.comma_or_end(input)? {
        return builder.format(input, ArgumentMode::Lazy);
    }
    builder.shows_condition();
    Ok(())
}

/// The message after the operands of an assertion, if there is one.
fn message(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    if builder.comma_or_end(input)? {
        builder.format(input, ArgumentMode::Lazy)?;
    }
    Ok(())
}

/// `a, b, c` or `element; count`.
fn elements(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    builder.expression(input, ArgumentMode::Value)?;
    if input.peek(Token![;]) {
        let semicolon: Token![;] = input.parse()?;
        builder.keep(semicolon);
        return builder.expression(input, ArgumentMode::Value);
    }
    while builder.comma_or_end(input)? {
        builder.expression(input, ArgumentMode::Value)?;
    }
    Ok(())
}

/// Any number of values.
fn values(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() {
        builder.expression(input, ArgumentMode::Value)?;
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// Any number of constants.
fn constants(builder: &mut Builder, input: ParseStream) -> syn::Result<()> {
    while !input.is_empty() {
        builder.constant(input)?;
        builder.comma_or_end(input)?;
    }
    Ok(())
}

/// Exactly one expression, and perhaps a comma.
fn single(builder: &mut Builder, input: ParseStream, mode: ArgumentMode) -> syn::Result<()> {
    builder.expression(input, mode)?;
    builder.comma(input)?;
    Ok(())
}

/// A format string with its arguments, or the value of an error; named fields (`code = ..`) may come first.
fn error(
    builder: &mut Builder,
    input: ParseStream,
    value: ArgumentMode,
    format: ArgumentMode,
) -> syn::Result<()> {
    while !input.is_empty() {
        if name_follows(input) {
            builder.optionally_named(input, value)?;
        } else {
            if is_string_literal(&input.fork().parse()?) {
                return builder.format(input, format);
            }
            builder.expression(input, value)?;
        }
        builder.comma_or_end(input)?;
    }
    Ok(())
}
