//! The enum of states, the names of the poll function's places, and the pointers to the variables.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::rooms::{base, field_type, slot_type};
use super::saved::Saving;
use super::storage::{is_live, is_parted, noted_slot, remainder, slot, variable_name};
use syn::Type;

use crate::input::{Derives, Function};
use crate::machine::{Content, Machine};
use crate::ownership::{Boundary, Entry, Frame, Part, Status, TAILS_END};
use crate::resolve::{NodeId, VariableId};

/// A constant that tells the edition of the code at `user`: since 2024 the fragment `expr` matches `_`. Tokens that this
/// crate makes are of its own edition, whatever the user's.
pub fn edition(user: Span) -> TokenStream {
    quote_spanned! {user=>
        const __EDITION_2024: bool = {
            macro_rules! __edition { ($_any:expr) => { true }; (_) => { false }; }
            __edition!(_)
        };
    }
}

/// Refuses the code at `user` in an edition in which closures capture whole variables: there, a `move` closure would take what
/// the variable is taken to have kept. Since 2021, as closures capture fields, the fragment `pat` matches `_ | _`.
pub fn captures_fields(user: Span) -> TokenStream {
    quote_spanned! {user=> {
        macro_rules! __edition {
            ($_any:pat) => {};
            ($($_any:tt)*) => {
                ::core::compile_error! {
                    "#[state_future] does not lower a `move` closure or block that mentions a field of a variable which lives across an `.await` in edition 2018, as it captures the whole variable\nhelp: write `edition = \"2021\"` into Cargo.toml, or take the variable as a whole, `let name = name;`, within the closure or block"
                }
            };
        }
        __edition!(_ | _);
    }}
}

