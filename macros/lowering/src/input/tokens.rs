//! Questions about tokens that need no parsing, asked inside macros too.

use std::collections::HashSet;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;

/// Every identifier in the tokens, the names of lifetimes included.
pub(crate) fn identifiers(tokens: impl ToTokens) -> HashSet<String> {
    let mut found = HashSet::new();
    visit(tokens.into_token_stream(), &mut |window| {
        if let [TokenTree::Ident(identifier), ..] = window {
            found.insert(identifier.to_string());
        }
    });
    found
}

/// Whether `Self::` stands anywhere in the tokens.
pub(crate) fn has_path_from_self(tokens: impl ToTokens) -> bool {
    let mut found = false;
    visit(tokens.into_token_stream(), &mut |window| {
        if let [TokenTree::Ident(identifier), TokenTree::Punct(colon), ..] = window {
            found |= identifier == "Self" && colon.as_char() == ':';
        }
    });
    found
}

/// A name that stands nowhere in `taken`: `wanted`, or `wanted_2` and so on.
pub(crate) fn free_name(wanted: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}_{number}"));
    let name = std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(name));
    let name = name.expect("the numbers have no end");
    taken.insert(name.clone());
    name
}

/// Calls `look` with every token and what follows it in its group.
fn visit(tokens: TokenStream, look: &mut impl FnMut(&[TokenTree])) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for start in 0..trees.len() {
        look(&trees[start..]);
        if let TokenTree::Group(group) = &trees[start] {
            visit(Group::stream(group), look);
        }
    }
}

/// Whether the word stands anywhere in the tokens.
pub(crate) fn has_word(tokens: impl ToTokens, word: &str) -> bool {
    identifiers(tokens).contains(word)
}
