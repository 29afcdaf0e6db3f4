//! Questions to raw tokens, for macros that cannot be read.

use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{ExprClosure, LitStr};

use super::format_string::captures;

/// Whether `.await` stands anywhere in `tokens`, except inside `async` blocks, closures and functions, whose awaits are
/// their own. Awaits that macros like `join!` hide are not seen.
pub fn contains_await_tokens(tokens: TokenStream) -> bool {
    let walk = |input: ParseStream| {
        let found = awaits(input)?;
        input.parse::<TokenStream>()?;
        Ok(found)
    };
    walk.parse2(tokens).unwrap_or(true)
}

/// Walks the tokens of `input`, up to the first `.await`.
fn awaits(input: ParseStream) -> syn::Result<bool> {
    let mut after_dot = false;
    while !input.is_empty() {
        if input.peek(syn::Token![async]) && !after_dot {
            skip_async(input)?;
            continue;
        }
        let tree: TokenTree = input.parse()?;
        let is_dot = matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == '.');
        match tree {
            TokenTree::Ident(name) if after_dot && name == "await" => return Ok(true),
            TokenTree::Group(group) if contains_await_tokens(group.stream()) => return Ok(true),
            _ => after_dot = is_dot,
        }
    }
    Ok(false)
}

/// Skips an `async` block, closure or function; the keyword alone if it is none of these.
fn skip_async(input: ParseStream) -> syn::Result<()> {
    if input.fork().parse::<ExprClosure>().is_ok() {
        return input.parse::<ExprClosure>().map(drop);
    }
    input.parse::<TokenTree>()?;
    let is_function = input.peek(syn::Token![fn])
        || input.peek(syn::Token![unsafe])
        || input.peek(syn::Token![extern]);
    if input.peek(syn::Token![move]) {
        input.parse::<TokenTree>()?;
    }
    while is_function && !input.is_empty() && !input.peek(syn::token::Brace) {
        input.parse::<TokenTree>()?;
    }
    if input.peek(syn::token::Brace) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Whether `tokens` may mention the variable `name`: as an identifier that is no field, method, path segment, lifetime
/// or macro name, or captured in a string literal. A name that is declared again inside counts all the same.
pub fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    trees.iter().enumerate().any(|(index, tree)| match tree {
        TokenTree::Ident(ident) => ident.unraw() == name.unraw() && is_variable(&trees, index),
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Literal(literal) => captured(literal, name),
        TokenTree::Punct(_) => false,
    })
}

/// Whether the identifier at `index` can stand for a variable.
fn is_variable(trees: &[TokenTree], index: usize) -> bool {
    let before = |distance: usize, wanted: char| {
        index
            .checked_sub(distance)
            .is_some_and(|position| is_punct(trees, position, wanted))
    };
    let field = before(1, '.') && !before(2, '.');
    let lifetime = before(1, '\'');
    let segment = before(1, ':') && before(2, ':');
    let qualifier = is_punct(trees, index + 1, ':') && is_punct(trees, index + 2, ':');
    let macro_name = is_punct(trees, index + 1, '!')
        && matches!(trees.get(index + 2), Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::None);
    !(field || lifetime || segment || qualifier || macro_name)
}

fn is_punct(trees: &[TokenTree], index: usize, wanted: char) -> bool {
    matches!(trees.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// Whether `literal` is a string that captures `name` if it is used as a format string.
fn captured(literal: &Literal, name: &Ident) -> bool {
    syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into()).is_ok_and(|text| {
        captures(&text)
            .iter()
            .any(|capture| capture.unraw() == name.unraw())
    })
}
