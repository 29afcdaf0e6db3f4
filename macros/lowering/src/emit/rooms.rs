//! The types of the machine's fields, and where each lies.
//!
//! What expressions may consume has a type that depends on the answers, and so has what lies behind it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::storage::noted;
use super::types::{kind_name, parameter, places};
use crate::machine::{Content, Field, Machine, Slot};
use crate::ownership::Status;
use crate::resolve::{NodeId, VariableId};

/// The type of a variable's place.
pub fn value_type(machine: &Machine, variable: VariableId) -> TokenStream {
    let ty = parameter(machine, variable);
    match machine.ownership.keepers.get(&variable) {
        Some(nodes) => kept(nodes, ty),
        None => ty,
    }
}

/// Room for a variable that is there unless the expressions of all these nodes consume it.
fn kept(nodes: &BTreeSet<NodeId>, ty: TokenStream) -> TokenStream {
    let mut kinds = nodes.iter().rev().map(|node| kind_name(*node));
    let last = kinds.next().map(ToTokens::into_token_stream);
    let kinds = kinds.fold(last, |others, kind| {
        Some(quote!(__state_future::Both<#kind, #others>))
    });
    quote!(__state_future::Kept<#kinds, #ty>)
}

/// A pointer to what the slot lies behind.
pub fn base(machine: &Machine, slot: &Slot) -> TokenStream {
    let Some(below) = slot.below.map(|below| &machine.slots[below]) else {
        let places = places(machine);
        return quote!(__states.cast::<#places>());
    };
    let (name, unless) = (&below.name, &slot.below_unless);
    let own = machine.ownership.keepers.get(&below.variable);
    if unless.is_empty() || own == Some(unless) {
        return quote!(#name);
    }
    // Room of no size is not aligned either.
    let (base, room) = (base(machine, below), room(machine, below, unless));
    quote!(__state_future::after::<_, #room>(#base))
}

/// The room of a slot in states where it depends on these nodes.
fn room(machine: &Machine, slot: &Slot, unless: &BTreeSet<NodeId>) -> TokenStream {
    if unless.is_empty() {
        return slot_type(machine, slot);
    }
    kept(unless, parameter(machine, slot.variable))
}

/// The type of a slot.
pub fn slot_type(machine: &Machine, slot: &Slot) -> TokenStream {
    match slot.content {
        Content::Value => value_type(machine, slot.variable),
        Content::IsLive => is_live_type(slot),
        Content::Moved => moved_type(machine, slot.variable),
    }
}

/// The type with a bit for each part of the variable.
pub fn bits_type(machine: &Machine, variable: VariableId) -> TokenStream {
    match machine.ownership.parts.of[&variable].len() {
        ..=8 => quote!(u8),
        9..=32 => quote!(u32),
        _ => quote!(u64),
    }
}

/// The type of what tells which parts of a variable are gone: nothing if none can be.
fn moved_type(machine: &Machine, variable: VariableId) -> TokenStream {
    let bits = bits_type(machine, variable);
    let nodes = noted(machine, variable).into_iter();
    nodes.fold(quote!(()), |otherwise, node| {
        let kind = kind_name(node);
        quote!(<#kind as __state_future::Keeping>::IfConsumes<#bits, #otherwise>)
    })
}

/// The type of what tells whether a variable has a value: nothing if the answers alone do.
fn is_live_type(slot: &Slot) -> TokenStream {
    if slot.noted.is_empty() {
        return quote!(bool);
    }
    let choose = |node: &NodeId, consumed: &TokenStream, left: &TokenStream| {
        let kind = kind_name(*node);
        quote!(<#kind as __state_future::Keeping>::IfConsumes<#consumed, #left>)
    };
    slot.noted.iter().fold(quote!(()), |otherwise, ways| {
        // There is something to note if some expression consumes it and others leave it, or a path does without asking.
        let all_consume = || {
            let nodes = ways.asked.iter();
            nodes.fold(otherwise.clone(), |all, node| {
                choose(node, &all, &quote!(bool))
            })
        };
        let none_consumes = || {
            let nodes = ways.asked.iter();
            nodes.fold(otherwise.clone(), |all, node| {
                choose(node, &quote!(bool), &all)
            })
        };
        match (ways.vacant, ways.live, ways.asked.first()) {
            (true, _, _) => all_consume(),
            (_, true, _) => none_consumes(),
            (_, _, Some(first)) => choose(first, &all_consume(), &none_consumes()),
            _ => otherwise.clone(),
        }
    })
}

/// The type of a state's field.
pub fn field_type(machine: &Machine, field: &Field) -> TokenStream {
    let slot = &machine.slots[field.slot];
    let room = room(machine, slot, &field.unless);
    let depends = match &machine.ownership.keepers.get(&slot.variable) {
        _ if !field.unless.is_empty() => Some(&field.unless),
        keepers => *keepers,
    };
    match (field.status, depends) {
        (Status::Vacant, _) => quote!(__state_future::Vacant<#room>),
        // The room is there if, and only if, there is a value in it.
        (Status::Asked(_), Some(nodes)) if nodes.len() == 1 => room,
        (Status::Asked(node), None) => {
            let kind = kind_name(node);
            quote!(__state_future::Asked<#kind, #room>)
        }
        (Status::Asked(_) | Status::Unknown, _) => quote!(::core::mem::MaybeUninit<#room>),
        (Status::Live, _) => room,
    }
}
