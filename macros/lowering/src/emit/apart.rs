//! Patterns that move parts out of variables that live in the machine.
//!
//! Which arm a `match` takes and what it binds is decided first, and the arms see that. Where nothing moves this is the `match` as it
//! stands. Where something does, the place is matched by reference, and what is bound by value is read. What a pattern binds behind
//! references of its own is not to be seen in it: such patterns are matched against a copy of the whole, of which the rest is forgotten.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Expr, Pat};

use super::leaves::Leaves;
use super::parts::Taking;
use super::storage::variable_name;
use crate::resolve::{VariableId, binds_by_reference, for_each_binding, may_move, mention_id};

/// A `match` that has been decided: which arm is taken, and what it binds.
pub struct Decided {
    /// What the value and the patterns need.
    pub items: TokenStream,
    pub value: TokenStream,
    /// A pattern for each arm, which binds its variables.
    pub patterns: Vec<TokenStream>,
}

impl Leaves<'_> {
    /// Decides a `match` on a place.
    pub fn decide(
        &mut self,
        taking: &Taking,
        place: &Expr,
        arms: &[(Pat, Option<Expr>)],
    ) -> Decided {
        for (pattern, _) in arms {
            self.keeps_elements(pattern, taking.node);
        }
        let bound: Vec<Bound> = arms.iter().map(|(pattern, _)| Bound::of(pattern)).collect();
        // A pattern that takes values apart sees references through and binds by reference. One that does not would be
        // compared with the reference.
        let explicit = bound.iter().any(|bound| bound.is_explicit)
            || !arms.iter().any(|(pattern, _)| takes_apart(pattern));
        let copied = binds_behind_references(arms);
        let arm_type = format_ident!("__Arm{}", taking.node);
        let (name, site) = (&taking.name, &taking.site);
        let (mut lent, mut taken, mut untold) = (quote!(), quote!(), quote!());
        let mut patterns = Vec::new();
        for (number, ((pattern, guard), bound)) in arms.iter().zip(&bound).enumerate() {
            let variant = format_ident!("A{}", number);
            let chosen = |values: &[TokenStream]| match arms.len() {
                1 => quote!((#(#values,)*)),
                _ => quote!(#arm_type::#variant((#(#values,)*))),
            };
            let bare = self.variables(&bound.names());
            let names: Vec<_> = bound.all.iter().map(|(name, ..)| quote!(#name)).collect();
            let whole = chosen(&names);
            let (mut lent_guard, mut taken_guard, mut told) = (None, None, quote!());
            if let Some(guard) = guard {
                let emitted = self.emit(guard, &bare);
                lent_guard = Some(quote!(if #emitted));
                // Behind the reference, a guard sees the part itself.
                for variable in self.mentioned(guard, &bound.by_value()) {
                    let name = variable_name(self.machine, variable);
                    let like = format_ident!("__like_{}", name);
                    untold.extend(quote!(let #like = __state_future::untold();));
                    told.extend(quote!(#like.of(&#name);));
                    self.seen
                        .insert(variable, quote!((*#site.seen(&#name, #like))));
                }
                let emitted = self.emit(guard, &bare);
                taken_guard = Some(quote!(if #emitted));
                self.seen.clear();
            }
            lent.extend(quote!(#pattern #lent_guard => { #told #whole }));
            let seen = bound.seen(pattern, explicit);
            let values: Vec<_> = bound
                .all
                .iter()
                .map(|(name, by_value, _)| match by_value {
                    true => quote!(#site.bind(#name)),
                    false => quote!(#name),
                })
                .collect();
            let values = if copied { whole } else { chosen(&values) };
            let moves = may_move(pattern).then(|| {
                let bit = self.bit(taking, number);
                quote!(#name.move_out(#bit);)
            });
            taken.extend(match copied {
                true => quote!(#pattern => { #moves __out.put(#values); }),
                false => quote!(#seen #taken_guard => { #moves #values }),
            });
            patterns.push(chosen(&bound.declared()));
        }
        let scrutinee = if explicit {
            quote!(#place)
        } else {
            quote!(&#place)
        };
        let taken = match copied {
            true => quote! {
                let mut __room = ::core::mem::MaybeUninit::uninit();
                let __out = __state_future::Out::new(&mut __room);
                let __value = ::core::ptr::read(&raw const #place);
                __state_future::leave(async {
                    let __value = __value;
                    match __value { #taken }
                    ::core::future::pending::<()>().await;
                });
                __room.assume_init()
            },
            false => quote!(match #scrutinee { #taken }),
        };
        let value = quote!({
            #untold
            if __state_future::leaves(#site) {
                #site.borrows();
                match #place { #lent }
            } else {
                #site.consumes();
                #taken
            }
        });
        let items = if arms.len() == 1 {
            TokenStream::new()
        } else {
            let types: Vec<Ident> = (0..arms.len())
                .map(|number| format_ident!("A{}", number))
                .collect();
            quote!(enum #arm_type<#(#types),*> { #(#types(#types)),* })
        };
        Decided {
            items,
            value,
            patterns,
        }
    }

    /// A `let` that takes parts out of a place: what it binds, and its value.
    pub fn let_apart(
        &mut self,
        taking: &Taking,
        place: &Expr,
        pattern: &Pat,
        ty: Option<&syn::Type>,
        diverge: Option<TokenStream>,
    ) -> (TokenStream, TokenStream) {
        let mut arms = vec![(pattern.clone(), None)];
        if diverge.is_some() {
            arms.push((
                Pat::Wild(syn::PatWild {
                    attrs: Vec::new(),
                    underscore_token: Default::default(),
                }),
                None,
            ));
        }
        let decided = self.decide(taking, place, &arms);
        let (items, value, patterns) = (decided.items, decided.value, decided.patterns);
        let typed = ty.map(|ty| quote!(let _: *const #ty = &raw const #place;));
        let (bound, taken) = (&patterns[0], Bound::of(pattern));
        match diverge {
            None => (quote!(#bound), quote!({ #typed #value })),
            Some(diverge) => {
                let names = taken.names();
                let refuted = &patterns[1];
                let declared = taken.declared();
                let value = quote!({
                    #items
                    #typed
                    match #value {
                        #bound => (#(#names,)*),
                        #refuted => { #diverge }
                    }
                });
                (quote!((#(#declared,)*)), value)
            }
        }
    }

    fn variables(&self, names: &[Ident]) -> Vec<VariableId> {
        let variables = self.machine.ownership.flow.names.variables.iter();
        variables
            .enumerate()
            .filter(|(_, variable)| names.contains(&variable.name))
            .map(|(id, _)| id)
            .collect()
    }

    /// Those of the variables called `names` that the expression mentions.
    fn mentioned(&self, expr: &Expr, names: &[Ident]) -> BTreeSet<VariableId> {
        let variables = self.variables(names);
        let mut found = BTreeSet::new();
        super::tokens::for_each_ident(quote!(#expr), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let mention = &self.machine.ownership.flow.names.mentions[id];
                found.extend(variables.iter().find(|id| **id == mention.variable));
            }
        });
        found
    }
}

/// The bindings of a pattern: each name once, whether it is bound by value as far as syntax tells, and its `mut`.
pub struct Bound {
    all: Vec<(Ident, bool, Option<syn::Token![mut]>)>,
    /// The pattern says itself what it binds by reference, or looks through references.
    is_explicit: bool,
}

impl Bound {
    pub fn of(pattern: &Pat) -> Bound {
        struct References(bool);
        impl<'ast> syn::visit::Visit<'ast> for References {
            fn visit_pat_reference(&mut self, _: &'ast syn::PatReference) {
                self.0 = true;
            }
            fn visit_expr(&mut self, _: &'ast Expr) {}
        }
        let mut references = References(false);
        syn::visit::Visit::visit_pat(&mut references, pattern);
        let mut bound = Bound {
            all: Vec::new(),
            is_explicit: references.0,
        };
        for_each_binding(&mut pattern.clone(), &mut |binding| {
            bound.is_explicit |= binding.by_ref.is_some();
            if bound.all.iter().all(|(name, ..)| *name != binding.ident) {
                bound.all.push((
                    binding.ident.clone(),
                    binding.by_ref.is_none(),
                    binding.mutability,
                ));
            }
        });
        bound
    }

    fn names(&self) -> Vec<Ident> {
        self.all.iter().map(|(name, ..)| name.clone()).collect()
    }

    /// The bindings as patterns.
    fn declared(&self) -> Vec<TokenStream> {
        let declared = self.all.iter().map(|(name, by_value, mutable)| {
            let mutable = mutable.filter(|_| *by_value);
            quote!(#mutable #name)
        });
        declared.collect()
    }

    pub fn by_value(&self) -> Vec<Ident> {
        let by_value = self.all.iter().filter(|(_, by_value, _)| *by_value);
        by_value.map(|(name, ..)| name.clone()).collect()
    }

    /// The pattern, binding by reference what it would bind by value.
    fn seen(&self, pattern: &Pat, explicit: bool) -> Pat {
        let mut pattern = pattern.clone();
        for_each_binding(&mut pattern, &mut |binding| {
            if binding.by_ref.is_none() {
                binding.mutability = None;
                if explicit {
                    binding.by_ref = Some(Default::default());
                }
            }
        });
        pattern
    }
}

/// Whether the patterns may bind something behind references of their own, mutable ones even. Not if they say how they bind; and not in
/// matches with guards, which may panic while there is a copy.
fn binds_behind_references(arms: &[(Pat, Option<Expr>)]) -> bool {
    fn is_nested(pattern: &Pat) -> bool {
        match pattern {
            Pat::Struct(fields) => fields.fields.iter().any(|field| takes_apart(&field.pat)),
            Pat::Tuple(tuple) => tuple.elems.iter().any(takes_apart),
            Pat::TupleStruct(tuple) => tuple.elems.iter().any(takes_apart),
            Pat::Slice(slice) => slice.elems.iter().any(takes_apart),
            Pat::Or(alternatives) => alternatives.cases.iter().any(is_nested),
            Pat::Paren(inner) => is_nested(&inner.pat),
            Pat::Ident(binding) => {
                let pattern = binding.subpat.as_ref();
                pattern.is_some_and(|(_, pattern)| is_nested(pattern))
            }
            _ => false,
        }
    }
    arms.iter().any(|(pattern, _)| is_nested(pattern))
        && arms
            .iter()
            .all(|(pattern, guard)| guard.is_none() && !binds_by_reference(pattern))
}

fn takes_apart(pattern: &Pat) -> bool {
    match pattern {
        Pat::Struct(_) | Pat::Tuple(_) | Pat::TupleStruct(_) | Pat::Slice(_) => true,
        Pat::Or(alternatives) => alternatives.cases.iter().any(takes_apart),
        Pat::Paren(inner) => takes_apart(&inner.pat),
        Pat::Ident(binding) => binding
            .subpat
            .as_ref()
            .is_some_and(|(_, pattern)| takes_apart(pattern)),
        _ => false,
    }
}
