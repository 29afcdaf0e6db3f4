//! The code of one operation after the other.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::code::{Emitter, End, Kind, Level};
use super::storage::{at, is_parted, variable_name, whole};
use crate::flow::{Arm, Block, Operation, Scrutinee};
use crate::ownership::Boundary;
use crate::resolve::{Taken, VariableId};

impl<'a> Emitter<'a> {
    /// The operations of the innermost block from `from` on.
    pub(super) fn operations(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        from: usize,
    ) -> (TokenStream, End) {
        let depth = levels.len() - 1;
        let block = levels[depth].block;
        let mut code = TokenStream::new();
        if from == 0 {
            code.extend(items(block));
            for variable in &block.tail_temporaries {
                code.extend(self.declare(*variable));
            }
        }
        for index in from..block.operations.len() {
            levels[depth].operation = index;
            let (tokens, leaves) = self.operation(&block.operations[index], levels);
            code.extend(tokens);
            if leaves {
                return (code, End::Leaves);
            }
        }
        if block.tail.is_none() && block.diverges {
            return (code, End::Leaves);
        }
        let value = block.tail.as_ref().map(|tail| self.leaves.emit(tail, &[]));
        (code, End::Falls(value))
    }

    fn declare(&self, variable: VariableId) -> TokenStream {
        let name = variable_name(self.machine, variable);
        let ty = &self.machine.ownership.flow.names.variables[variable].ty;
        if self.machine.ownership.storage[variable].is_held() {
            let at = at(self.machine, variable);
            let parted = is_parted(self.machine, variable);
            let ty = ty.as_ref().map(|ty| match parted {
                true => quote!(: __state_future::Parted<#ty, _>),
                false => quote!(: __state_future::Held<#ty>),
            });
            let held = whole(
                self.machine,
                variable,
                quote!(__state_future::Held::empty(#at)),
            );
            quote!(let mut #name #ty = #held;)
        } else {
            let ty = ty.as_ref().map(|ty| quote!(: #ty));
            quote!(let mut #name #ty;)
        }
    }

    /// Drops temporaries, the last one first; even if one of the drops panics, before what the statement `binds`.
    fn end_of_statement(&self, variables: &[VariableId], binds: bool) -> TokenStream {
        let held: Vec<VariableId> = variables
            .iter()
            .copied()
            .filter(|variable| self.machine.ownership.storage[*variable].is_held())
            .collect();
        if let (true, [first @ .., last]) = (binds && held.len() > 1, held.as_slice()) {
            let last = variable_name(self.machine, *last);
            let guards = first.iter().map(|variable| {
                let name = variable_name(self.machine, *variable);
                let ends = format_ident!("_{}_ends", name);
                quote!(let #ends = #name.early(true);)
            });
            return quote!({ #(#guards)* #last.drop_now(); });
        }
        let names = held
            .iter()
            .rev()
            .map(|variable| variable_name(self.machine, *variable));
        quote!(#(#names.drop_now();)*)
    }

    /// One operation; and whether the code ends with it.
    fn operation(
        &mut self,
        operation: &'a Operation,
        levels: &mut Vec<Level<'a>>,
    ) -> (TokenStream, bool) {
        match operation {
            Operation::Declare(variable) => (self.declare(*variable), false),
            Operation::Let {
                pattern,
                ty,
                value,
                otherwise,
                variables,
            } => {
                if let Some(code) =
                    self.let_apart(levels, pattern, ty.as_ref(), value, otherwise.as_ref())
                {
                    let held = self.bound(variables);
                    return (quote!(#code #held), false);
                }
                self.leaves.check_pattern(pattern, value);
                if let Some(otherwise) = otherwise {
                    let ty = ty.as_ref().map(|ty| quote!(: #ty));
                    let code = self.let_else(levels, quote!(#pattern #ty), value, otherwise);
                    let held = self.bound(variables);
                    return (quote!(#code #held), false);
                }
                let value = self.leaves.emit(value, &[]);
                let ty = ty.as_ref().map(|ty| quote!(: #ty));
                if let ([variable], None, syn::Pat::Ident(binding)) =
                    (variables.as_slice(), &ty, pattern)
                {
                    if self.machine.ownership.storage[*variable].is_held()
                        && binding.by_ref.is_none()
                    {
                        let (name, at) = (&binding.ident, at(self.machine, *variable));
                        let held = quote!(__state_future::Held::new(#at, #value));
                        let held = whole(self.machine, *variable, held);
                        return (quote!(let mut #name = #held;), false);
                    }
                }
                let held = self.bound(variables);
                (quote!(let #pattern #ty = #value; #held), false)
            }
            Operation::Evaluate(expr) => {
                let leaves = matches!(expr, syn::Expr::Return(_) | syn::Expr::Break(_));
                let code = self.leaves.emit(expr, &[]);
                (quote!(#code;), leaves)
            }
            Operation::Verbatim(statement) => (quote!(#statement), false),
            Operation::TailBegins { variable, .. } => (self.early(*variable), false),
            Operation::EndOfStatement(variables) => {
                let level = &levels[levels.len() - 1];
                let before = level.operation.checked_sub(1);
                let before = before.map(|index| &level.block.operations[index]);
                let binds = matches!(before, Some(Operation::Let { variables, .. }) if !variables.is_empty());
                (self.end_of_statement(variables, binds), false)
            }
            Operation::Await(suspension) => {
                let boundary = Boundary::Await(suspension.future);
                let name = variable_name(self.machine, suspension.future);
                let operand = self.leaves.emit(&suspension.operand, &[]);
                self.schedule(boundary, levels);
                let go = self.go(boundary);
                (
                    quote!(::core::ptr::write(__slots.#name, ::core::future::IntoFuture::into_future(#operand)); #go),
                    true,
                )
            }
            Operation::Scope { block, destination } => {
                let (inner, end) = self.inner(levels, block, Kind::Scope(*destination));
                self.wrapped(Kind::Scope(*destination), inner, end)
            }
            Operation::If {
                condition,
                then,
                otherwise,
                destination,
                join,
            } => {
                let join = Boundary::Join(*join);
                let condition = self.leaves.emit(condition, &[]);
                let then = self.branch(levels, then, *destination, join);
                let otherwise = self.branch(levels, otherwise, *destination, join);
                self.schedule(join, levels);
                let go = self.go(join);
                (quote!(if #condition #then else #otherwise #go), true)
            }
            Operation::Match {
                scrutinee,
                arms,
                destination,
                join,
            } => {
                let join = Boundary::Join(*join);
                let code = self.matching(levels, scrutinee, arms, *destination, join);
                self.schedule(join, levels);
                let go = self.go(join);
                (quote!(#code #go), true)
            }
            Operation::Loop { label, .. } => {
                self.schedule(Boundary::Leave(*label), levels);
                self.schedule(Boundary::Head(*label), levels);
                (self.go(Boundary::Head(*label)), true)
            }
            Operation::Labelled {
                label,
                block,
                destination,
            } => {
                let kind = Kind::Labelled(*label, *destination);
                let (inner, end) = self.inner(levels, block, kind);
                self.schedule(Boundary::Leave(*label), levels);
                self.wrapped(kind, inner, end)
            }
        }
    }

    /// `let` with a pattern that takes parts out of a variable.
    fn let_apart(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        pattern: &syn::Pat,
        ty: Option<&syn::Type>,
        value: &syn::Expr,
        otherwise: Option<&'a Block>,
    ) -> Option<TokenStream> {
        let (taking, site) = self.leaves.taking(value, &[])?;
        if !matches!(site.taken, Taken::Patterns { .. }) {
            return None;
        }
        let diverge = otherwise.map(|otherwise| {
            let (inner, end) = self.inner(levels, otherwise, Kind::Otherwise);
            self.wrapped(Kind::Otherwise, inner, end).0
        });
        let (bound, value) = self.leaves.let_apart(&taking, value, pattern, ty, diverge);
        let value = self.leaves.substitute(value, &[]);
        Some(quote!(let #bound = #value;))
    }

    /// `let .. else`: a variable that the pattern may take apart stays whole if it does not match.
    fn let_else(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        pattern: TokenStream,
        value: &syn::Expr,
        otherwise: &'a Block,
    ) -> TokenStream {
        let (inner, end) = self.inner(levels, otherwise, Kind::Otherwise);
        let (otherwise, _) = self.wrapped(Kind::Otherwise, inner, end);
        let Some((variable, node)) = self.leaves.consumed(value, &[]) else {
            let value = self.leaves.emit(value, &[]);
            // Before `else`, a value must not end with a brace.
            return quote!(let #pattern = (#value) else { #otherwise };);
        };
        let name = variable_name(self.machine, variable);
        let site = format_ident!("__site_{}", node);
        quote! {
            let mut __lent = #name.lend(#site);
            let #pattern = __lent.place else { #name.give_back(__lent); #otherwise };
        }
    }

    fn inner(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        block: &'a Block,
        kind: Kind,
    ) -> (TokenStream, End) {
        levels.push(Level {
            block,
            operation: 0,
            kind,
        });
        let result = self.operations(levels, 0);
        levels.pop();
        result
    }

    fn branch(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        block: &'a Block,
        destination: Option<VariableId>,
        join: Boundary,
    ) -> TokenStream {
        let bound = self.bound(&block.bound);
        let (inner, end) = self.inner(levels, block, Kind::Branch(destination, join));
        let stored = self.stored(destination, quote!(#bound #inner), end);
        quote!({ #stored })
    }

    fn bound(&self, variables: &[VariableId]) -> TokenStream {
        let is_held = |variable: &VariableId| self.machine.ownership.storage[*variable].is_held();
        let first = variables.iter().position(is_held);
        let from_first = &variables[first.unwrap_or(variables.len())..];
        from_first
            .iter()
            .map(|variable| {
                let name = variable_name(self.machine, *variable);
                if !is_held(variable) {
                    // Declared anew, for it is dropped before those that are held.
                    return quote!(let mut #name = #name;);
                }
                let at = at(self.machine, *variable);
                let held = quote!(__state_future::Held::new(#at, #name));
                let held = whole(self.machine, *variable, held);
                quote!(let mut #name = #held;)
            })
            .collect()
    }

    fn matching(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        scrutinee: &'a Scrutinee,
        arms: &'a [Arm],
        destination: Option<VariableId>,
        join: Boundary,
    ) -> TokenStream {
        if let Some(code) = self.decided(levels, scrutinee, arms, destination, join) {
            return code;
        }
        let (before, scrutinee, lent) = match scrutinee {
            Scrutinee::Direct(expr) => (TokenStream::new(), self.leaves.emit(expr, &[]), None),
            Scrutinee::Lent { variable, expr } => {
                let node = match self
                    .machine
                    .ownership
                    .flow
                    .names
                    .mentions
                    .iter()
                    .rev()
                    .find(|mention| {
                        mention.variable == *variable
                            && matches!(mention.usage, crate::resolve::Use::Unclear(_))
                            && mention.last
                    }) {
                    Some(mention) => mention.usage,
                    None => crate::resolve::Use::Place,
                };
                let held = self.machine.ownership.storage[*variable].is_held();
                for arm in arms {
                    self.leaves.check_pattern(&arm.pattern, expr);
                }
                match node {
                    crate::resolve::Use::Unclear(_) if held => {
                        let name = variable_name(self.machine, *variable);
                        let site = self.site_of(expr);
                        (
                            quote!(let mut __lent = #name.lend(#site);),
                            quote!(__lent.place),
                            Some(name),
                        )
                    }
                    _ => (TokenStream::new(), self.leaves.emit(expr, &[]), None),
                }
            }
        };
        let mut code = TokenStream::new();
        for arm in arms {
            let pattern = &arm.pattern;
            let guard = arm.guard.as_ref().map(|guard| {
                let guard = self.leaves.emit(guard, &arm.block.bound);
                quote!(if #guard)
            });
            let back = match &lent {
                Some(name) if arm.gives_back => quote!(#name.give_back(__lent);),
                _ => TokenStream::new(),
            };
            let body = self.branch(levels, &arm.block, destination, join);
            code.extend(quote!(#pattern #guard => { #back #body }));
        }
        quote!(#before match #scrutinee { #code })
    }

    /// A `match` with arms that take parts out of a variable.
    fn decided(
        &mut self,
        levels: &mut Vec<Level<'a>>,
        scrutinee: &'a Scrutinee,
        arms: &'a [Arm],
        destination: Option<VariableId>,
        join: Boundary,
    ) -> Option<TokenStream> {
        let Scrutinee::Direct(place) = scrutinee else {
            return None;
        };
        let (taking, _) = self.leaves.taking(place, &[])?;
        let patterns: Vec<_> = arms
            .iter()
            .map(|arm| (arm.pattern.clone(), arm.guard.clone()))
            .collect();
        let decided = self.leaves.decide(&taking, place, &patterns);
        let (items, patterns) = (decided.items, decided.patterns);
        let value = self.leaves.substitute(decided.value, &[]);
        let bodies: Vec<_> = arms
            .iter()
            .map(|arm| self.branch(levels, &arm.block, destination, join))
            .collect();
        Some(quote!({ #items match #value { #(#patterns => #bodies)* } }))
    }

    fn site_of(&self, expr: &syn::Expr) -> TokenStream {
        let syn::Expr::Path(path) = expr else {
            return TokenStream::new();
        };
        let id = path.path.get_ident().and_then(crate::resolve::mention_id);
        match id.map(|id| self.machine.ownership.flow.names.mentions[id].usage) {
            Some(crate::resolve::Use::Unclear(node)) => {
                let site = format_ident!("__site_{}", node);
                quote!(#site)
            }
            _ => TokenStream::new(),
        }
    }
}

/// The items of a block, which stand in each of its pieces.
pub(super) fn items(block: &Block) -> TokenStream {
    let items = &block.items;
    quote!(#(#items)*)
}
