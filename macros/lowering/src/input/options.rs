//! The attribute's options.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
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
    /// Whether the machine is a type with a name.
    pub named: Option<Named>,
    /// The function that says how to go on with what other code has saved.
    pub migrate: Option<Path>,
}

/// The option `named`.
#[derive(Debug)]
pub struct Named {
    /// Where the option stands.
    pub span: Span,
    /// The name, if it is not to be made of the function's.
    pub name: Option<Ident>,
}

impl Options {
    /// Reads `#[state_future(..)]`'s arguments. Every option that is not known is an error of its own.
    pub fn parse(tokens: TokenStream) -> syn::Result<Options> {
        parse_options.parse2(tokens)
    }
}

/// One option.
enum Given {
    CratePath(Path),
    Named(Named),
    Migrate(Path),
}

fn parse_options(input: ParseStream<'_>) -> syn::Result<Options> {
    let mut errors = Errors::default();
    let (mut crate_path, mut named, mut migrate) = (None, None, None);
    while !input.is_empty() {
        match errors.keep(parse_option(input)) {
            Some(Given::CratePath(path)) => {
                if crate_path.is_some() {
                    errors.push(given_twice(&path, "crate"));
                }
                crate_path = Some(quote!(#path));
            }
            Some(Given::Named(given)) => {
                if named.is_some() {
                    errors.push(syn::Error::new(
                        given.span,
                        "the option `named` is given twice",
                    ));
                }
                named = Some(given);
            }
            Some(Given::Migrate(path)) => {
                if migrate.is_some() {
                    errors.push(given_twice(&path, "migrate"));
                }
                migrate = Some(path);
            }
            None => {}
        }
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Option<Token![,]>>()?;
    }
    errors.finish(Options {
        crate_path: crate_path.unwrap_or_else(|| quote!(::state_future)),
        named,
        migrate,
    })
}

fn given_twice(tokens: impl quote::ToTokens, option: &str) -> syn::Error {
    syn::Error::new_spanned(tokens, format!("the option `{option}` is given twice"))
}

const OPTIONS: &str =
    "`named`, `named = Name`, `migrate = function` and `crate = path::to::state_future`";

fn parse_option(input: ParseStream<'_>) -> syn::Result<Given> {
    if !input.peek(Ident::peek_any) {
        return Err(input.error(format!("expected an option; there are {OPTIONS}")));
    }
    let option: Ident = input.call(Ident::parse_any)?;
    match option.to_string().as_str() {
        "crate" => {
            input.parse::<Token![=]>()?;
            Ok(Given::CratePath(input.call(Path::parse_mod_style)?))
        }
        "migrate" => {
            input.parse::<Token![=]>()?;
            Ok(Given::Migrate(input.call(Path::parse_mod_style)?))
        }
        "named" => {
            let name = match input.parse::<Option<Token![=]>>()? {
                Some(_) => Some(input.parse()?),
                None => None,
            };
            let span = option.span();
            Ok(Given::Named(Named { span, name }))
        }
        _ => {
            let message = format!("unknown option `{option}`; there are {OPTIONS}");
            Err(syn::Error::new(option.span(), message))
        }
    }
}
