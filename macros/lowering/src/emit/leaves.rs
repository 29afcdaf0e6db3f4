//! Expressions without awaits, with their mentions turned into what stands for the variables.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat, Token, parse_quote};

use super::parts::{Taking, is_quiet, taken_or_lent};
use super::storage::variable_name;
use super::tokens::{for_each_ident, substituted, without_nodes};
use crate::flow::{early_part, late_part};
use crate::machine::Machine;
use crate::macro_calls::{self, Call};
use crate::resolve::{
    MentionId, NodeId, Taken, Use, VariableId, captured_parts, fields_of, may_move, mention_id,
    place_of, site_id,
};

/// Emits expressions; collects what cannot be emitted exactly.
pub struct Leaves<'a> {
    pub(super) machine: &'a Machine,
    pub errors: Vec<syn::Error>,
    /// What the types must fulfil.
    pub checks: TokenStream,
    /// What stands for bindings that a guard sees by reference.
    pub seen: BTreeMap<VariableId, TokenStream>,
}

impl<'a> Leaves<'a> {
    pub fn new(machine: &'a Machine) -> Self {
        Leaves {
            machine,
            errors: Vec::new(),
            checks: TokenStream::new(),
            seen: BTreeMap::new(),
        }
    }

    fn is_held(&self, variable: VariableId) -> bool {
        self.machine.ownership.storage[variable].is_held()
    }

    /// The tokens of an expression. The variables `bare` are plain Rust variables here.
    pub fn emit(&mut self, expr: &Expr, bare: &[VariableId]) -> TokenStream {
        let mut expr = expr.clone();
        Rewrite { leaves: self, bare }.visit_expr_mut(&mut expr);
        self.substitute(expr.to_token_stream(), bare)
    }

    /// Puts what stands for the variables in the place of their mentions.
    pub fn substitute(&self, tokens: TokenStream, bare: &[VariableId]) -> TokenStream {
        let tokens = without_nodes(tokens);
        substituted(tokens, &mut |ident| {
            Some(self.mention(mention_id(ident)?, bare))
        })
    }

