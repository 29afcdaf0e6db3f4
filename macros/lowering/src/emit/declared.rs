//! The types of a generic named machine's variables, as the user declares them.
//!
//! A struct with type parameters cannot ask for a constant size, so the room for its machine is made of types: each variable that
//! lives across an await, and each awaited future, needs one that is written somewhere.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Error, Expr, Lifetime, Lit, ParenthesizedGenericArguments, Pat, Type, parse_quote};

use super::sending;
use crate::flow::{Block, Operation};
use crate::input::Function;
use crate::machine::{Content, Machine, Slot, camel};
use crate::ownership::Boundary;
use crate::resolve::{VariableId, mention_id};

/// What is declared of a machine.
pub struct Declared {
    /// The type of each slot, in order.
    pub types: Vec<Type>,
    /// The fields of each state, as those of an enum's variants.
    pub states: Vec<TokenStream>,
}

/// Finds the types, or says what to write for each that is missing.
pub fn declared(machine: &Machine, function: &Function) -> syn::Result<Declared> {
    let mut found = Found {
        machine,
        types: vec![None; machine.ownership.flow.names.variables.len()],
        awaited: BTreeMap::new(),
    };
    let parameters = machine.ownership.flow.parameters.iter();
    for (variable, parameter) in parameters.zip(&function.parameters) {
        found.types[*variable] = Some(parameter.ty.clone());
    }
    found.block(&machine.ownership.flow.root);
    let mut types = Vec::new();
    let mut missing: Vec<(VariableId, Error)> = Vec::new();
    for slot in machine.values() {
        let problem = match &found.types[slot.variable] {
            Some(ty) => unfinished(machine, slot, ty),
            None => undeclared(machine, slot, &found.awaited),
        };
        match (problem, &found.types[slot.variable]) {
            (None, Some(ty)) => types.push(ty.clone()),
            (None, None) => {}
            (Some(error), _) => missing.push((slot.variable, error)),
        }
    }
    // In the order of their declaration, not as they lie.
    missing.sort_by_key(|(variable, _)| *variable);
    let missing = missing.into_iter().map(|(_, error)| error);
    if let Some(error) = missing.reduce(|mut all, error| {
        all.combine(error);
        all
    }) {
        return Err(error);
    }
    let field = |slot: &Slot| {
        let name = &slot.name;
        let mut values = machine.values();
        match slot.content {
            Content::IsLive => quote!(#name: bool),
            Content::Moved => {
                let bits = super::rooms::bits_type(machine, slot.variable);
                quote!(#name: #bits)
            }
            Content::Value => {
                let index = values.position(|value| value.variable == slot.variable);
                let ty = index.map(|index| &types[index]);
                quote!(#name: #ty)
            }
        }
    };
    let states = machine.states.iter().map(|state| {
        let name = &state.name;
        let slots = state.fields.iter().map(|field| &machine.slots[field.slot]);
        let fields = slots.map(field);
        quote!(#name { #(#fields),* })
    });
    let states = states.collect();
    Ok(Declared { types, states })
}

/// The source text of the first await that keeps the variable.
fn keeper<'a>(machine: &'a Machine, slot: &Slot) -> &'a str {
    let state = machine.states.iter().find(|state| {
        let mut held = machine.variables(state);
        state.awaited.is_some() && held.any(|(variable, _)| variable == slot.variable)
    });
    let awaited = state.and_then(|state| state.awaited.as_ref());
    awaited.map_or("", |awaited| awaited.source.as_str())
}

/// What to write for a type that is missing. A variable that is awaited itself is told of only once.
fn undeclared(
    machine: &Machine,
    slot: &Slot,
    awaited: &BTreeMap<VariableId, VariableId>,
) -> Option<Error> {
    let names = &machine.ownership.flow.names.variables;
    let source = keeper(machine, slot);
    let at = sending::held(machine, slot).0;
    let is_future = machine.labels.contains_key(&Boundary::Await(slot.variable));
    let (span, message) = match awaited.get(&slot.variable) {
        Some(variable) if machine.values().any(|other| other.variable == *variable) => return None,
        Some(variable) => {
            let name = &names[*variable].name;
            let message = format!(
                "a named machine with type parameters needs the type of `{name}`, which is awaited\nhelp: write `let {name}: Type = ..`"
            );
            (name.span(), message)
        }
        None if is_future => {
            let message = format!(
                "a named machine with type parameters needs the type of what is awaited here\nhelp: write \
                 `let future: Type = {source};`, then `future.await`"
            );
            (at, message)
        }
        None if names[slot.variable].temporary => {
            let message = format!(
                "a named machine with type parameters cannot hold a value without a name across `{source}.await`\nhelp: put it \
                 into a variable with a type, or end its statement before"
            );
            (at, message)
        }
        None => {
            let name = &names[slot.variable].name;
            let message = format!(
                "a named machine with type parameters needs the type of `{name}`, which lives across `{source}.await`\nhelp: write \
                 `let {name}: Type = ..`"
            );
            (at, message)
        }
    };
    Some(Error::new(span, message))
}

/// What is said of a type that a struct cannot have.
fn unfinished(machine: &Machine, slot: &Slot, ty: &Type) -> Option<Error> {
    let source = keeper(machine, slot);
    let name = &machine.ownership.flow.names.variables[slot.variable].name;
    let mut search = LeftOut(None);
    search.visit_type(ty);
    let (span, what, help) = search.0?;
    let message = match machine.labels.contains_key(&Boundary::Await(slot.variable)) {
        true => format!(
            "a named machine with type parameters needs the whole type of what is awaited; it leaves out {what}\nhelp: {help}"
        ),
        false => format!(
            "a named machine with type parameters needs the whole type of `{name}`, which lives across `{source}.await`; it leaves \
             out {what}\nhelp: {help}"
        ),
    };
    Some(Error::new(span, message))
}

/// The first thing in a type that a `let` may leave out and a struct may not.
struct LeftOut(Option<(Span, &'static str, &'static str)>);

impl LeftOut {
    fn found(&mut self, span: Span, what: &'static str, help: &'static str) {
        self.0.get_or_insert((span, what, help));
    }
}

const LIFETIME: &str = "name the function's lifetime that it is; what borrows from the function's own variables cannot be named, \
                        so end it before the `.await`, or move the variable into what borrows it";

impl<'ast> Visit<'ast> for LeftOut {
    fn visit_type(&mut self, ty: &'ast Type) {
        match ty {
            // Lifetimes are left out of a function's type in any place.
            Type::BareFn(_) => {}
            Type::Infer(infer) => self.found(infer.span(), "a part", "write it out"),
            Type::Reference(reference) if reference.lifetime.is_none() => {
                self.found(reference.and_token.span, "a lifetime", LIFETIME);
            }
            _ => visit::visit_type(self, ty),
        }
    }

    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast ParenthesizedGenericArguments) {}

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        if lifetime.ident == "_" {
            self.found(lifetime.span(), "a lifetime", LIFETIME);
        }
    }
}