/// The types of the machine.
pub fn emit(machine: &Machine, derives: &Derives, saving: &Saving) -> TokenStream {
    let name = &machine.name;
    let places = places(machine);
    let slots_name = slots_name(machine);
    let parameters = parameters(machine, true);
    let arguments = parameters_plain(machine);
    let variants = machine.states.iter().map(|state| {
        let variant = &state.name;
        let documentation = state.documentation();
        let fields = state.fields.iter().map(|field| {
            let (name, ty) = (&machine.slots[field.slot].name, field_type(machine, field));
            quote!(#name: #ty)
        });
        if state.fields.is_empty() {
            quote!(#[doc = #documentation] #variant)
        } else {
            quote!(#[doc = #documentation] #variant { #(#fields),* })
        }
    });
    let place_names = place_names(machine);
    let picture = super::describe::picture(machine);
    let slots = machine.slots.iter().map(|slot| {
        let (field, ty) = (&slot.name, slot_type(machine, slot));
        quote!(#field: *mut #ty)
    });
    let locate = machine.slots.iter().map(|slot| {
        let (field, base) = (&slot.name, base(machine, slot));
        quote!(let #field = __state_future::after(#base);)
    });
    let remainders: Vec<Ident> = remainders(machine)
        .map(|(variable, _)| remainder(machine, variable))
        .collect();
    let remainder_types = self::remainders(machine).map(|(_, parameter)| parameter);
    let kinds: Vec<Ident> = machine.kinds.iter().map(|node| kind_field(*node)).collect();
    let kind_types = machine.kinds.iter().map(|node| kind_name(*node));
    let names = machine.slots.iter().map(|slot| &slot.name);
    let arguments_of = &machine.ownership.flow.parameters;
    let argument_types = arguments_of
        .iter()
        .map(|variable| parameter(machine, *variable));
    let argument_names = arguments_of
        .iter()
        .map(|variable| variable_name(machine, *variable));
    let start = arguments_of.iter().map(|variable| {
        let name = variable_name(machine, *variable);
        quote!(::core::ptr::write(__slots.#name, #name);)
    });
    let told = told(machine);
    let panicked = if told.is_empty() {
        quote!(__state_future::Unfrozen)
    } else {
        quote!(__state_future::Unfrozen, ::core::marker::PhantomData<fn() -> (#(#told,)*)>)
    };
    let (printing, printable) = super::derive::printing(machine, derives);
    let conditions = (!printable.is_empty()).then(|| quote!(where #printable));
    let derived = super::derive::derive(
        machine,
        derives,
        &parameters,
        &arguments,
        &printable,
        saving,
    );
    let sending = super::sending::sending(machine, &parameters, &arguments);
    let cancel = machine
        .states
        .iter()
        .map(|state| cancel(machine, state.boundary, &state.name));
    quote! {
        #[repr(u8)]
        enum #name #parameters {
            #(#variants,)*
            /// Has returned.
            Returned,
            /// Has panicked.
            Panicked(#panicked),
        }
        #[derive(Clone, Copy, PartialEq)]
        #[repr(u8)]
        enum #places { #(#place_names),* }
        struct #slots_name #parameters {
            #(#slots,)*
            #(#kinds: ::core::marker::PhantomData<#kind_types>,)*
            #(#remainders: ::core::marker::PhantomData<#remainder_types>),*
        }
        #sending
        #derived
        unsafe impl #parameters __state_future::States for #name #arguments #conditions {
            type At = #places;
            type Slots = #slots_name #arguments;
            type Arguments = (#(#argument_types,)*);
            const START: #places = #places::Start;
            const RETURNED: #places = #places::Returned;
            const PANICKED: #places = #places::Panicked;
            const PICTURE: &'static __state_future::MachinePicture = &#picture;

            #printing

            #[inline]
            fn slots(__states: *mut Self) -> Self::Slots {
                #(#locate)*
                #slots_name {
                    #(#names,)*
                    #(#kinds: ::core::marker::PhantomData,)*
                    #(#remainders: ::core::marker::PhantomData),*
                }
            }

            #[inline]
            unsafe fn start(__slots: Self::Slots, (#(#argument_names,)*): Self::Arguments) {
                unsafe { #(#start)* }
            }

            #[inline]
            unsafe fn cancel(__slots: Self::Slots, __at: #places) {
                unsafe {
                    match __at {
                        #(#cancel)*
                        _ => {}
                    }
                }
            }
        }
    }
}

/// The type parameters that no field is made of.
fn told(machine: &Machine) -> Vec<Ident> {
    let parts = machine.values().filter(|slot| slot.remainder.is_some());
    let parts = parts.flat_map(|slot| &machine.ownership.parts.of[&slot.variable]);
    let mut nodes: Vec<_> = parts.map(|part| part.node).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let remainders = remainders(machine).map(|(_, parameter)| parameter.clone());
    remainders.chain(nodes.into_iter().map(kind_name)).collect()
}

/// The poll function's places; those that are states come first, in the enum's order.
fn place_names(machine: &Machine) -> Vec<TokenStream> {
    let mut names: Vec<TokenStream> = machine
        .states
        .iter()
        .map(|state| &state.name)
        .map(|name| quote!(#name))
        .collect();
    names.push(quote!(Returned));
    names.push(quote!(Panicked));
    let mut rest: Vec<_> = machine
        .labels
        .iter()
        .filter(|(boundary, _)| !matches!(boundary, Boundary::Start | Boundary::Await(_)))
        .map(|(_, label)| label)
        .collect();
    rest.sort_by_key(|label| label.order);
    names.extend(rest.into_iter().map(|label| {
        let name = &label.name;
        quote!(#name)
    }));
    names
}

/// The enum's type, with these types for its variables.
pub fn declared(machine: &Machine, types: &[Type]) -> TokenStream {
    let name = &machine.name;
    let kinds = machine.kinds.iter().map(|_| quote!(_));
    let remainders = remainders(machine).map(|_| quote!(_));
    quote!(#name<#(#kinds,)* #(#types,)* #(#remainders),*>)
}

pub fn places(machine: &Machine) -> Ident {
    format_ident!("{}At", machine.name)
}

fn slots_name(machine: &Machine) -> Ident {
    format_ident!("{}Slots", machine.name)
}

fn parameters(machine: &Machine, bounded: bool) -> TokenStream {
    let kinds = machine.kinds.iter().map(|node| {
        let kind = kind_name(*node);
        if bounded {
            quote!(#kind: __state_future::Keeping)
        } else {
            quote!(#kind)
        }
    });
    let slots = machine.values().map(|slot| {
        let parameter = &slot.parameter;
        quote!(#parameter)
    });
    let remainders = machine.values().filter_map(|slot| {
        let (parameter, remainder) = (&slot.parameter, slot.remainder.as_ref()?);
        Some(if bounded {
            quote!(#remainder: ::core::ops::Fn(#parameter, u64))
        } else {
            quote!(#remainder)
        })
    });
    quote!(<#(#kinds,)* #(#slots,)* #(#remainders),*>)
}

/// The variables that may lack parts, each with the type parameter of what drops the others.
fn remainders(machine: &Machine) -> impl Iterator<Item = (VariableId, &Ident)> {
    machine
        .values()
        .filter_map(|slot| Some((slot.variable, slot.remainder.as_ref()?)))
}

fn parameters_plain(machine: &Machine) -> TokenStream {
    parameters(machine, false)
}

pub fn kind_name(node: usize) -> Ident {
    match node {
        TAILS_END => format_ident!("TailsEnd"),
        node => format_ident!("Use{}", node),
    }
}

/// The field of the pointers that names an answer.
pub fn kind_field(node: usize) -> Ident {
    match node {
        TAILS_END => format_ident!("__use_of_tails_end"),
        node => format_ident!("__use_{}", node),
    }
}

pub fn parameter(machine: &Machine, variable: VariableId) -> TokenStream {
    let slot = machine.values().find(|slot| slot.variable == variable);
    slot.map_or_else(TokenStream::new, |slot| {
        let parameter = &slot.parameter;
        quote!(#parameter)
    })
}

/// How a state's variables are dropped: the parameters forward if nothing has run, all else backward.
fn cancel(machine: &Machine, boundary: Boundary, name: &Ident) -> TokenStream {
    let places = places(machine);
    let Some(frame) = machine.ownership.frames.get(&boundary) else {
        return TokenStream::new();
    };
    let mut statements = Vec::new();
    for entry in &frame.entries {
        match entry {
            Entry::Variable(variable) if machine.ownership.storage[*variable].is_saved() => {
                if let Some(held) = cancelled(machine, *variable, boundary, frame) {
                    statements.push(held);
                }
            }
            Entry::Early(variable, _) if frame.status(*variable) != Status::Vacant => {
                let name = variable_name(machine, *variable);
                let early = format_ident!("_{}_early", name);
                statements.push(quote!(let #early = #name.early(__EDITION_2024);));
            }
            _ => {}
        }
    }
    if boundary == Boundary::Start {
        // The last one declared is the first one dropped.
        statements.reverse();
    }
    if let Boundary::Await(future) = boundary {
        let name = variable_name(machine, future);
        statements.push(quote!(let #name = __state_future::Held::resume(__slots.#name);));
    }
    quote!(#places::#name => { #(#statements)* })
}

fn cancelled(
    machine: &Machine,
    variable: VariableId,
    boundary: Boundary,
    frame: &Frame,
) -> Option<TokenStream> {
    if frame.status(variable) == Status::Vacant {
        return None;
    }
    let name = variable_name(machine, variable);
    let held = held(machine, variable, boundary);
    let held = if is_parted(machine, variable) {
        let (_, remainder) = remainders(machine).find(|(other, _)| *other == variable)?;
        let gone = gone(machine, variable, frame);
        quote!(__state_future::Parted::<_, #remainder>::new(::core::marker::PhantomData, #held, #gone))
    } else {
        held
    };
    Some(quote!(#[allow(unused_mut)] let mut #name = #held;))
}

/// The `Held` of a variable of a machine that is suspended there.
pub fn held(machine: &Machine, variable: VariableId, boundary: Boundary) -> TokenStream {
    let slot = slot(machine, variable);
    let keepers = machine.ownership.keepers.get(&variable);
    let at = match keepers {
        Some(_) => quote!(__state_future::in_room(#slot)),
        None => slot.clone(),
    };
    let leaves = |node: NodeId| {
        let kind = kind_name(node);
        quote!(!<#kind as __state_future::Keeping>::CONSUMES)
    };
    match machine.ownership.status(boundary, variable) {
        Status::Unknown => {
            let is_live = is_live(machine, variable, boundary, leaves);
            quote!(__state_future::Held::resume_if(#at, #is_live))
        }
        Status::Asked(_) if keepers.is_some_and(|nodes| nodes.len() == 1) => {
            quote!(__state_future::Held::resume_kept(#slot))
        }
        Status::Asked(node) => {
            let kind = kind_name(node);
            quote!(__state_future::Held::resume_asked::<#kind>(#at))
        }
        // The future that it waits for is not declared anywhere.
        Status::Vacant | Status::Live => quote!(__state_future::Held::resume(#at)),
    }
}

/// Which parts of the variable are gone when the machine is cancelled.
fn gone(machine: &Machine, variable: VariableId, frame: &Frame) -> TokenStream {
    let parts: Vec<_> = frame.gone.of(variable).collect();
    let is_unknown = |part: &(Part, Status)| part.1 == Status::Unknown;
    let bits = parts.iter().filter(|part| !is_unknown(part));
    let bits = bits.map(|(part, _)| {
        let (bit, kind) = (
            machine.ownership.parts.bit(variable, part),
            kind_name(part.node),
        );
        quote!(__state_future::moved_by(::core::marker::PhantomData::<#kind>, #bit))
    });
    // The machine has no note where none of the others moves.
    let noted = parts.iter().any(is_unknown).then(|| {
        let moved = noted_slot(machine, variable, Content::Moved, quote!(__slots));
        quote!(| __state_future::moved_parts(#moved))
    });
    quote!(0 #(| #bits)* #noted)
}

/// The machine before its first poll.
pub fn initial(machine: &Machine, function: &Function) -> TokenStream {
    let name = &machine.name;
    let parameters = &machine.ownership.flow.parameters;
    let Some(state) = machine.states.first() else {
        return quote!(#name::Start);
    };
    if state.fields.is_empty() {
        return quote!(#name::Start);
    }
    let fields = state.fields.iter().map(|field| {
        let (slot, status) = (&machine.slots[field.slot], field.status);
        let field = &slot.name;
        if status == Status::Vacant {
            return quote!(#field: __state_future::Vacant::empty());
        }
        let index = parameters
            .iter()
            .position(|parameter| *parameter == slot.variable);
        let value = index.map(|index| {
            let parameter = &function.parameters[index];
            if parameter.is_self {
                super::tokens::self_token(&parameter.pattern)
            } else {
                let name = &parameter.name;
                quote!(#name)
            }
        });
        quote!(#field: #value)
    });
    quote!(#name::Start { #(#fields),* })
}
