//! Expressions without awaits, with their mentions turned into what stands for the variables.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Pat, parse_quote};

use super::tokens::{for_each_ident, substituted, without_nodes};
use crate::machine::Machine;
use crate::macro_calls::{self, Call};
use crate::resolve::{NodeId, Use, VariableId, may_move, mention_id, node_of};

/// Emits expressions; collects what cannot be emitted exactly.
pub struct Leaves<'a> {
    machine: &'a Machine,
    pub errors: Vec<syn::Error>,
}

impl<'a> Leaves<'a> {
    pub fn new(machine: &'a Machine) -> Self {
        Leaves {
            machine,
            errors: Vec::new(),
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

    fn substitute(&mut self, tokens: TokenStream, bare: &[VariableId]) -> TokenStream {
        let tokens = without_nodes(tokens);
        substituted(tokens, &mut |ident| {
            Some(self.mention(mention_id(ident)?, bare))
        })
    }

    fn mention(&self, id: usize, bare: &[VariableId]) -> TokenStream {
        let names = &self.machine.ownership.flow.names;
        let mention = &names.mentions[id];
        let name = &names.variables[mention.variable].name;
        if mention.usage == Use::Held
            || bare.contains(&mention.variable)
            || !self.is_held(mention.variable)
        {
            return quote!(#name);
        }
        match mention.usage {
            Use::Value if mention.last && mention.captured_by.is_none() => quote!(#name.take()),
            Use::Unclear(node) if mention.last && mention.captured_by.is_none() => {
                let site = format_ident!("__site_{}", node);
                quote!(#name.lend(#site).place)
            }
            _ => quote!((*#name.at)),
        }
    }

    /// The held variable that an expression mentions, if it is nothing but a mention that may consume it.
    pub fn consumed(&self, expr: &Expr, bare: &[VariableId]) -> Option<(VariableId, NodeId)> {
        let Expr::Path(path) = expr else { return None };
        let mention = &self.machine.ownership.flow.names.mentions
            [path.path.get_ident().and_then(mention_id)?];
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

    /// What must hold for a `let` whose pattern takes a held variable apart.
    pub fn check_let(&self, pattern: &Pat, value: &Expr) -> TokenStream {
        match self.consumed(value, &[]) {
            Some((_, node)) if crate::flow::leaves_something(pattern) => {
                let check = crate::flow::takes_nothing(pattern, node);
                quote!(#check;)
            }
            _ => TokenStream::new(),
        }
    }
}

struct Rewrite<'a, 'b> {
    leaves: &'a mut Leaves<'b>,
    bare: &'a [VariableId],
}

impl Rewrite<'_, '_> {
    /// A closure or async block over held variables: they are moved or lent to it where it is made.
    fn captures(&mut self, moves: bool, body: TokenStream) -> (TokenStream, TokenStream) {
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
        let mut prelude = TokenStream::new();
        if moves {
            for (variable, last) in &captured {
                let reference = names.variables[*variable].reference;
                if *last && !reference && only_fields(names, body.clone(), *variable) {
                    let name = names.variables[*variable].name.clone();
                    self.leaves.refuse(
                        name,
                        "a `move` closure or block that captures only a field of this variable, which lives across an `.await`",
                        "take the field into a variable of its own before",
                    );
                }
            }
        }
        for (variable, last) in &captured {
            let name = &names.variables[*variable].name;
            prelude.extend(
                match (moves, last, names.capture(body.clone(), *variable)) {
                    (true, true, _) => quote!(let mut #name = #name.take();),
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
        (prelude, inner)
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
        let mut checks = TokenStream::new();
        for arm in &mut matching.arms {
            if !may_move(&arm.pat) {
                let body = &arm.body;
                arm.body = parse_quote!({ #name.give_back(__lent); #body });
            } else if crate::flow::leaves_something(&arm.pat) {
                let check = crate::flow::takes_nothing(&arm.pat, node);
                checks.extend(quote!(#check;));
            }
        }
        *matching.expr = parse_quote!(__lent.place);
        parse_quote!({ #checks let mut __lent = #name.lend(#site); #matching })
    }
}

/// Whether every mention of the variable is followed by a field: then only the field is captured.
fn only_fields(names: &crate::resolve::Names, tokens: TokenStream, variable: VariableId) -> bool {
    let tokens: Vec<proc_macro2::TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().all(|(index, token)| match token {
        proc_macro2::TokenTree::Group(group) => only_fields(names, group.stream(), variable),
        proc_macro2::TokenTree::Ident(ident) => {
            let mentioned = mention_id(ident).map(|id| names.mentions[id].variable);
            if mentioned != Some(variable) {
                return true;
            }
            let dot = matches!(tokens.get(index + 1), Some(proc_macro2::TokenTree::Punct(dot)) if dot.as_char() == '.');
            let call = matches!(tokens.get(index + 3), Some(proc_macro2::TokenTree::Group(group))
                if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
            let turbofish = matches!(tokens.get(index + 3), Some(proc_macro2::TokenTree::Punct(colon)) if colon.as_char() == ':');
            dot && !call && !turbofish
        }
        _ => true,
    })
}

impl VisitMut for Rewrite<'_, '_> {
    fn visit_local_mut(&mut self, local: &mut syn::Local) {
        if let Some(init) = &local.init {
            if init.diverge.is_some() && self.leaves.consumed(&init.expr, self.bare).is_some() {
                self.leaves.refuse(
                    &init.expr,
                    "a `let .. else` within an expression that takes a variable which lives across an `.await`",
                    "use `match`",
                );
            }
        }
        visit_mut::visit_local_mut(self, local);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

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
        match expr {
            Expr::Closure(closure) => {
                let moves = closure.capture.is_some();
                let body = without_nodes(closure.body.to_token_stream());
                let (prelude, inner) = self.captures(moves, body);
                *closure.body = Expr::Verbatim(inner);
                if !prelude.is_empty() {
                    *expr = Expr::Verbatim(quote!({ #prelude #expr }));
                }
                return;
            }
            Expr::Async(block) => {
                let moves = block.capture;
                let body = without_nodes(block.block.to_token_stream());
                let (prelude, inner) = self.captures(moves.is_some(), body);
                *expr = Expr::Verbatim(quote!({ #prelude async #moves #inner }));
                return;
            }
            Expr::Macro(call) if matches!(macro_calls::read(&call.mac), Call::OwnBlock(_)) => {
                let body = without_nodes(call.mac.tokens.clone());
                let (prelude, inner) = self.captures(true, body);
                call.mac.tokens = inner;
                *expr = Expr::Verbatim(quote!({ #prelude #call }));
                return;
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Field(field) => {
                let ownership = &self.leaves.machine.ownership;
                let variable = ownership.flow.names.field_of(field);
                let held = variable.is_some_and(|variable| {
                    self.leaves.is_held(variable) && !self.bare.contains(&variable)
                });
                let node = node_of(&field.attrs).filter(|node| ownership.asked.contains(node));
                if let (true, Some(node)) = (held, node) {
                    let site = format_ident!("__site_{}", node);
                    let span = syn::spanned::Spanned::span(&field.member);
                    *expr = syn::parse_quote_spanned!(span=> ({
                        __state_future::copies_field(#site);
                        #expr
                    }));
                }
            }
            Expr::Match(matching) => {
                if let Some((variable, node)) = self.leaves.consumed(&matching.expr, self.bare) {
                    let matching = matching.clone();
                    *expr = self.give_back(variable, node, matching);
                }
            }
            Expr::If(branch) => {
                let Expr::Let(condition) = &*branch.cond else {
                    return;
                };
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