/// `true`, `'a'`, `"text"`, `3u8`.
fn of_literal(literal: &Lit) -> Option<Type> {
    match literal {
        Lit::Bool(_) => Some(parse_quote!(bool)),
        Lit::Char(_) => Some(parse_quote!(char)),
        Lit::Byte(_) => Some(parse_quote!(u8)),
        Lit::Str(_) => Some(parse_quote!(&'static str)),
        Lit::Int(number) => syn::parse_str(number.suffix()).ok(),
        Lit::Float(number) => syn::parse_str(number.suffix()).ok(),
        _ => None,
    }
}

struct Found<'a> {
    machine: &'a Machine,
    types: Vec<Option<Type>>,
    /// The futures that are variables of the user's, and these.
    awaited: BTreeMap<VariableId, VariableId>,
}

impl Found<'_> {
    fn block(&mut self, block: &Block) {
        for operation in &block.operations {
            match operation {
                Operation::Declare(variable) => {
                    let ty = &self.machine.ownership.flow.names.variables[*variable].ty;
                    if let Some(ty) = ty {
                        self.types[*variable] = Some(ty.clone());
                    }
                }
                Operation::Let {
                    pattern,
                    ty,
                    value,
                    variables,
                    ..
                } => {
                    let written = ty.clone().or_else(|| self.value(value));
                    if let Some(ty) = written {
                        self.pattern(pattern, &ty, variables);
                    }
                }
                Operation::Await(suspension) => {
                    let ty = self.future(&suspension.operand);
                    if let Some(variable) = self.mentioned(&suspension.operand) {
                        self.awaited.insert(suspension.future, variable);
                    }
                    self.types[suspension.future] = ty;
                }
                _ => {}
            }
            let blocks = operation.blocks().into_iter();
            blocks.for_each(|block| self.block(block));
        }
    }

    fn mentioned(&self, value: &Expr) -> Option<VariableId> {
        match value {
            Expr::Path(_) => {
                let names = &self.machine.ownership.flow.names;
                Some(names.mention_of(value)?.variable)
            }
            Expr::Paren(inner) => self.mentioned(&inner.expr),
            _ => None,
        }
    }

    /// The type of a value that says it itself, or is a variable's.
    fn value(&self, value: &Expr) -> Option<Type> {
        match value {
            Expr::Lit(literal) => of_literal(&literal.lit),
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Tuple(tuple) => {
                let types: Option<Vec<_>> =
                    tuple.elems.iter().map(|part| self.value(part)).collect();
                let types = types?;
                Some(parse_quote!((#(#types,)*)))
            }
            _ => self.types[self.mentioned(value)?].clone(),
        }
    }

    /// The variables of a pattern that is matched against a value of the type.
    fn pattern(&mut self, pattern: &Pat, ty: &Type, variables: &[VariableId]) {
        match (pattern, ty) {
            (_, Type::Paren(inner)) => self.pattern(pattern, &inner.elem, variables),
            (_, Type::Group(inner)) => self.pattern(pattern, &inner.elem, variables),
            (Pat::Paren(inner), _) => self.pattern(&inner.pat, ty, variables),
            (Pat::Ident(binding), _) if binding.by_ref.is_none() => {
                let names = &self.machine.ownership.flow.names.variables;
                let mut named = variables
                    .iter()
                    .filter(|it| names[**it].name == binding.ident);
                if let Some(variable) = named.next() {
                    self.types[*variable] = Some(ty.clone());
                }
            }
            (Pat::Tuple(pattern), Type::Tuple(ty)) if pattern.elems.len() == ty.elems.len() => {
                for (pattern, ty) in pattern.elems.iter().zip(&ty.elems) {
                    self.pattern(pattern, ty, variables);
                }
            }
            _ => {}
        }
    }

    /// The type of an awaited expression: that of a variable, or, as the convention is, `path::Fetch<T>` of `path::fetch::<T>(..)`.
    fn future(&self, operand: &Expr) -> Option<Type> {
        match operand {
            Expr::Path(_) => {
                let ty = self.types[self.mentioned(operand)?].clone()?;
                Some(parse_quote!(<#ty as ::core::future::IntoFuture>::IntoFuture))
            }
            Expr::Paren(inner) => self.future(&inner.expr),
            Expr::Call(call) => {
                let Expr::Path(function) = &*call.func else {
                    return None;
                };
                let mut path = function.path.clone();
                let last = path.segments.last_mut()?;
                if function.qself.is_some() {
                    return None;
                }
                let name = last.ident.to_string();
                if name.starts_with(char::is_uppercase) || mention_id(&last.ident).is_some() {
                    return None;
                }
                last.ident = syn::Ident::new(&camel(&name), last.ident.span());
                syn::parse2(path.to_token_stream()).ok()
            }
            _ => None,
        }
    }
}
