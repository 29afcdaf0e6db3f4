//! What a pattern has moved out of a value, in the value that is left.
//!
//! The pattern cannot be matched a second time as it stands: what it has seen behind references may be another value by then, or none.
//! What has moved lies behind none. So only what leads to it is matched again, and a part of the pattern in which nothing has
//! anything to drop is left out. Whether it has, is for the types to tell; what is bound within one constructor is either all behind a
//! reference or not.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Pat, parse_quote};

use crate::resolve::for_each_binding;

/// More groups than these are not told apart.
const GROUPS: usize = 4;

/// Variables that a pattern binds by value within the same constructor.
type Group = BTreeSet<Ident>;

/// Forgets what the pattern has moved out of `place`, where `typed` is an expression of the same type, for code that never runs. None if
/// the pattern is too involved for that.
pub fn forgotten(pattern: &Pat, place: &TokenStream, typed: &TokenStream) -> Option<TokenStream> {
    let mut groups = Groups::default();
    groups.pattern(pattern, 0);
    let groups = groups.joined();
    if groups.len() > GROUPS {
        return None;
    }
    // Each set of groups, larger ones before those that they include.
    let mut chosen = TokenStream::new();
    for set in (1..1usize << groups.len()).rev() {
        let within = |index: &usize| set & 1 << index != 0;
        let names: Group = (0..groups.len())
            .filter(within)
            .flat_map(|index| groups[index].iter().cloned())
            .collect();
        let reduced = Reduced { names: &names }.pattern(pattern)?;
        let flags = (0..groups.len())
            .filter(within)
            .map(|index| quote::format_ident!("__drops_{}", index));
        let names = names.iter();
        chosen.extend(quote! {
            if true #(&& #flags)* {
                match #place { #reduced => ::core::mem::forget((#(#names,)*)), _ => {} }
            } else
        });
    }
    let mut flags = TokenStream::new();
    for (index, group) in groups.iter().enumerate() {
        let reduced = Reduced { names: group }.pattern(pattern)?;
        let flag = quote::format_ident!("__drops_{}", index);
        let names = group.iter();
        flags.extend(quote! {
            let #flag = __state_future::has_drops(|| match #typed { #reduced => (#(#names,)*), _ => ::core::unreachable!() });
        });
    }
    Some(quote!(#flags #chosen {}))
}

#[derive(Default)]
struct Groups {
    found: Vec<(usize, Group)>,
    constructors: usize,
}

impl Groups {
    fn pattern(&mut self, pattern: &Pat, constructor: usize) {
        match pattern {
            Pat::Ident(binding) => {
                if is_bound(pattern, &binding.ident) && binding.by_ref.is_none() {
                    self.found
                        .push((constructor, Group::from([binding.ident.clone()])));
                } else if let Some((_, pattern)) = &binding.subpat {
                    self.pattern(pattern, constructor);
                }
            }
            Pat::Or(alternatives) => {
                for pattern in &alternatives.cases {
                    self.pattern(pattern, constructor);
                }
            }
            Pat::Paren(inner) => self.pattern(&inner.pat, constructor),
            Pat::Tuple(tuple) => self.within(tuple.elems.iter()),
            Pat::TupleStruct(tuple) => self.within(tuple.elems.iter()),
            Pat::Slice(slice) => self.within(slice.elems.iter()),
            Pat::Struct(fields) => self.within(fields.fields.iter().map(|field| &*field.pat)),
            // What is copied out from behind a reference has nothing to drop.
            _ => {}
        }
    }

    fn within<'a>(&mut self, patterns: impl Iterator<Item = &'a Pat>) {
        self.constructors += 1;
        let constructor = self.constructors;
        patterns.for_each(|pattern| self.pattern(pattern, constructor));
    }

    /// The groups; what alternatives bind in several constructors joins them.
    fn joined(self) -> Vec<Group> {
        let mut groups: Vec<(BTreeSet<usize>, Group)> = Vec::new();
        for (constructor, names) in self.found {
            let mut joined = (BTreeSet::from([constructor]), names);
            groups.retain(|(constructors, names)| {
                let apart = constructors.is_disjoint(&joined.0) && names.is_disjoint(&joined.1);
                if !apart {
                    joined.0.extend(constructors);
                    joined.1.extend(names.iter().cloned());
                }
                apart
            });
            groups.push(joined);
        }
        groups.into_iter().map(|(_, names)| names).collect()
    }
}

