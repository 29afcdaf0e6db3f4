//! Which of the functions an attribute of the user's goes to.

use proc_macro2::TokenStream;
use syn::punctuated::Punctuated;
use syn::{AttrStyle, Attribute, Meta, Token, parse_quote};

use super::borrows::Borrows;
use crate::input::Derives;

/// The user's attributes, by the function they go to.
#[derive(Default)]
pub(super) struct Sorted {
    /// For the visible function.
    pub(super) visible: Vec<Attribute>,
    /// For the twin: what speaks of the body.
    pub(super) twin: Vec<Attribute>,
    /// For the twin's body, at its beginning.
    pub(super) inner: Vec<Attribute>,
    /// For everything that stands beside the visible function.
    pub(super) conditions: Vec<Attribute>,
    /// Whether there is one that may want to see an `async fn`.
    pub(super) is_foreign: bool,
    /// How the machine comes by a lifetime that cannot show.
    pub(super) borrows: Borrows,
    /// Whether it is, or may be, a trait's function: what that returns may promise no more than the trait says.
    pub(super) is_of_trait: bool,
    /// What the machine shall be able to do.
    pub(super) derives: Derives,
    /// Whether the types of the machine's variables must be declared.
    pub(super) is_declared: bool,
    /// The states of such a machine, once it is lowered.
    pub(super) declared: Vec<TokenStream>,
}

/// What is known of an attribute.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// About the function as others see it: documentation, `must_use`, `inline`.
    Outside,
    /// About the body alone.
    Body,
    /// About both.
    Both,
    /// Whether the function is there at all.
    Condition,
    /// Lints expected to speak.
    Expectation,
    /// A macro, or unknown.
    Foreign,
}

impl Sorted {
    pub(super) fn new(attributes: &[Attribute]) -> syn::Result<Sorted> {
        let mut sorted = Sorted::default();
        for attribute in attributes {
            sorted.add(attribute)?;
        }
        Ok(sorted)
    }

    fn add(&mut self, attribute: &Attribute) -> syn::Result<()> {
        if attribute.path().is_ident("derive") {
            return self.derives.add(attribute);
        }
        if let AttrStyle::Inner(_) = attribute.style {
            match kind(&attribute.meta)? {
                Kind::Outside => self.visible.push(Attribute {
                    style: AttrStyle::Outer,
                    ..attribute.clone()
                }),
                _ => self.inner.push(attribute.clone()),
            }
            return Ok(());
        }
        match kind(&attribute.meta)? {
            Kind::Outside => self.visible.push(attribute.clone()),
            Kind::Body => self.twin.push(attribute.clone()),
            Kind::Both => {
                self.visible.push(attribute.clone());
                self.twin.push(attribute.clone());
            }
            Kind::Condition => {
                self.visible.push(attribute.clone());
                self.conditions.push(attribute.clone());
            }
            Kind::Expectation => self.split_expectation(attribute)?,
            Kind::Foreign => {
                self.visible.push(attribute.clone());
                self.is_foreign = true;
            }
        }
        Ok(())
    }

    /// `#[expect(..)]` must stand exactly where the lint speaks.
    fn split_expectation(&mut self, attribute: &Attribute) -> syn::Result<()> {
        let lints = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
        let (reason, lints): (Vec<Meta>, Vec<Meta>) = lints
            .into_iter()
            .partition(|lint| lint.path().is_ident("reason"));
        let (outside, body): (Vec<Meta>, Vec<Meta>) =
            lints.into_iter().partition(speaks_of_the_name);
        for (lints, attributes) in [(outside, &mut self.visible), (body, &mut self.twin)] {
            if !lints.is_empty() {
                attributes.push(parse_quote!(#[expect(#(#lints,)* #(#reason),*)]));
            }
        }
        Ok(())
    }
}

/// Whether a block's attributes include one that may want to see its functions `async`.
pub(super) fn has_foreign(attributes: &[Attribute]) -> syn::Result<bool> {
    let kinds = attributes
        .iter()
        .map(|attribute| kind(&attribute.meta))
        .collect::<syn::Result<Vec<Kind>>>()?;
    Ok(kinds.contains(&Kind::Foreign))
}

fn kind(meta: &Meta) -> syn::Result<Kind> {
    let path = meta.path();
    let Some(name) = path.get_ident() else {
        let tools = ["clippy", "rustfmt", "diagnostic", "miri"];
        let is_tool = path.leading_colon.is_none()
            && path
                .segments
                .first()
                .is_some_and(|tool| tools.iter().any(|name| tool.ident == name));
        return Ok(if is_tool { Kind::Both } else { Kind::Foreign });
    };
    Ok(match name.to_string().as_str() {
        "doc"
        | "must_use"
        | "inline"
        | "cold"
        | "no_mangle"
        | "export_name"
        | "link_section"
        | "automatically_derived"
        | "unsafe" => Kind::Outside,
        "track_caller" | "forbid" => Kind::Body,
        "allow" | "warn" | "deny" | "deprecated" => Kind::Both,
        "cfg" => Kind::Condition,
        "expect" => Kind::Expectation,
        "cfg_attr" => conditional_kind(meta)?,
        _ => Kind::Foreign,
    })
}

/// `cfg_attr(condition, attributes..)` goes where its attributes go.
fn conditional_kind(meta: &Meta) -> syn::Result<Kind> {
    let parts = meta
        .require_list()?
        .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
    let kinds = parts
        .iter()
        .skip(1)
        .map(kind)
        .collect::<syn::Result<Vec<Kind>>>()?;
    Ok(match kinds.split_first() {
        None => Kind::Outside,
        Some((first, rest))
            if *first != Kind::Expectation && rest.iter().all(|kind| kind == first) =>
        {
            *first
        }
        Some(_) if kinds.contains(&Kind::Foreign) => Kind::Foreign,
        Some(_) => Kind::Both,
    })
}

/// Lints that speak of a function's name and use, not of its signature or body.
fn speaks_of_the_name(lint: &Meta) -> bool {
    let lint = lint.path();
    let names = [
        "dead_code",
        "unused",
        "missing_docs",
        "non_snake_case",
        "unreachable_pub",
        "private_interfaces",
    ];
    names.iter().any(|name| lint.is_ident(name))
}