    fn mention(&self, id: usize, bare: &[VariableId]) -> TokenStream {
        let names = &self.machine.ownership.flow.names;
        let mention = &names.mentions[id];
        let name = &names.variables[mention.variable].name;
        if let Some(seen) = self.seen.get(&mention.variable) {
            return seen.clone();
        }
        if mention.usage == Use::Held
            || bare.contains(&mention.variable)
            || !self.is_held(mention.variable)
        {
            return quote!(#name);
        }
        match mention.usage {
            Use::Value if mention.last && mention.captured_by.is_none() => {
                self.passed(mention.variable)
            }
            Use::Unclear(node) if mention.last && mention.captured_by.is_none() => {
                let site = format_ident!("__site_{}", node);
                quote!(#name.lend(#site).place)
            }
            _ => quote!((*#name.at)),
        }
    }

    /// The value of a held variable, used for the last time.
    fn passed(&self, variable: VariableId) -> TokenStream {
        let names = &self.machine.ownership.flow.names;
        let name = &names.variables[variable].name;
        match names.copies.get(&variable) {
            Some(node) => {
                let site = format_ident!("__site_{}", node);
                quote!(#name.pass(#site))
            }
            None => quote!(#name.take()),
        }
    }

    /// The held variable that an expression mentions, if it is nothing but a mention that may consume it.
    pub fn consumed(&self, expr: &Expr, bare: &[VariableId]) -> Option<(VariableId, NodeId)> {
        let mention = self.machine.ownership.flow.names.mention_of(expr)?;
        let Use::Unclear(node) = mention.usage else {
            return None;
        };
        let held = self.is_held(mention.variable) && !bare.contains(&mention.variable);
        (held && mention.last && mention.captured_by.is_none()).then_some((mention.variable, node))
    }

    pub fn refuse(&mut self, tokens: impl ToTokens, form: &str, fix: &str) {
        let tokens = self.substitute_names(without_nodes(tokens.to_token_stream()));
        self.errors.push(syn::Error::new_spanned(
            tokens,
            format!("#[state_future] does not lower {form}\nhelp: {fix}"),
        ));
    }

    fn substitute_names(&self, tokens: TokenStream) -> TokenStream {
        substituted(tokens, &mut |ident| {
            let mention = &self.machine.ownership.flow.names.mentions[mention_id(ident)?];
            let mut name = self.machine.ownership.flow.names.variables[mention.variable]
                .name
                .clone();
            name.set_span(mention.span);
            Some(quote!(#name))
        })
    }

    /// What must hold for a pattern that takes a held variable apart.
    pub fn check_pattern(&mut self, pattern: &Pat, value: &Expr) {
        if let Some((_, node)) = self.consumed(value, &[]) {
            self.keeps_elements(pattern, node);
        }
    }
}

struct Rewrite<'a, 'b> {
    leaves: &'a mut Leaves<'b>,
    bare: &'a [VariableId],
}

impl Rewrite<'_, '_> {
    /// A closure or async block over held variables: they are moved or lent to it where it is made. `make` writes it.
    fn captures(
        &mut self,
        moves: bool,
        body: TokenStream,
        make: impl FnOnce(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let names = &self.leaves.machine.ownership.flow.names;
        let mut captured: BTreeMap<VariableId, bool> = BTreeMap::new();
        for_each_ident(body.clone(), &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let mention = &names.mentions[id];
                if self.leaves.is_held(mention.variable) && !self.bare.contains(&mention.variable) {
                    captured.insert(mention.variable, mention.last);
                }
            }
        });
        let mut parts = match moves {
            true => captured_parts(names, body.clone()),
            false => BTreeMap::new(),
        };
        parts.retain(|variable, _| captured.contains_key(variable));
        let fields = fields_of(names, body.clone());
        self.captured_sites(&body, &parts);
        let mut prelude = TokenStream::new();
        let mut wholes = Vec::new();
        for (variable, last) in &captured {
            let name = &names.variables[*variable].name;
            if let Some(mention) = parts.get(variable) {
                prelude.extend(self.leaves.bits(*mention, *last));
                wholes.push(name.clone());
                continue;
            }
            if moves && *last && fields.contains_key(variable) {
                self.leaves.refuse(
                    name.clone(),
                    "a macro that captures only a field of this variable, which lives across an `.await`",
                    "take the field into a variable of its own before",
                );
            }
            prelude.extend(
                match (moves, last, names.capture(body.clone(), *variable)) {
                    (true, true, _) => {
                        let value = self.leaves.passed(*variable);
                        quote!(let mut #name = #value;)
                    }
                    (true, false, _) => quote!(let mut #name = *#name.at;),
                    (false, true, Some(node)) => {
                        let site = format_ident!("__site_{}", node);
                        quote!(let mut #name = #name.lend(#site);)
                    }
                    _ => quote!(let mut #name = #name.lend(__state_future::Borrows);),
                },
            );
        }
        let inner = substituted(body, &mut |ident| {
            let mention = &names.mentions[mention_id(ident)?];
            let name = &names.variables[mention.variable].name;
            let lent = captured.contains_key(&mention.variable) && !moves;
            Some(if lent {
                quote!((#name.place))
            } else {
                quote!(#name)
            })
        });
        let made = make(inner);
        if wholes.is_empty() {
            return match prelude.is_empty() {
                true => made,
                false => quote!({ #prelude #made }),
            };
        }
        // The copies are never dropped, for the variables have what the closure leaves of them.
        quote!(({
            let mut __room = ::core::mem::MaybeUninit::uninit();
            let __out = __state_future::Out::new(&mut __room);
            #prelude
            __state_future::leave(async move {
                #(let mut #wholes = #wholes;)*
                __out.put(#made);
                ::core::future::pending::<()>().await;
            });
            __room.assume_init()
        }))
    }

    /// Whether a closure is put into a variable, to be referred to.
    fn keeps_closure(&self, expr: &Expr) -> bool {
        let Expr::MethodCall(call) = expr else {
            return false;
        };
        let names = &self.leaves.machine.ownership.flow.names;
        let mention = names.mention_of(&call.receiver);
        mention.is_some_and(|mention| mention.usage == Use::Held)
            && (call.method == "shared" || call.method == "exclusive")
            && matches!(call.args.first(), Some(Expr::Closure(_)))
    }

    /// What stands before a `let .. else` that may take a variable apart: the variable stays whole if it does not match.
    fn lent_to_let_else(&mut self, local: &mut syn::Local) -> Option<syn::Stmt> {
        let init = local.init.as_mut()?;
        let is_part = self.leaves.taking(&init.expr, self.bare);
        if is_part.is_some_and(|(_, site)| matches!(site.taken, Taken::Patterns { .. })) {
            return None;
        }
        let (_, diverge) = init.diverge.as_mut()?;
        let (variable, node) = self.leaves.consumed(&init.expr, self.bare)?;
        let name = variable_name(self.leaves.machine, variable);
        let site = format_ident!("__site_{}", node);
        *init.expr = parse_quote!(__lent.place);
        **diverge = parse_quote!({ #name.give_back(__lent); #diverge });
        Some(parse_quote!(let mut __lent = #name.lend(#site);))
    }

    /// The use of a part that has been taken up if it is consumed, its `arguments` evaluated.
    fn used_late(
        &mut self,
        part: &Expr,
        arguments: &Punctuated<Expr, Token![,]>,
        with: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let Some([early, place, site]) = late_part(part) else {
            return with(part.to_token_stream());
        };
        let node = match site {
            Expr::Path(path) => path.path.get_ident().and_then(site_id),
            _ => None,
        };
        if let (Some(node), false) = (node, arguments.iter().all(is_quiet)) {
            self.leaves.keeps(node, place);
        }
        let taken = quote!(#site.part_late(#early, &raw const #place).place);
        taken_or_lent(site, with(taken), with(place.to_token_stream()))
    }

    /// A closure that takes a part of what it captures would leave the rest in the variable.
    fn captured_sites(&mut self, body: &TokenStream, parts: &BTreeMap<VariableId, MentionId>) {
        let ownership = &self.leaves.machine.ownership;
        let mut sites = Vec::new();
        for_each_ident(body.clone(), &mut |ident| {
            if let Some(site) = mention_id(ident).and_then(|id| ownership.flow.names.sites.get(&id))
            {
                let held =
                    self.leaves.is_held(site.variable) && !self.bare.contains(&site.variable);
                let is_part = parts.contains_key(&site.variable);
                if held && !is_part && ownership.asked.contains(&site.node) {
                    sites.push((site.node, site.place.clone()));
                }
            }
        });
        for (node, place) in sites {
            self.leaves.keeps(node, &place);
        }
    }

    /// A `let` that takes parts out of a variable.
    fn take_apart(&mut self, local: &mut syn::Local, taking: &Taking, place: &Expr) {
        let (pattern, ty) = match &local.pat {
            Pat::Type(typed) => ((*typed.pat).clone(), Some((*typed.ty).clone())),
            pattern => (pattern.clone(), None),
        };
        let mut diverge = local.init.as_mut().and_then(|init| init.diverge.take());
        if let Some((_, diverge)) = &mut diverge {
            self.visit_expr_mut(diverge);
        }
        let diverge = diverge.map(|(_, diverge)| diverge.to_token_stream());
        let (bound, value) = self
            .leaves
            .let_apart(taking, place, &pattern, ty.as_ref(), diverge);
        local.pat = Pat::Verbatim(bound);
        if let Some(init) = &mut local.init {
            *init.expr = Expr::Verbatim(value);
        }
    }

    /// `match` on a variable that some arms may take apart; the others give it back.
    fn give_back(
        &mut self,
        variable: VariableId,
        node: NodeId,
        mut matching: syn::ExprMatch,
    ) -> Expr {
        let name = &self.leaves.machine.ownership.flow.names.variables[variable]
            .name
            .clone();
        let site = format_ident!("__site_{}", node);
        for arm in &mut matching.arms {
            self.leaves.keeps_elements(&arm.pat, node);
            if !may_move(&arm.pat) {
                let body = &arm.body;
                arm.body = parse_quote!({ #name.give_back(__lent); #body });
            }
        }
        *matching.expr = parse_quote!(__lent.place);
        parse_quote!({ let mut __lent = #name.lend(#site); #matching })
    }
}

fn guard(arm: &syn::Arm) -> Option<Expr> {
    arm.guard.as_ref().map(|(_, guard)| (**guard).clone())
}

impl VisitMut for Rewrite<'_, '_> {
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if let Some(init) = &local.init {
            if let Some((taking, site)) = self.leaves.taking(&init.expr, self.bare) {
                if matches!(site.taken, Taken::Patterns { .. }) {
                    let expr = (*init.expr).clone();
                    self.take_apart(local, &taking, &expr);
                    return;
                }
            }
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        for mut statement in std::mem::take(&mut block.stmts) {
            if let syn::Stmt::Local(local) = &mut statement {
                block.stmts.extend(self.lent_to_let_else(local));
            }
            self.visit_stmt_mut(&mut statement);
            block.stmts.push(statement);
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    /// The pattern of an `if let` is seen to with its branches.
    fn visit_expr_if_mut(&mut self, branch: &mut syn::ExprIf) {
        match &mut *branch.cond {
            Expr::Let(condition) => self.visit_expr_mut(&mut condition.expr),
            condition => self.visit_expr_mut(condition),
        }
        self.visit_block_mut(&mut branch.then_branch);
        if let Some((_, otherwise)) = &mut branch.else_branch {
            self.visit_expr_mut(otherwise);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Call::Arguments(mut list) | Call::Unknown(mut list) = macro_calls::read(mac) {
            let before: Vec<Expr> = list
                .arguments
                .iter()
                .map(|argument| argument.expr.clone())
                .collect();
            for argument in &mut list.arguments {
                self.visit_expr_mut(&mut argument.expr);
            }
            if list
                .arguments
                .iter()
                .zip(&before)
                .any(|(argument, before)| argument.expr != *before)
            {
                *mac = list.rebuild();
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if place_of(expr).is_some() {
            if let Some((taking, site)) = self.leaves.taking(expr, self.bare) {
                if matches!(site.taken, Taken::Value) {
                    *expr = Expr::Verbatim(self.leaves.part(&taking, expr));
                }
            }
            return;
        }
        match expr {
            Expr::Closure(closure) => {
                let moves = closure.capture.is_some();
                let body = without_nodes(closure.body.to_token_stream());
                let made = self.captures(moves, body, |inner| {
                    *closure.body = Expr::Verbatim(inner);
                    closure.to_token_stream()
                });
                *expr = Expr::Verbatim(made);
                return;
            }
            Expr::Async(block) => {
                let moves = block.capture;
                let body = without_nodes(block.block.to_token_stream());
                let made =
                    self.captures(moves.is_some(), body, |inner| quote!(async #moves #inner));
                *expr = Expr::Verbatim(quote!({ #made }));
                return;
            }
            Expr::Macro(call) if matches!(macro_calls::read(&call.mac), Call::OwnBlock(_)) => {
                let body = without_nodes(call.mac.tokens.clone());
                let made = self.captures(true, body, |inner| {
                    call.mac.tokens = inner;
                    call.to_token_stream()
                });
                *expr = Expr::Verbatim(quote!({ #made }));
                return;
            }
            _ => {}
        }
        let keeps_closure = self.keeps_closure(expr);
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Call(_) if early_part(expr).is_some() => {
                let Some(place) = early_part(expr) else {
                    return;
                };
                if let Some((taking, _)) = self.leaves.taking(place, self.bare) {
                    *expr = Expr::Verbatim(self.leaves.part_early(&taking, place));
                }
            }
            Expr::MethodCall(call) if keeps_closure => {
                // What is wanted here is known to be the variable's type before the closure is looked at, whose signature it decides.
                let told = format_ident!("{}_type", call.method);
                let held = &call.receiver;
                *expr = Expr::Verbatim(quote!('__told: {
                    if false {
                        break '__told #held.#told();
                    }
                    #call
                }));
            }
            Expr::MethodCall(call) if late_part(&call.receiver).is_some() => {
                let (method, turbofish, args) = (&call.method, &call.turbofish, &call.args);
                let used = self.used_late(
                    &call.receiver,
                    args,
                    |receiver| quote!(#receiver.#method #turbofish(#args)),
                );
                *expr = Expr::Verbatim(used);
            }
            Expr::Call(call) if late_part(&call.func).is_some() => {
                let args = &call.args;
                let used = self.used_late(&call.func, args, |callee| quote!((#callee)(#args)));
                *expr = Expr::Verbatim(used);
            }
            Expr::MethodCall(call) => {
                if let Some((taking, _)) = self.leaves.taking(&call.receiver, self.bare) {
                    if call.args.iter().all(is_quiet) {
                        let (method, turbofish, args) = (&call.method, &call.turbofish, &call.args);
                        *expr = Expr::Verbatim(self.leaves.receiver(
                            &taking,
                            &call.receiver,
                            |receiver| quote!(#receiver.#method #turbofish(#args)),
                        ));
                    } else {
                        self.leaves.keeps_part(&taking, &call.receiver);
                    }
                }
            }
            Expr::Struct(literal) => {
                let Some(rest) = &literal.rest else { return };
                if let Some((taking, _)) = self.leaves.taking(rest, self.bare) {
                    *expr = Expr::Verbatim(self.leaves.based(&taking, literal, rest));
                }
            }
            Expr::Let(condition) => {
                if let Some((taking, _)) = self.leaves.taking(&condition.expr, self.bare) {
                    self.leaves.keeps_part(&taking, &condition.expr);
                }
            }
            Expr::Match(matching) => {
                if let Some((taking, _)) = self.leaves.taking(&matching.expr, self.bare) {
                    let arms: Vec<_> = matching
                        .arms
                        .iter()
                        .map(|arm| (arm.pat.clone(), guard(arm)))
                        .collect();
                    let decided = self.leaves.decide(&taking, &matching.expr, &arms);
                    let (items, value) = (decided.items, decided.value);
                    let bodies = matching.arms.iter().map(|arm| &arm.body);
                    let patterns = decided.patterns;
                    *expr = Expr::Verbatim(quote!({
                        #items
                        match #value { #(#patterns => #bodies,)* }
                    }));
                    return;
                }
                if let Some((variable, node)) = self.leaves.consumed(&matching.expr, self.bare) {
                    let matching = matching.clone();
                    *expr = self.give_back(variable, node, matching);
                }
            }
            Expr::If(branch) => {
                let Expr::Let(condition) = &*branch.cond else {
                    return;
                };
                if let Some((taking, _)) = self.leaves.taking(&condition.expr, self.bare) {
                    let arms = [((*condition.pat).clone(), None), (parse_quote!(_), None)];
                    let decided = self.leaves.decide(&taking, &condition.expr, &arms);
                    let (items, value) = (decided.items, decided.value);
                    let [taken, refuted] = &decided.patterns[..] else {
                        return;
                    };
                    let then = &branch.then_branch;
                    let otherwise = branch
                        .else_branch
                        .as_ref()
                        .map_or(quote!({}), |(_, otherwise)| quote!(#otherwise));
                    *expr = Expr::Verbatim(quote!({
                        #items
                        match #value { #taken => #then, #refuted => #otherwise }
                    }));
                    return;
                }
                if let Some((variable, node)) = self.leaves.consumed(&condition.expr, self.bare) {
                    let (pattern, scrutinee, then) =
                        (&condition.pat, &condition.expr, &branch.then_branch);
                    let otherwise = branch
                        .else_branch
                        .as_ref()
                        .map_or(parse_quote!({}), |(_, otherwise)| (**otherwise).clone());
                    let matching: syn::ExprMatch =
                        parse_quote!(match #scrutinee { #pattern => #then, _ => #otherwise });
                    *expr = self.give_back(variable, node, matching);
                }
            }
            Expr::Call(call) => {
                if let Some((taking, _)) = self.leaves.taking(&call.func, self.bare) {
                    if call.args.iter().all(is_quiet) {
                        let args = &call.args;
                        *expr = Expr::Verbatim(self.leaves.receiver(
                            &taking,
                            &call.func,
                            |callee| quote!((#callee)(#args)),
                        ));
                    } else {
                        self.leaves.keeps_part(&taking, &call.func);
                    }
                    return;
                }
                if let Some(id) = match &*call.func {
                    Expr::Path(path) => path.path.get_ident().and_then(mention_id),
                    _ => None,
                } {
                    let usage = self.leaves.machine.ownership.flow.names.mentions[id].usage;
                    if matches!(usage, Use::Unclear(_)) {
                        // Without parentheses, a lent closure would be called as a method.
                        let callee = &call.func;
                        call.func = parse_quote!((#callee));
                    }
                }
            }
            Expr::Assign(assign) => {
                if let Some(refilled) = self.leaves.refilled(&assign.left, &assign.right) {
                    *expr = Expr::Verbatim(refilled);
                    return;
                }
                if let Expr::Path(path) = &*assign.left {
                    let Some(id) = path.path.get_ident().and_then(mention_id) else {
                        return;
                    };
                    let mention = &self.leaves.machine.ownership.flow.names.mentions[id];
                    if mention.usage == Use::Assign
                        && self.leaves.is_held(mention.variable)
                        && !self.bare.contains(&mention.variable)
                    {
                        let name = &self.leaves.machine.ownership.flow.names.variables
                            [mention.variable]
                            .name;
                        let value = &assign.right;
                        *expr = parse_quote!(__state_future::assign(&raw mut #name, #value));
                    }
                } else if matches!(&*assign.left, Expr::Tuple(_) | Expr::Array(_)) {
                    let mut held = false;
                    for_each_ident(assign.left.to_token_stream(), &mut |ident| {
                        if let Some(id) = mention_id(ident) {
                            let mention = &self.leaves.machine.ownership.flow.names.mentions[id];
                            held |= mention.usage == Use::Assign
                                && self.leaves.is_held(mention.variable);
                        }
                    });
                    if held {
                        let left = assign.left.clone();
                        self.leaves.refuse(left, "a destructuring assignment to a variable that lives across an `.await`", "assign one at a time");
                    }
                }
            }
            _ => {}
        }
    }
}
