//! Tests of reading and rebuilding macro invocations.

mod arguments;
mod awaiting;
mod captures;
mod logging;
mod patterns;
mod round_trips;
mod tokens;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, Macro};

use super::{ArgumentList, ArgumentMode, AwaitingCall, Call, read};

/// The invocation written in `source`.
fn invocation(source: &str) -> Macro {
    syn::parse_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

fn known(source: &str) -> ArgumentList {
    match read(&invocation(source)) {
        Call::Arguments(list) => list,
        other => panic!("{source} is read as {}", kind(&other)),
    }
}

fn unknown(source: &str) -> ArgumentList {
    match read(&invocation(source)) {
        Call::Unknown(list) => list,
        other => panic!("{source} is read as {}", kind(&other)),
    }
}

fn awaiting(source: &str) -> AwaitingCall {
    match read(&invocation(source)) {
        Call::Awaiting(call) => call,
        other => panic!("{source} is read as {}", kind(&other)),
    }
}

/// The name of the answer.
fn kind(call: &Call) -> &'static str {
    match call {
        Call::Arguments(_) => "arguments",
        Call::Unknown(_) => "unknown",
        Call::Awaiting(_) => "awaiting",
        Call::OwnBlock(_) => "own block",
        Call::Pins(_) => "pins",
        Call::Opaque => "opaque",
    }
}

/// Every token of `tokens` with its text, groups as their delimiters around their content.
fn flatten(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Group(group) => {
                let mut inner = flatten(group.stream());
                inner.insert(0, format!("{:?} opens", group.delimiter()));
                inner.push(format!("{:?} closes", group.delimiter()));
                inner
            }
            tree => vec![tree.to_string()],
        })
        .collect()
}

/// Text of code without regard to white space.
#[track_caller]
fn assert_same(built: &Macro, expected: &str) {
    let expected = invocation(expected).to_token_stream();
    assert_eq!(
        flatten(built.to_token_stream()),
        flatten(expected.clone()),
        "\n{}\n{expected}",
        built.to_token_stream()
    );
}

/// Each argument as `name: sigil expression, mode`.
fn described(list: &ArgumentList) -> Vec<String> {
    list.arguments
        .iter()
        .map(|argument| {
            let name = argument
                .name
                .as_ref()
                .map(|name| format!("{name}: "))
                .unwrap_or_default();
            let sigil = argument
                .sigil
                .as_ref()
                .map(|sigil| format!("{sigil} "))
                .unwrap_or_default();
            format!(
                "{name}{sigil}{} [{:?}]",
                argument.expr.to_token_stream(),
                argument.mode
            )
        })
        .collect()
}

fn modes(list: &ArgumentList) -> Vec<ArgumentMode> {
    list.arguments
        .iter()
        .map(|argument| argument.mode)
        .collect()
}

fn capture_names(list: &ArgumentList) -> Vec<String> {
    list.captures.iter().map(ToString::to_string).collect()
}

fn expression(source: &str) -> Expr {
    syn::parse_str(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}
