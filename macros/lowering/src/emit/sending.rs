//! When the machine is `Send`, said so that whoever needs it and does not have it is shown the variable and the await.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::rooms::value_type;
use super::tokens::spanned;
use crate::machine::{Machine, Slot, State};
use crate::ownership::Boundary;

/// The implementation of `Send`, on the conditions that the compiler would find by itself: each variable's place must be `Send`.
/// Where one of them is not, rustc points at the bound. So that is written over the part of the user's code in which the
/// variable is held: from its name to the first `.await` that keeps it.
pub fn sending(
    machine: &Machine,
    parameters: &TokenStream,
    arguments: &TokenStream,
) -> TokenStream {
    let bounds = machine.values().map(|slot| {
        let ty = value_type(machine, slot.variable);
        let (from, to) = held(machine, slot);
        let path = quote_spanned!(from=> ::core::marker::);
        let name = quote_spanned!(to=> Send);
        quote!(#ty: #path #name)
    });
    let name = &machine.name;
    let arguments = spanned(arguments.clone(), name.span());
    quote! {
        unsafe impl #parameters ::core::marker::Send for #name #arguments where #(#bounds),* {}
    }
}

/// Where the variable is named, and the `.await` that keeps it first. A future is named by the `.await` itself.
pub fn held(machine: &Machine, slot: &Slot) -> (Span, Span) {
    let variable = &machine.ownership.flow.names.variables[slot.variable];
    let keeps = |state: &State| {
        let mut variables = machine.variables(state);
        variables.any(|(variable, _)| variable == slot.variable)
    };
    let awaited = machine
        .states
        .iter()
        .filter(|state| keeps(state))
        .find_map(|state| {
            state
                .awaited
                .as_ref()
                .map(|awaited| (state.boundary, awaited.span))
        });
    match awaited {
        Some((Boundary::Await(future), at)) if future == slot.variable => (at, at),
        Some((_, at)) if variable.temporary => (at, at),
        Some((_, at)) => (variable.name.span(), at),
        None => (variable.name.span(), variable.name.span()),
    }
}
