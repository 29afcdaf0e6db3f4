//! Moving parts out of variables that live in the machine.
//!
//! What the probe answers is a type, so that code for either answer can stand side by side: behind a call that never
//! returns, the compiler drops what is not meant before it checks borrows. `site.consumes()` returns if the answer is
//! that something moves, `site.borrows()` if not.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprStruct, Pat};

use super::forgotten::forgotten;
use super::leaves::Leaves;
use super::storage::{at, remainder, variable_name};
use super::tokens::substituted;
use crate::machine::Machine;
use crate::ownership::{Part, refills};
use crate::resolve::{
    MentionId, Site, Taken, VariableId, is_within, may_move, mention_id, overlap, place_of,
};

/// More parts than this are not told apart.
const PARTS: usize = 64;

/// A part of a held variable that the expression at a place may take.
pub struct Taking {
    pub variable: VariableId,
    pub name: Ident,
    pub site: Ident,
    mention: MentionId,
    pub node: usize,
}

impl Leaves<'_> {
    /// What the expression at a place may take out of its variable.
    pub fn taking(&self, place: &Expr, bare: &[VariableId]) -> Option<(Taking, &Site)> {
        let names = &self.machine.ownership.flow.names;
        let (mention, site) = names.site(place)?;
        let is_part = self
            .machine
            .ownership
            .parts
            .of
            .get(&site.variable)?
            .iter()
            .any(|part| part.mention == mention);
        (is_part && !bare.contains(&site.variable)).then(|| {
            let taking = Taking {
                variable: site.variable,
                name: variable_name(self.machine, site.variable),
                site: format_ident!("__site_{}", site.node),
                mention,
                node: site.node,
            };
            (taking, site)
        })
    }

    pub(super) fn bit(&self, taking: &Taking, number: usize) -> u64 {
        let part = Part {
            mention: taking.mention,
            node: taking.node,
            number,
        };
        self.machine.ownership.parts.bit(taking.variable, &part)
    }

    /// The value of a part.
    pub fn part(&self, taking: &Taking, place: &Expr) -> TokenStream {
        let (name, site, bit) = (&taking.name, &taking.site, self.bit(taking, 0));
        // In a block of its own, it is coerced as the field would be.
        quote!(({ let __part = #name.part(#site, #bit, &raw const #place); __part }))
    }

    /// An expression that uses a part as `with` does, whether it takes it or not.
    pub fn receiver(
        &self,
        taking: &Taking,
        place: &Expr,
        with: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let (name, site, bit) = (&taking.name, &taking.site, self.bit(taking, 0));
        let taken = quote!(#site.receiver(&raw const #place, &mut #name, #bit).place);
        taken_or_lent(site, with(taken), with(quote!(#place)))
    }

    /// A part that is taken up if the method consumes it that is called later.
    pub fn part_early(&self, taking: &Taking, place: &Expr) -> TokenStream {
        let (name, site, bit) = (&taking.name, &taking.site, self.bit(taking, 0));
        quote!(#site.part_early(&#name, #bit, &raw const #place))
    }

    /// A struct that takes the fields it does not have itself out of a base. In a closure, both ways to do that can have
    /// the same fields, evaluated before.
    pub fn based(&self, taking: &Taking, literal: &ExprStruct, place: &Expr) -> TokenStream {
        let (name, site, bit) = (&taking.name, &taking.site, self.bit(taking, 0));
        let fields: Vec<Ident> = (0..literal.fields.len())
            .map(|number| format_ident!("__field_{}", number))
            .collect();
        let values = literal.fields.iter().map(|field| &field.expr);
        let members: Vec<_> = literal.fields.iter().map(|field| &field.member).collect();
        let lent = with_fields(literal, &fields, quote!(*__base));
        let taken = with_fields(literal, &fields, quote!(__value));
        quote!((
            (|#(#fields,)* __base: *const _| if __state_future::leaves(#site) {
                #site.borrows();
                #lent
            } else {
                #site.consumes();
                let __value = ::core::ptr::read(__base);
                let __made = #taken;
                #(::core::mem::forget(__value.#members);)*
                __made
            })(#(#values,)* &raw const #place),
            #name.move_out_by(#site, #bit),
        ).0)
    }

    /// A copy of a variable of which a `move` closure captures fields. The variable has all others.
    pub fn bits(&mut self, mention: MentionId, last: bool) -> TokenStream {
        let machine = self.machine;
        let site = &machine.ownership.flow.names.sites[&mention];
        let name = variable_name(machine, site.variable);
        if !last {
            self.keeps(site.node, &site.place);
        }
        if matches!(site.taken, Taken::Captured { exact: false, .. }) {
            let place = site.place.clone();
            self.refuse(
                place,
                "a `move` closure or block that takes apart, by an assignment, a variable which lives across an `.await`",
                "take what the closure needs into variables of its own before",
            );
            return TokenStream::new();
        }
        let span = self.machine.ownership.flow.names.mentions[mention].span;
        self.checks.extend(super::types::captures_fields(span));
        let part = Part {
            mention,
            node: site.node,
            number: 0,
        };
        let bit = self.machine.ownership.parts.bit(site.variable, &part);
        let moved = (last && bit != 0).then(|| {
            let answer = format_ident!("__site_{}", site.node);
            quote!(#name.move_out_by(#answer, #bit);)
        });
        quote!(#moved let #name = ::core::ptr::read(#name.at);)
    }

    /// Has the compiler refuse the place's expression if it takes a part.
    pub fn keeps_part(&mut self, taking: &Taking, place: &Expr) {
        self.keeps(taking.node, place);
    }

    fn check(&mut self, span: Span, function: &str, mut site: Ident) {
        // Reported where the user wrote it, but meaning what is declared here.
        let span = span.resolved_at(Span::call_site());
        site.set_span(span);
        let function = Ident::new(function, span);
        self.checks
            .extend(quote_spanned!(span=> { use __state_future::Keeps as _; #site.#function(); }));
    }

    /// Has the compiler refuse the expression of a node if it takes a part.
    pub fn keeps(&mut self, node: usize, place: &Expr) {
        let site = format_ident!("__site_{}", node);
        let span = match place {
            Expr::Field(field) => field.member.span(),
            _ => place_of(place).map_or(place.span(), |(mention, _)| {
                self.machine.ownership.flow.names.mentions[mention].span
            }),
        };
        self.check(span, "keeps_part", site);
    }

    /// Has the compiler refuse a pattern that takes elements out of an array: in which order it drops the others, or all
    /// of them where none is gone yet, depends on the paths that lead there.
    pub fn keeps_elements(&mut self, pattern: &Pat, node: usize) {
        struct Slices(bool);
        impl<'ast> syn::visit::Visit<'ast> for Slices {
            fn visit_pat_slice(&mut self, _: &'ast syn::PatSlice) {
                self.0 = true;
            }
        }
        let mut slices = Slices(false);
        syn::visit::Visit::visit_pat(&mut slices, pattern);
        if slices.0 && may_move(pattern) {
            let site = format_ident!("__site_{}", node);
            let span = pattern.span();
            self.check(span, "keeps_elements", site);
        }
    }

    /// A new value for a field whose old one may be gone.
    pub fn refilled(&self, place: &Expr, value: &Expr) -> Option<TokenStream> {
        let ownership = &self.machine.ownership;
        let (mention, path) = place_of(place)?;
        let mention = &ownership.flow.names.mentions[mention];
        let variable = mention.variable;
        let parts = ownership.parts.of.get(&variable)?;
        let bits: u64 = parts
            .iter()
            .filter(|part| refills(&ownership.flow.names, part, &path))
            .map(|part| ownership.parts.bit(variable, part))
            .sum();
        // A variable that gets a whole new value may hold none now.
        if bits == 0 || !is_within(place) || mention.captured_by.is_some() {
            return None;
        }
        let name = variable_name(self.machine, variable);
        Some(quote!({
            let __value = __state_future::like_at(|| &raw const #place).coerced(#value);
            let __field = &raw mut #place;
            #name.refill(#bits, __field, __value);
        }))
    }
}

/// For each variable that parts are moved out of, what drops the others; and what must hold for that to be exact.
pub fn remainders(machine: &Machine, leaves: &mut Leaves, is_seen: bool) -> TokenStream {
    let ownership = &machine.ownership;
    for (variable, node) in &ownership.parts.given_back_in_part {
        let mut sites = ownership.flow.names.sites.values();
        let site = sites.find(|site| site.variable == *variable && site.node == *node);
        if let (true, Some(site)) = (ownership.asked.contains(node), site) {
            leaves.keeps(*node, &site.place);
        }
    }
    let mut code = TokenStream::new();
    for (variable, parts) in &ownership.parts.of {
        if is_seen && ownership.storage[*variable].is_saved() {
            // What is copied or shown must be whole.
            for part in parts {
                let place = ownership.flow.names.sites[&part.mention].place.clone();
                leaves.keeps(part.node, &place);
            }
        }
        if parts.len() > PARTS {
            let site = &ownership.flow.names.sites[&parts[0].mention];
            leaves.refuse(
                &site.place,
                &format!("a variable that lives across an `.await` and of which parts are moved in more than {PARTS} places"),
                "take it apart as a whole",
            );
            continue;
        }
        let (mut typed, mut based) = (None, None);
        for part in parts {
            let site = &ownership.flow.names.sites[&part.mention];
            if let Taken::Patterns { patterns, .. } = &site.taken {
                let pattern = &patterns[part.number];
                if forgotten(pattern, &quote!(), &quote!()).is_none() {
                    leaves.check(
                        pattern.span(),
                        "keeps_part",
                        format_ident!("__site_{}", part.node),
                    );
                }
                typed = Some(quote!(let __whole = __state_future::place(&raw const __value);));
            }
            if matches!(site.taken, Taken::Base(_)) {
                based = Some(quote!(let __base = &raw const __value;));
            }
        }
        let steps = groups(machine, parts)
            .into_iter()
            .map(|group| steps(machine, *variable, &group))
            .collect::<TokenStream>();
        let (at, remainder) = (at(machine, *variable), remainder(machine, *variable));
        code.extend(quote! {
            __state_future::remainder(#at, #remainder, move |__value, __gone| {
                #typed
                #based
                #steps
            });
        });
    }
    code
}

/// The parts, those that overlap together.
fn groups(machine: &Machine, parts: &[Part]) -> Vec<Vec<Part>> {
    let path = |part: &Part| &machine.ownership.flow.names.sites[&part.mention].path;
    let mut groups: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        let (mut own, others): (Vec<_>, Vec<_>) = groups
            .into_iter()
            .partition(|group| group.iter().any(|other| overlap(path(other), path(part))));
        own.push(vec![*part]);
        groups = others;
        let mut own: Vec<Part> = own.into_iter().flatten().collect();
        own.sort_unstable();
        groups.push(own);
    }
    groups
}

/// Takes out what is gone once more. Parts that are never gone at the same time stand in branches of their own: one may
/// lie in the other.
fn steps(machine: &Machine, variable: VariableId, parts: &[Part]) -> TokenStream {
    let [part, rest @ ..] = parts else {
        return TokenStream::new();
    };
    let with: Vec<Part> = rest
        .iter()
        .filter(|other| machine.ownership.parts.together.contains(&(*part, **other)))
        .copied()
        .collect();
    let bit = machine.ownership.parts.bit(variable, part);
    let forget = forget(machine, part);
    let without = steps(machine, variable, rest);
    if with.len() == rest.len() {
        return quote!(if __gone & #bit != 0 { #forget } #without);
    }
    let with = steps(machine, variable, &with);
    quote!(if __gone & #bit != 0 { #forget #with } else { #without })
}

/// The one expression or the other, as the site's answer is.
pub fn taken_or_lent(site: impl ToTokens, taken: TokenStream, lent: TokenStream) -> TokenStream {
    quote!((if __state_future::leaves(#site) { #site.borrows(); #lent } else { #site.consumes(); #taken }))
}

/// The site's place in another value of the variable's type.
fn of_part(site: &Site, whole: TokenStream) -> TokenStream {
    let place = &site.place;
    substituted(super::without_nodes(quote!(#place)), &mut |ident| {
        mention_id(ident).map(|_| whole.clone())
    })
}

fn forget(machine: &Machine, part: &Part) -> TokenStream {
    let site = &machine.ownership.flow.names.sites[&part.mention];
    let place = of_part(site, quote!(__value));
    let forget = match &site.taken {
        Taken::Patterns { patterns, .. } => {
            let pattern = &patterns[part.number];
            let typed = of_part(site, quote!(__whole.made_up()));
            forgotten(pattern, &place, &typed).unwrap_or_default()
        }
        Taken::Base(literal) => {
            // The fields that were not taken are made up, to be dropped where they are, if they are there.
            let base = of_part(site, quote!((*__base)));
            let members = literal.fields.iter().map(|field| &field.member);
            let left: Vec<_> = members
                .map(|member| quote!(::core::ptr::read(&raw const #base.#member)))
                .collect();
            let whole = with_fields(literal, &left, quote!(#place));
            quote!(::core::mem::forget(unsafe { #whole });)
        }
        Taken::Captured { places, .. } => {
            let captured = capturing(places);
            let captured = substituted(super::without_nodes(captured), &mut |ident| {
                mention_id(ident).map(|_| quote!(__value))
            });
            quote!(::core::mem::forget(#captured);)
        }
        Taken::Value | Taken::Receiver => quote!({
            use __state_future::Forget as _;
            (#place).__forget();
        }),
    };
    let answer = format_ident!("__site_{}", part.node);
    quote!(#answer.consumes(); #forget)
}

/// A closure that captures the places as any other does that mentions them and is `move`.
pub fn capturing(places: &[Expr]) -> TokenStream {
    quote!(move || { #(let _ = &#places;)* })
}

/// A struct of the same type with other values for its fields and another base.
pub fn with_fields(
    literal: &ExprStruct,
    values: &[impl ToTokens],
    base: TokenStream,
) -> TokenStream {
    let path = &literal.path;
    let path = match &literal.qself {
        Some(qself) => syn::ExprPath {
            attrs: Vec::new(),
            qself: Some(qself.clone()),
            path: path.clone(),
        }
        .to_token_stream(),
        None => quote!(#path),
    };
    let members = literal.fields.iter().map(|field| &field.member);
    quote!(#path { #(#members: #values,)* ..#base })
}

/// Whether evaluating an argument makes no temporary that outlives the call it stands in.
pub fn is_quiet(argument: &Expr) -> bool {
    match argument {
        Expr::Lit(_) | Expr::Path(_) | Expr::Closure(_) | Expr::Async(_) | Expr::Verbatim(_) => {
            true
        }
        Expr::Paren(inner) => is_quiet(&inner.expr),
        Expr::Field(_) => place_of(argument).is_some(),
        Expr::Reference(reference) => {
            matches!(&*reference.expr, Expr::Lit(_)) || place_of(&reference.expr).is_some()
        }
        Expr::Call(call) => matches!(&*call.func, Expr::Path(_)) && call.args.iter().all(is_quiet),
        Expr::MethodCall(call) => {
            place_of(&call.receiver).is_some() && call.args.iter().all(is_quiet)
        }
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_quiet),
        Expr::Array(array) => array.elems.iter().all(is_quiet),
        Expr::Cast(cast) => is_quiet(&cast.expr),
        Expr::Unary(unary) => is_quiet(&unary.expr),
        Expr::Try(inner) => is_quiet(&inner.expr),
        Expr::Index(index) => place_of(&index.expr).is_some() && is_quiet(&index.index),
        Expr::Binary(binary) => is_quiet(&binary.left) && is_quiet(&binary.right),
        Expr::Range(range) => {
            let ends = range.start.iter().chain(&range.end);
            ends.into_iter().all(|end| is_quiet(end))
        }
        Expr::Struct(literal) => {
            let mut fields = literal.fields.iter().map(|field| &field.expr);
            literal.rest.is_none() && fields.all(is_quiet)
        }
        Expr::Macro(mac) => crate::flow::ends_its_temporaries(&mac.mac),
        _ => false,
    }
}
