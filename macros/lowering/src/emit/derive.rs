//! What `#[derive(..)]` asks of the enum of states: each trait as one function over the places of the variables.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::saved::{self, Saving};
use super::sending;
use super::storage::{note_live, shown_name, slot_of, variable_name};
use super::types::{held, places};
use crate::input::{Derive, Derives};
use crate::machine::{Machine, State};
use crate::ownership::{Boundary, Status, lent};
use crate::resolve::VariableId;

/// The implementations; `parameters` and `arguments` are the enum's, `printable` is what `States` demands.
pub fn derive(
    machine: &Machine,
    derives: &Derives,
    parameters: &TokenStream,
    arguments: &TokenStream,
    printable: &TokenStream,
    saving: &Saving,
) -> TokenStream {
    let name = &machine.name;
    let mut implementations = TokenStream::new();
    if derives.has(Derive::Clone) {
        let arms = arms(machine, clone);
        let bounds = bounds(machine, &quote!(::core::clone::), "Clone");
        implementations.extend(quote! {
            unsafe impl #parameters __state_future::CloneStates for #name #arguments where #printable #bounds {
                unsafe fn clone_into(__slots: Self::Slots, __to: Self::Slots, __at: Self::At) {
                    unsafe { match __at { #arms _ => {} } }
                }
            }
        });
    }
    if derives.has(Derive::PartialEq) {
        let arms = arms(machine, compare);
        let bounds = bounds(machine, &quote!(::core::cmp::), "PartialEq");
        implementations.extend(quote! {
            unsafe impl #parameters __state_future::CompareStates for #name #arguments where #printable #bounds {
                unsafe fn equal(__slots: Self::Slots, __other: Self::Slots, __at: Self::At) -> bool {
                    unsafe { match __at { #arms _ => true } }
                }
            }
        });
    }
    if derives.has(Derive::Eq) {
        let bounds = bounds(machine, &quote!(::core::cmp::), "Eq");
        implementations.extend(quote! {
            impl #parameters __state_future::EqStates for #name #arguments where #printable #bounds {}
        });
    }
    if derives.has(Derive::Hash) {
        let arms = arms(machine, hash);
        let bounds = bounds(machine, &quote!(::core::hash::), "Hash");
        implementations.extend(quote! {
            unsafe impl #parameters __state_future::HashStates for #name #arguments where #printable #bounds {
                unsafe fn hash<__H: ::core::hash::Hasher>(__slots: Self::Slots, __at: Self::At, __hasher: &mut __H) {
                    unsafe { match __at { #arms _ => {} } }
                }
            }
        });
    }
    if derives.has(Derive::Serialize) || derives.has(Derive::Deserialize) {
        implementations.extend(saved::saved(
            machine, derives, saving, parameters, arguments, printable,
        ));
    }
    implementations
}

/// Every variable's type has the trait. Where one has not, rustc points at the variable and the await that keeps it.
pub fn bounds(machine: &Machine, path: &TokenStream, derived: &str) -> TokenStream {
    let bounds = machine.values().map(|slot| {
        let (from, to) = sending::held(machine, slot);
        let ty = &slot.parameter;
        let path = super::tokens::spanned(path.clone(), from);
        let derived = Ident::new(derived, to);
        quote!(#ty: #path #derived)
    });
    quote!(#(#bounds),*)
}

pub fn arms(machine: &Machine, arm: fn(&Machine, &State) -> TokenStream) -> TokenStream {
    let places = places(machine);
    let arms = machine.states.iter().map(|state| {
        let (name, arm) = (&state.name, arm(machine, state));
        quote!(#places::#name => { #arm })
    });
    quote!(#(#arms)*)
}

fn clone(machine: &Machine, state: &State) -> TokenStream {
    let copies = machine.variables(state).map(|(variable, _)| {
        let name = variable_name(machine, variable);
        let from = held(machine, variable, state.boundary);
        let to = slot_of(machine, variable, quote!(__to));
        quote!(let mut #name = #from.copy(#to.cast());)
    });
    let keeps = machine.variables(state).map(|(variable, status)| {
        let name = variable_name(machine, variable);
        if status == Status::Unknown {
            let value = quote!(#name.keep_if_live());
            return note_live(machine, variable, quote!(__to), value);
        }
        quote!(#name.keep();)
    });
    quote!(#(#copies)* #(#keeps)*)
}

fn compare(machine: &Machine, state: &State) -> TokenStream {
    let equal = machine.variables(state).map(|(variable, _)| {
        let one = held(machine, variable, state.boundary);
        quote! {
            let one = #one.seen();
            let other = { let __slots = &__other; #one.seen() };
            if one != other { return false; }
        }
    });
    quote!(#(#equal)* true)
}

fn hash(machine: &Machine, state: &State) -> TokenStream {
    let hashed = machine.variables(state).map(|(variable, _)| {
        let held = held(machine, variable, state.boundary);
        quote!(::core::hash::Hash::hash(&#held.seen(), __hasher);)
    });
    quote!(#(#hashed)*)
}

/// The function of `States` that prints the variables, and what it demands of their types.
pub fn printing(machine: &Machine, derives: &Derives) -> (TokenStream, TokenStream) {
    if !derives.has(Derive::Debug) {
        return (TokenStream::new(), TokenStream::new());
    }
    let names = &machine.ownership.flow.names;
    // A variable that something else may borrow is not looked at, unless it is known that nothing does.
    let lent = match derives.owning() {
        Some(_) => Default::default(),
        None => lent(&machine.ownership.flow),
    };
    let is_shown = |variable: VariableId| !names.variables[variable].temporary;
    let is_seen = |variable: VariableId| is_shown(variable) && !lent.contains(&variable);
    let places = places(machine);
    let arms = machine.states.iter().map(|state| {
        let name = &state.name;
        let mut shown: Vec<_> = machine
            .variables(state)
            .filter(|(variable, _)| is_shown(*variable))
            .collect();
        // In the order of their declaration, not as they lie.
        shown.sort_unstable_by_key(|(variable, _)| *variable);
        let fields = shown.into_iter().map(|(variable, _)| {
            let name = shown_name(machine, variable);
            if !is_seen(variable) {
                return quote!(__fields.field(#name, &__state_future::Borrowed););
            }
            let held = held(machine, variable, state.boundary);
            quote!(if let Some(value) = #held.seen() { __fields.field(#name, value); })
        });
        quote!(#places::#name => { #(#fields)* })
    });
    let function = quote! {
        const SHOWS_VARIABLES: bool = true;
        unsafe fn print(__slots: Self::Slots, __at: Self::At, __fields: &mut ::core::fmt::DebugStruct<'_, '_>) {
            unsafe { match __at { #(#arms)* _ => {} } }
        }
    };
    let seen = machine.values().filter(|slot| is_seen(slot.variable));
    let bounds = seen.map(|slot| {
        let ty = &slot.parameter;
        let span = names.variables[slot.variable].name.span();
        quote_spanned!(span=> #ty: ::core::fmt::Debug)
    });
    (function, quote!(#(#bounds,)*))
}

/// A variable of the lowering's own, but for those whose types are known to hold no borrow if what the user wrote holds none,
/// and the await that keeps it first.
pub fn unnamed(machine: &Machine) -> Option<Span> {
    let names = &machine.ownership.flow.names;
    let is_future = |variable| machine.labels.contains_key(&Boundary::Await(variable));
    machine.values().find_map(|slot| {
        let variable = &names.variables[slot.variable];
        let name = variable.name.to_string();
        let name = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_');
        let is_known = matches!(name, "iterator" | "item" | "argument" | "scrutinee")
            || name.ends_with("output");
        let refused = variable.temporary && !is_known && !is_future(slot.variable);
        refused.then(|| sending::held(machine, slot).1)
    })
}
