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
    Serialize,
    Deserialize,
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
                Some("Serialize") => Derive::Serialize,
                Some("Deserialize") => Derive::Deserialize,
                _ => {
                    errors.push(Error::new_spanned(
                        path,
                        "cannot be derived for a machine; `Debug`, `Clone`, `PartialEq`, `Eq`, `Hash`, `Serialize` and `Deserialize` can",
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

    /// A trait that needs a machine to own what it holds: its variables are copied, compared or moved while it is suspended,
    /// so none may be borrowed by another. One that copies comes first.
    pub fn owning(&self) -> Option<(Derive, Span)> {
        let others = || {
            self.0
                .iter()
                .copied()
                .filter(|(derive, _)| *derive != Derive::Debug)
        };
        others()
            .find(|(derive, _)| derive.copies())
            .or_else(|| others().next())
    }

    /// Where the trait is written, if it is derived.
    pub fn span(&self, derive: Derive) -> Option<Span> {
        let found = self.0.iter().find(|(found, _)| *found == derive);
        found.map(|(_, span)| *span)
    }

    /// The first trait that others must see.
    pub fn visible(&self) -> Option<(Derive, Span)> {
        self.owning()
    }

    /// The traits of the standard library that the future has, for an opaque type: `Clone + PartialEq +`.
    pub fn bounds(&self, private: &TokenStream) -> TokenStream {
        let bounds = self.0.iter().filter_map(|(derive, _)| derive.path(private));
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
    /// Whether there is another machine with the same variables afterwards.
    pub fn copies(self) -> bool {
        matches!(
            self,
            Derive::Clone | Derive::Serialize | Derive::Deserialize
        )
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Derive::Debug => "Debug",
            Derive::Clone => "Clone",
            Derive::PartialEq => "PartialEq",
            Derive::Eq => "Eq",
            Derive::Hash => "Hash",
            Derive::Serialize => "Serialize",
            Derive::Deserialize => "Deserialize",
        }
    }

    /// The trait, if a future that does not derive it lacks it.
    pub fn path(self, private: &TokenStream) -> Option<TokenStream> {
        match self {
            // What is read needs a type with a name, not one that only shows its traits.
            Derive::Debug | Derive::Deserialize => None,
            Derive::Serialize => Some(quote!(#private::serde::Serialize)),
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
            Derive::Serialize => "SaveStates",
            Derive::Deserialize => "RestoreStates",
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