fn is_bound(pattern: &Pat, name: &Ident) -> bool {
    let mut bound = false;
    for_each_binding(&mut pattern.clone(), &mut |binding| {
        bound |= binding.ident == *name
    });
    bound
}

/// A pattern that matches no more than what leads to some of its variables.
struct Reduced<'a> {
    names: &'a Group,
}

impl Reduced<'_> {
    /// None if it is not clear which of several alternatives has matched.
    fn pattern(&self, pattern: &Pat) -> Option<Pat> {
        Some(match pattern {
            Pat::Ident(binding) => {
                let name = &binding.ident;
                match &binding.subpat {
                    _ if self.names.contains(name) => parse_quote!(#name),
                    Some((_, pattern)) => self.pattern(pattern)?,
                    None => parse_quote!(_),
                }
            }
            Pat::Paren(inner) => self.pattern(&inner.pat)?,
            // With nothing in it, it must not have what is around it matched, which may lie behind a reference.
            Pat::Tuple(tuple) => match self.patterns(tuple.elems.iter())? {
                elements if elements.iter().all(is_wild) => parse_quote!(_),
                elements => parse_quote!((#(#elements,)*)),
            },
            Pat::TupleStruct(tuple) => match self.patterns(tuple.elems.iter())? {
                elements if elements.iter().all(is_wild) => parse_quote!(_),
                elements => {
                    let path = &tuple.path;
                    parse_quote!(#path(#(#elements),*))
                }
            },
            Pat::Slice(slice) => match self.patterns(slice.elems.iter())? {
                elements if elements.iter().all(is_wild) => parse_quote!(_),
                elements => parse_quote!([#(#elements),*]),
            },
            Pat::Struct(whole) => {
                let mut fields: Vec<TokenStream> = Vec::new();
                for field in &whole.fields {
                    let pattern = self.pattern(&field.pat)?;
                    if !is_wild(&pattern) {
                        let member = &field.member;
                        fields.push(quote!(#member: #pattern));
                    }
                }
                let path = &whole.path;
                match fields.is_empty() {
                    true => parse_quote!(_),
                    false => parse_quote!(#path { #(#fields,)* .. }),
                }
            }
            Pat::Or(alternatives) => {
                let mut reduced: Vec<Pat> = Vec::new();
                for (index, alternative) in alternatives.cases.iter().enumerate() {
                    let pattern = self.pattern(alternative)?;
                    let earlier = reduced.iter().zip(alternatives.cases.iter().take(index));
                    for (earlier, _) in earlier {
                        if *earlier != pattern && !is_disjoint(earlier, alternative) {
                            return None;
                        }
                    }
                    if !reduced.contains(&pattern) {
                        reduced.push(pattern);
                    }
                }
                match reduced.iter().all(is_wild) {
                    true => parse_quote!(_),
                    false => parse_quote!(#(#reduced)|*),
                }
            }
            rest @ Pat::Rest(_) => rest.clone(),
            _ => parse_quote!(_),
        })
    }

    fn patterns<'a>(&self, patterns: impl Iterator<Item = &'a Pat>) -> Option<Vec<Pat>> {
        patterns.map(|pattern| self.pattern(pattern)).collect()
    }
}

fn is_wild(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Wild(_) | Pat::Rest(_))
}

/// Whether surely no value matches both patterns, by the variants that one has where the other has a different one of the same enum.
fn is_disjoint(one: &Pat, other: &Pat) -> bool {
    if let (Some(one), Some(other)) = (variant(one), variant(other)) {
        if one.0 == other.0 && one.1 != other.1 {
            return true;
        }
    }
    match (one, other) {
        (Pat::Paren(one), _) => is_disjoint(&one.pat, other),
        (_, Pat::Paren(other)) => is_disjoint(one, &other.pat),
        (Pat::Tuple(one), Pat::Tuple(other)) => any_disjoint(&one.elems, &other.elems),
        (Pat::TupleStruct(one), Pat::TupleStruct(other)) => any_disjoint(&one.elems, &other.elems),
        _ => false,
    }
}

/// The enum of which the pattern is surely a variant, and that variant. A path may be a constant, and a single name an alias, unless it is
/// one of everybody's.
fn variant(pattern: &Pat) -> Option<(String, String)> {
    let (path, may_be_constant) = match pattern {
        Pat::TupleStruct(tuple) => (&tuple.path, false),
        Pat::Struct(fields) => (&fields.path, false),
        Pat::Path(path) => (&path.path, true),
        Pat::Ident(name) if name.ident == "None" => return of_everybody("None"),
        _ => return None,
    };
    let name = path.segments.last()?.ident.to_string();
    if path.segments.len() == 1 {
        return of_everybody(&name);
    }
    if may_be_constant && !name.contains(char::is_lowercase) {
        return None;
    }
    let of = path.segments.iter().take(path.segments.len() - 1);
    Some((quote!(#(#of)::*).to_string(), name))
}

fn of_everybody(name: &str) -> Option<(String, String)> {
    let of = match name {
        "Some" | "None" => "Option",
        "Ok" | "Err" => "Result",
        _ => return None,
    };
    Some((of.to_string(), name.to_string()))
}

fn any_disjoint<P>(
    one: &syn::punctuated::Punctuated<Pat, P>,
    other: &syn::punctuated::Punctuated<Pat, P>,
) -> bool {
    let is_rest = |pattern: &Pat| matches!(pattern, Pat::Rest(_));
    one.len() == other.len()
        && !one.iter().chain(other).any(is_rest)
        && one
            .iter()
            .zip(other)
            .any(|(one, other)| is_disjoint(one, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    fn reduced(pattern: &str, names: &[&str]) -> Option<String> {
        let pattern = Pat::parse_multi.parse_str(pattern).unwrap();
        let names: Group = names
            .iter()
            .map(|name| quote::format_ident!("{}", name))
            .collect();
        let reduced = Reduced { names: &names }.pattern(&pattern)?;
        Some(quote!(#reduced).to_string().replace(' ', ""))
    }

    #[test]
    fn only_what_leads_to_the_names_is_matched() {
        let pattern = "(State::Seen { name, .. }, Event::Named(one, 3), Some((left, right)))";
        assert_eq!(
            reduced(pattern, &["one"]).unwrap(),
            "(_,Event::Named(one,_),_,)"
        );
        assert_eq!(
            reduced(pattern, &["name"]).unwrap(),
            "(State::Seen{name:name,..},_,_,)"
        );
        assert_eq!(reduced("whole @ Some(_)", &["whole"]).unwrap(), "whole");
        assert_eq!(reduced("(&1, part)", &["part"]).unwrap(), "(_,part,)");
    }

    #[test]
    fn alternatives_are_told_apart_or_given_up() {
        let variants = "(Choice::One(_, part) | Choice::Two(part, _), 1)";
        assert!(reduced(variants, &["part"]).is_some());
        assert!(reduced("(Some(part), None) | (None, Some(part))", &["part"]).is_some());
        assert!(reduced("(1, part, _) | (_, _, part)", &["part"]).is_none());
        assert!(reduced("(Some(part), 1) | (NOTHING, part)", &["part"]).is_none());
        // Two names may be one variant's.
        assert!(reduced("One(1, part) | Alias(part, _)", &["part"]).is_none());
    }

    #[test]
    fn what_one_constructor_binds_is_a_group() {
        let mut groups = Groups::default();
        let pattern = "(first, Some(Pair { left, right }), (One(either) | Two(either, _)))";
        groups.pattern(&Pat::parse_multi.parse_str(pattern).unwrap(), 0);
        let sizes: Vec<usize> = groups.joined().iter().map(Group::len).collect();
        assert_eq!(sizes, [1, 2, 1]);
    }
}
