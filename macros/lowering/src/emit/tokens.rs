//! Small things about tokens.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Type;
use syn::visit_mut::VisitMut;

/// Calls `visit` on every identifier.
pub fn for_each_ident(tokens: TokenStream, visit: &mut dyn FnMut(&Ident)) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => visit(&ident),
            TokenTree::Group(group) => for_each_ident(group.stream(), visit),
            _ => {}
        }
    }
}

/// Whether the identifier is somewhere in the tokens.
pub fn has_ident(tokens: &TokenStream, wanted: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *wanted,
        TokenTree::Group(group) => has_ident(&group.stream(), wanted),
        _ => false,
    })
}

/// `tokens`, with each identifier replaced for which `replace` has something else.
pub fn substituted(
    tokens: TokenStream,
    replace: &mut dyn FnMut(&Ident) -> Option<TokenStream>,
) -> TokenStream {
    let mut result = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => match replace(&ident) {
                Some(replacement) => result.extend(replacement),
                None => result.extend([TokenTree::Ident(ident)]),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), substituted(group.stream(), replace));
                inner.set_span(group.span());
                result.extend([TokenTree::Group(inner)]);
            }
            other => result.extend([other]),
        }
    }
    result
}

/// `tokens` without the attributes that identify nodes.
pub fn without_nodes(tokens: TokenStream) -> TokenStream {
    let mut result: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let after_hash = matches!(result.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
                if after_hash && begins_with(&group, "__node_") {
                    result.pop();
                    continue;
                }
                if is_kept(&group) {
                    let kept = group.stream().into_iter().skip(2);
                    result.extend(without_nodes(kept.collect()));
                    continue;
                }
                let mut inner = Group::new(group.delimiter(), without_nodes(group.stream()));
                inner.set_span(group.span());
                result.push(TokenTree::Group(inner));
            }
            other => result.push(other),
        }
    }
    result.into_iter().collect()
}

fn begins_with(group: &Group, prefix: &str) -> bool {
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(name)) if name.to_string().starts_with(prefix))
}

/// Parentheses that are there for the attributes within.
fn is_kept(group: &Group) -> bool {
    let mut tokens = group.stream().into_iter();
    let hash = tokens.next();
    let is_hash = matches!(hash, Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    match tokens.next() {
        Some(TokenTree::Group(attribute)) => is_hash && begins_with(&attribute, "__kept"),
        _ => false,
    }
}

/// `tokens`, with all braces standing at `span`.
pub fn with_braces_at(span: Span, tokens: TokenStream) -> TokenStream {
    let within = |token| match token {
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), with_braces_at(span, group.stream()));
            inner.set_span(match group.delimiter() {
                Delimiter::Brace => span,
                _ => group.span(),
            });
            TokenTree::Group(inner)
        }
        other => other,
    };
    tokens.into_iter().map(within).collect()
}

/// A type as a closure's signature may name it: what is opaque is left to inference.
pub fn nameable(ty: &Type) -> TokenStream {
    struct Opaque;
    impl VisitMut for Opaque {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::ImplTrait(_) => *ty = syn::parse_quote!(_),
                Type::Never(_) => *ty = syn::parse_quote!(__state_future::Never),
                _ => syn::visit_mut::visit_type_mut(self, ty),
            }
        }
        fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}
    }
    let mut ty = ty.clone();
    Opaque.visit_type_mut(&mut ty);
    let tokens = ty.to_token_stream();
    quote!(#tokens)
}

/// The user's own `self` in the pattern `self` or `mut self`: no other token means the parameter.
pub fn self_token(pattern: &syn::Pat) -> TokenStream {
    pattern
        .to_token_stream()
        .into_iter()
        .last()
        .into_iter()
        .collect()
}

/// `tokens`, all standing at `span`.
pub fn spanned(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}
