//! The attribute's options.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Path, Token};

use super::Errors;

/// What stands in the attribute's parentheses.
#[derive(Debug)]
pub struct Options {
    /// Where the facade crate is found: `::state_future`, or what `crate = ..` says.
    pub crate_path: TokenStream,
}

impl Options {
    /// Reads `#[state_future(..)]`'s arguments. Every option that is not known is an error of its own.
    pub fn parse(tokens: TokenStream) -> syn::Result<Options> {
        parse_options.parse2(tokens)
    }
}

fn parse_options(input: ParseStream<'_>) -> syn::Result<Options> {
    let mut errors = Errors::default();
    let mut crate_path = None;
    while !input.is_empty() {
        if let Some(path) = errors.keep(parse_crate_path(input)) {
            if crate_path.is_some() {
                errors.push(syn::Error::new_spanned(
                    &path,
                    "the option `crate` is given twice",
                ));
            }
            crate_path = Some(quote!(#path));
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    errors.finish(Options {
        crate_path: crate_path.unwrap_or_else(|| quote!(::state_future)),
    })
}

/// Reads the one option there is.
fn parse_crate_path(input: ParseStream<'_>) -> syn::Result<Path> {
    if !input.peek(syn::Ident::peek_any) {
        return Err(
            input.error("expected an option; the only one is `crate = path::to::state_future`")
        );
    }
    let option: Ident = input.call(Ident::parse_any)?;
    if option != "crate" {
        let message =
            format!("unknown option `{option}`; the only one is `crate = path::to::state_future`");
        return Err(syn::Error::new(option.span(), message));
    }
    input.parse::<Token![=]>()?;
    input.call(Path::parse_mod_style)
}
