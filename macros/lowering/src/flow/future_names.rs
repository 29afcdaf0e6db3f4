//! What awaited futures are called, and the text they were written as.

use quote::ToTokens;
use syn::Expr;

use super::build::Builder;
use crate::macro_calls;
use crate::resolve::mention_id;

impl Builder {
    /// The user's text for tokens whose mentions have been renamed.
    pub(super) fn source_of(&self, tokens: proc_macro2::TokenStream) -> String {
        let text = crate::emit::substituted(tokens, &mut |ident| {
            let mention = &self.names.mentions[mention_id(ident)?];
            let name = self.names.variables[mention.variable].name.to_string();
            let name = if name == "this" { "self" } else { &name };
            let written = mention.span.source_text().unwrap_or_default();
            // What shadows another variable has got a number.
            let is_numbered = |name: &str| name.starts_with(&format!("{written}_"));
            let name = if !written.is_empty() && is_numbered(name) {
                &written
            } else {
                name
            };
            let name = name.trim_start_matches("r#");
            let name = proc_macro2::Ident::new(name, ident.span());
            Some(name.to_token_stream())
        });
        macro_calls::source_text(&crate::emit::without_nodes(text))
    }
}

/// What the awaited future is called: after the last function or method called.
pub(super) fn future_name(expr: &Expr) -> String {
    let name = match expr {
        Expr::MethodCall(call) => call.method.to_string(),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path
                .path
                .segments
                .last()
                .map_or("future".into(), |segment| {
                    let name = segment.ident.to_string();
                    let owner = path
                        .path
                        .segments
                        .iter()
                        .rev()
                        .nth(1)
                        .map(|segment| segment.ident.to_string());
                    match owner {
                        Some(owner) if name == "new" || name == "pin" => snake(&owner),
                        _ => name,
                    }
                }),
            _ => "call".into(),
        },
        Expr::Try(inner) => return future_name(&inner.expr),
        Expr::Paren(inner) => return future_name(&inner.expr),
        Expr::Await(inner) => return future_name(&inner.base),
        Expr::Field(field) => match &field.member {
            syn::Member::Named(name) => name.to_string(),
            syn::Member::Unnamed(_) => "field".into(),
        },
        Expr::Async(_) => "block".into(),
        _ => "future".into(),
    };
    let name = snake(name.trim_start_matches("r#"));
    if name.starts_with("__mention") || syn::parse_str::<syn::Ident>(&name).is_err() {
        "future".into()
    } else {
        name
    }
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}
