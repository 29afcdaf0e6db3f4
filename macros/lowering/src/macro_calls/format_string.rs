//! The variables a format string captures.

use std::iter::Peekable;
use std::str::Chars;

use proc_macro2::Span;
use syn::{Ident, LitStr};

/// The variables `literal` mentions by name, if it is used as a format string: arguments (`{name}`), widths
/// (`{:width$}`) and precisions (`{:.precision$}`), in order, repeated as often as they are written. They have the span
/// and the hygiene of the literal.
pub(super) fn captures(literal: &LitStr) -> Vec<Ident> {
    names(&literal.value())
        .into_iter()
        .map(|name| identifier(&name, literal.span()))
        .collect()
}

/// `name` as an identifier; a keyword stands for the raw identifier, as it does in a format string.
fn identifier(name: &str, span: Span) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() || ["self", "Self", "super", "crate"].contains(&name) {
        Ident::new(name, span)
    } else {
        Ident::new_raw(name, span)
    }
}

/// The names in the placeholders of `text`.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '{' if rest.next_if_eq(&'{').is_none() => placeholder(&mut rest, &mut names),
            _ => {}
        }
    }
    names
}

/// Reads one placeholder after its `{`, up to and with its `}`.
fn placeholder(rest: &mut Peekable<Chars>, names: &mut Vec<String>) {
    skip_whitespace(rest);
    names.extend(word(rest).filter(|word| is_name(word)));
    skip_whitespace(rest);
    if rest.next_if_eq(&':').is_some() {
        specification(rest, names);
    }
    while rest.next().is_some_and(|character| character != '}') {}
}

/// Reads fill, alignment, flags, width and precision.
fn specification(rest: &mut Peekable<Chars>, names: &mut Vec<String>) {
    let mut ahead = rest.clone();
    if ahead.next().is_some() && ahead.next().is_some_and(is_alignment) {
        rest.next();
    }
    rest.next_if(|&character| is_alignment(character));
    while rest
        .next_if(|character| "+-#".contains(*character))
        .is_some()
    {}
    names.extend(count(rest));
    if rest.next_if_eq(&'.').is_some() {
        names.extend(count(rest));
    }
}

/// Reads a width or a precision; its name, if it is given by a variable.
fn count(rest: &mut Peekable<Chars>) -> Option<String> {
    let mut ahead = rest.clone();
    let word = word(&mut ahead)?;
    let flagged = word
        .strip_prefix('0')
        .filter(|rest| is_name(rest))
        .map(str::to_owned);
    let dollar = ahead.next_if_eq(&'$').is_some();
    let number = word.chars().all(|character| character.is_ascii_digit());
    if !dollar && !number {
        return None;
    }
    *rest = ahead;
    if dollar {
        flagged.or(Some(word).filter(|word| is_name(word)))
    } else {
        None
    }
}

/// Reads the longest run of characters of an identifier or a number.
fn word(rest: &mut Peekable<Chars>) -> Option<String> {
    let mut word = String::new();
    while let Some(character) =
        rest.next_if(|&character| character == '_' || character.is_alphanumeric())
    {
        word.push(character);
    }
    Some(word).filter(|word| !word.is_empty())
}

fn skip_whitespace(rest: &mut Peekable<Chars>) {
    while rest
        .next_if(|character| character.is_whitespace())
        .is_some()
    {}
}

fn is_alignment(character: char) -> bool {
    "<^>".contains(character)
}

/// Whether `word` can be the name of a variable: neither a number nor a lone underscore.
fn is_name(word: &str) -> bool {
    word != "_" && word.starts_with(|first: char| first == '_' || first.is_alphabetic())
}
