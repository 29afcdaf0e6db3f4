//! `#[derive(..)]` below the attribute: what the machine shall be able to do.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Path, Token};

use super::Errors;

/// A trait that can be derived for a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Derive {
    Debug,
    Clone,
    PartialEq,
    Eq,
    Hash,
}

/// The traits to derive, each with where it is written.
#[derive(Clone, Default, Debug)]
pub struct Derives(Vec<(Derive, Span)>);

impl Derives {
    /// Adds what `#[derive(..)]` lists.
    pub fn add(&mut self, attribute: &Attribute) -> syn::Result<()> {
        let paths = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)?;
        let mut errors = Errors::default();
        for path in paths {
            let last = path.segments.last().map(|last| last.ident.to_string());
            let derive = match last.as_deref() {
                Some("Debug") => Derive::Debug,
                Some("Clone") => Derive::Clone,
                Some("PartialEq") => Derive::PartialEq,
                Some("Eq") => Derive::Eq,
                Some("Hash") => Derive::Hash,
                _ => {
                    errors.push(Error::new_spanned(
                        path,
                        "cannot be derived for a machine; `Debug`, `Clone`, `PartialEq`, `Eq` and `Hash` can",
                    ));
                    continue;
                }
            };
            let span = path
                .segments
                .last()
                .map_or(Span::call_site(), |last| last.ident.span());
            self.0.push((derive, span));
        }
        errors.finish(())
    }

    /// Whether the trait is derived.
    pub fn has(&self, derive: Derive) -> bool {
        self.0.iter().any(|(found, _)| *found == derive)
    }

    /// The first trait that needs a machine to own what it holds: its variables are copied, compared or moved while it is
    /// suspended, so none may be borrowed by another.
    pub fn owning(&self) -> Option<(Derive, Span)> {
        self.0
            .iter()
            .copied()
            .find(|(derive, _)| *derive != Derive::Debug)
    }

    /// The first trait that others must see.
    pub fn visible(&self) -> Option<(Derive, Span)> {
        self.owning()
    }

    /// The traits of the standard library that the future has, for an opaque type: `Clone + PartialEq +`.
    pub fn bounds(&self) -> TokenStream {
        let bounds = self.0.iter().filter_map(|(derive, _)| derive.path());
        quote!(#(#bounds +)*)
    }

    /// What the enum of states must be for that.
    pub fn state_bounds(&self, private: &TokenStream) -> TokenStream {
        let bounds = self
            .0
            .iter()
            .filter_map(|(derive, span)| derive.states(*span));
        quote!(#(+ #private::#bounds)*)
    }
}

impl Derive {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Derive::Debug => "Debug",
            Derive::Clone => "Clone",
            Derive::PartialEq => "PartialEq",
            Derive::Eq => "Eq",
            Derive::Hash => "Hash",
        }
    }

    /// The trait, if a future that does not derive it lacks it.
    pub fn path(self) -> Option<TokenStream> {
        match self {
            Derive::Debug => None,
            Derive::Clone => Some(quote!(::core::clone::Clone)),
            Derive::PartialEq => Some(quote!(::core::cmp::PartialEq)),
            Derive::Eq => Some(quote!(::core::cmp::Eq)),
            Derive::Hash => Some(quote!(::core::hash::Hash)),
        }
    }

    /// The trait of the enum of states that stands for it.
    fn states(self, span: Span) -> Option<Ident> {
        let name = match self {
            Derive::Debug => return None,
            Derive::Eq => "EqStates",
            Derive::Clone => "CloneStates",
            Derive::PartialEq => "CompareStates",
            Derive::Hash => "HashStates",
        };
        Some(Ident::new(name, span))
    }
}

/// The item without its `#[derive(..)]`, which the compiler would not let stand on a function.
pub fn without_derives(item: TokenStream) -> TokenStream {
    let is_derive = |token: &TokenTree| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            let first = group.stream().into_iter().next();
            matches!(first, Some(TokenTree::Ident(ident)) if ident == "derive")
        }
        _ => false,
    };
    let mut left: Vec<TokenTree> = Vec::new();
    for token in item {
        let after_hash =
            matches!(left.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        if after_hash && is_derive(&token) {
            left.pop();
        } else {
            left.push(token);
        }
    }
    left.into_iter().collect()
}
