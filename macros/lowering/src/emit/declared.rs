//! The types of a generic named machine's variables, as the user declares them.
//!
//! A struct with type parameters cannot ask for a constant size, so the room for its machine is made of types: each variable that
//! lives across an await, and each awaited future, needs one that is written somewhere.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Error, Expr, Lit, Pat, Type, parse_quote};

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
    };
    let parameters = machine.ownership.flow.parameters.iter();
    for (variable, parameter) in parameters.zip(&function.parameters) {
        found.types[*variable] = Some(parameter.ty.clone());
    }
    found.block(&machine.ownership.flow.root);
    let mut types = Vec::new();
    let mut missing: Option<Error> = None;
    for slot in machine.values() {
        match &found.types[slot.variable] {
            Some(ty) => types.push(ty.clone()),
            None => {
                let error = undeclared(machine, slot);
                match &mut missing {
                    Some(all) => all.combine(error),
                    None => missing = Some(error),
                }
            }
        }
    }
    if let Some(error) = missing {
        return Err(error);
    }
    let field = |slot: &Slot| {
        let name = &slot.name;
        let mut values = machine.values();
        match slot.content {
            Content::IsLive => quote!(#name: bool),
            Content::Moved => quote!(#name: u32),
            Content::Value => {
                let index = values.position(|value| value.variable == slot.variable);
                let ty = index.map(|index| &types[index]);
                quote!(#name: #ty)
            }
        }
    };
    let states = machine.states.iter().map(|state| {
        let name = &state.name;
        let slots = state.fields.iter().map(|(slot, _)| &machine.slots[*slot]);
        let fields = slots.map(field);
        quote!(#name { #(#fields),* })
    });
    let states = states.collect();
    Ok(Declared { types, states })
}

fn undeclared(machine: &Machine, slot: &Slot) -> Error {
    let variable = &machine.ownership.flow.names.variables[slot.variable];
    let state = machine.states.iter().find(|state| {
        let mut held = machine.variables(state);
        state.awaited.is_some() && held.any(|(variable, _)| variable == slot.variable)
    });
    let awaited = state.and_then(|state| state.awaited.as_ref());
    let source = awaited.map_or("", |awaited| awaited.source.as_str());
    let span = sending::held(machine, slot).0;
    let message = if machine.labels.contains_key(&Boundary::Await(slot.variable)) {
        format!(
            "a named machine with type parameters needs the type of what is awaited here\nhelp: write \
             `let future: Type = {source};`, then `future.await`"
        )
    } else if variable.temporary {
        format!(
            "a named machine with type parameters cannot hold a value without a name across `{source}.await`\nhelp: put it \
             into a variable with a type, or end its statement before"
        )
    } else {
        let name = &variable.name;
        format!(
            "a named machine with type parameters needs the type of `{name}`, which lives across `{source}.await`\nhelp: write \
             `let {name}: Type = ..`"
        )
    };
    Error::new(span, message)
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
                    otherwise,
                } => {
                    let written = ty.clone().or_else(|| self.value(value));
                    if let Some(ty) = written {
                        self.pattern(pattern, &ty, variables);
                    }
                    otherwise.iter().for_each(|block| self.block(block));
                }
                Operation::Await(suspension) => {
                    let ty = self.future(&suspension.operand);
                    self.types[suspension.future] = ty;
                }
                Operation::Scope { block, .. }
                | Operation::Loop { block, .. }
                | Operation::Labelled { block, .. } => self.block(block),
                Operation::If {
                    then, otherwise, ..
                } => {
                    self.block(then);
                    self.block(otherwise);
                }
                Operation::Match { arms, .. } => arms.iter().for_each(|arm| self.block(&arm.block)),
                Operation::Evaluate(_)
                | Operation::Verbatim(_)
                | Operation::TailBegins { .. }
                | Operation::EndOfStatement(_) => {}
            }
        }
    }

    /// The type of a value that says it itself, or is a variable's.
    fn value(&self, value: &Expr) -> Option<Type> {
        match value {
            Expr::Path(path) => {
                let id = path.path.get_ident().and_then(mention_id)?;
                self.types[self.machine.ownership.flow.names.mentions[id].variable].clone()
            }
            Expr::Paren(inner) => self.value(&inner.expr),
            Expr::Lit(literal) => of_literal(&literal.lit),
            _ => None,
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

    /// The type of an awaited expression: that of a variable, or, as the convention is, `path::Fetch` of `path::fetch(..)`.
    fn future(&self, operand: &Expr) -> Option<Type> {
        match operand {
            Expr::Path(path) => {
                let id = path.path.get_ident().and_then(mention_id)?;
                let variable = self.machine.ownership.flow.names.mentions[id].variable;
                let ty = self.types[variable].clone()?;
                Some(parse_quote!(<#ty as ::core::future::IntoFuture>::IntoFuture))
            }
            Expr::Paren(inner) => self.future(&inner.expr),
            Expr::Call(call) => {
                let Expr::Path(function) = &*call.func else {
                    return None;
                };
                let mut path = function.path.clone();
                let last = path.segments.last_mut()?;
                if function.qself.is_some() || !last.arguments.is_none() {
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
