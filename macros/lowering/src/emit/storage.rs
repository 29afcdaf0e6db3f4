//! The `Held`s that stand for variables while the machine runs.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::machine::Machine;
use crate::ownership::{Boundary, Status, Storage};
use crate::resolve::VariableId;

pub fn variable_name(machine: &Machine, variable: VariableId) -> Ident {
    machine.ownership.flow.names.variables[variable]
        .name
        .clone()
}

fn on_stack(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_on_stack", plain(machine, variable))
}

fn flag(machine: &Machine, variable: VariableId) -> Ident {
    format_ident!("__{}_is_live", plain(machine, variable))
}

fn plain(machine: &Machine, variable: VariableId) -> String {
    variable_name(machine, variable)
        .to_string()
        .trim_start_matches("r#")
        .to_string()
}

/// What the poll function declares before its loop.
pub fn declarations(machine: &Machine) -> TokenStream {
    let mut declarations = TokenStream::new();
    for node in &machine.kinds {
        let (field, site) = (
            super::types::kind_field(*node),
            format_ident!("__site_{}", node),
        );
        declarations.extend(quote!(__state_future::answered(__slots.#field, #site);));
    }
    for (variable, storage) in machine.ownership.storage.iter().enumerate() {
        let name = on_stack(machine, variable);
        if matches!(storage, Storage::Stack { .. } | Storage::Kept { .. }) {
            declarations.extend(quote!(let mut #name = ::core::mem::MaybeUninit::uninit();));
        }
        if matches!(
            storage,
            Storage::Stack { flagged: true } | Storage::Kept { flagged: true, .. }
        ) {
            let flag = flag(machine, variable);
            declarations.extend(quote!(let mut #flag = false;));
        }
    }
    declarations
}

/// Where the variable lives.
pub fn at(machine: &Machine, variable: VariableId) -> TokenStream {
    let name = variable_name(machine, variable);
    let stack = on_stack(machine, variable);
    match machine.ownership.storage[variable] {
        Storage::Saved { flagged: true } => quote!(__state_future::Flagged::value(__slots.#name)),
        Storage::Saved { .. } | Storage::Local => quote!(__slots.#name),
        Storage::Stack { .. } => quote!(#stack.as_mut_ptr()),
        Storage::Kept { node, .. } => {
            let site = format_ident!("__site_{}", node);
            quote!(__state_future::kept(#site, __slots.#name, &mut #stack))
        }
    }
}

/// The `Held` of a variable at the beginning of a piece of the poll function.
pub fn resume(
    machine: &Machine,
    variable: VariableId,
    status: Status,
    boundary: Boundary,
) -> TokenStream {
    let name = variable_name(machine, variable);
    let at = at(machine, variable);
    let flag = flag(machine, variable);
    let storage = machine.ownership.storage[variable];
    let suspended = matches!(boundary, Boundary::Await(_) | Boundary::Start);
    let held = match (storage, status) {
        (_, Status::Vacant) => quote!(__state_future::Held::empty(#at)),
        (Storage::Saved { flagged: true }, _) => {
            quote!(__state_future::Held::resume_flagged(__slots.#name))
        }
        (Storage::Kept { node, .. }, _) if suspended => asked(&at, node),
        (storage, Status::Unknown) if storage.is_flagged() => {
            quote!(__state_future::Held::resume_if(#at, #flag))
        }
        (_, Status::Asked(node)) => asked(&at, node),
        _ => quote!(__state_future::Held::resume(#at)),
    };
    quote!(let mut #name = #held;)
}

fn asked(at: &TokenStream, node: usize) -> TokenStream {
    let site = format_ident!("__site_{}", node);
    quote!(__state_future::Held::resume_if(#at, __state_future::leaves(#site)))
}

/// Leaves a variable in its place, on the way to a boundary.
pub fn keep(machine: &Machine, variable: VariableId, status: Status) -> TokenStream {
    let name = variable_name(machine, variable);
    let flag = flag(machine, variable);
    match (machine.ownership.storage[variable], status) {
        (_, Status::Vacant) => TokenStream::new(),
        (Storage::Saved { flagged: true }, _) => {
            quote!(*__state_future::Flagged::flag(__slots.#name) = #name.keep_if_live();)
        }
        (_, Status::Unknown) => quote!(#flag = #name.keep_if_live();),
        _ => quote!(#name.keep();),
    }
}
