//! What a machine tells of itself: the picture of its states, and which future it awaits.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::rooms::field_type;
use super::storage::{shown_name, variable_name};
use super::types::{kind_name, places};
use crate::machine::{Content, Machine, State, transitions};
use crate::ownership::{Boundary, Status};

/// The value of the constant `PICTURE`.
pub fn picture(machine: &Machine) -> TokenStream {
    let function = machine.function.to_string();
    let function = function.trim_start_matches("r#");
    let here = quote_spanned!(machine.function.span()=> ::core::panic::Location::caller());
    let states = machine.states.iter().map(|state| {
        let variables = variables(machine, state);
        let Some(awaited) = &state.awaited else {
            return quote!(__state_future::start(__here, &[#variables]));
        };
        let (name, source) = (state.name.to_string(), &awaited.source);
        let location = quote_spanned!(awaited.span=> ::core::panic::Location::caller());
        quote!(__state_future::waits(#name, #source, #location, &[#variables]))
    });
    let edges = transitions(&machine.ownership.flow.root, &machine.states);
    let edges = edges.into_iter().map(|(from, to)| {
        let (from, to) = (
            Literal::usize_unsuffixed(from),
            Literal::usize_unsuffixed(to),
        );
        quote!((#from, #to))
    });
    quote! {
        {
            const __here: &::core::panic::Location<'static> = #here;
            __state_future::MachinePicture {
                function: #function,
                size: ::core::mem::size_of::<Self>(),
                states: &[#(#states,)* __state_future::returned(__here), __state_future::panicked(__here)],
                transitions: &[#(#edges),*],
            }
        }
    }
}

fn variables(machine: &Machine, state: &State) -> TokenStream {
    let fields = state.fields.iter();
    let fields = fields.filter(|field| field.status != Status::Vacant);
    let held = fields.filter(|field| machine.slots[field.slot].content == Content::Value);
    let pictures = held.map(|field| {
        let slot = &machine.slots[field.slot];
        let name = shown_name(machine, slot.variable);
        let ty = field_type(machine, field);
        match field.status {
            _ if state.boundary == Boundary::Await(slot.variable) => {
                quote!(__state_future::awaits::<#ty>(#name))
            }
            Status::Asked(node) => {
                let kind = kind_name(node);
                quote!(__state_future::keeps::<#kind, #ty>(#name))
            }
            _ => quote!(__state_future::holds::<#ty>(#name)),
        }
    });
    quote!(#(#pictures),*)
}

/// A closure that finds the awaited future. It stands behind the poll closure, which settles what the types are.
pub fn awaited(machine: &Machine) -> TokenStream {
    let places = places(machine);
    let arms = machine.states.iter().filter_map(|state| {
        let Boundary::Await(future) = state.boundary else {
            return None;
        };
        let (state, future) = (&state.name, variable_name(machine, future));
        Some(quote!(#places::#state => (&__state_future::Awaiting(__slots.#future)).awaited(),))
    });
    quote! {
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                #(#arms)*
                _ => ::core::option::Option::None,
            }
        }
    }
}
