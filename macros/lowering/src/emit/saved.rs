//! What `#[derive(Serialize, Deserialize)]` asks of the enum of states: writing and reading the variables of each.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::derive::{arms, bounds};
use super::storage::{depends, may_be_live, note_live, slot_of, variable_name};
use super::types::{held, kind_name, places};
use crate::input::{Derive, Derives, Function};
use crate::machine::{Machine, State};
use crate::ownership::Status;
use crate::resolve::{NodeId, VariableId};

/// What else belongs to a saved machine.
pub struct Saving {
    fingerprint: u64,
    /// The function that accepts what other code has saved.
    migrate: Option<syn::Path>,
}

impl Saving {
    /// Of a function.
    pub fn new(machine: &Machine, function: &Function, migrate: Option<syn::Path>) -> Saving {
        let mut hash = Fingerprint(0xcbf2_9ce4_8422_2325);
        hash.tokens(function.original.to_token_stream());
        hash.tokens(function.body.to_token_stream());
        // Other versions of this crate may name the states otherwise.
        for state in &machine.states {
            hash.text(&state.name.to_string());
            for (variable, _) in machine.variables(state) {
                hash.text(&variable_name(machine, variable).to_string());
            }
        }
        Saving {
            fingerprint: hash.0,
            migrate,
        }
    }
}

/// FNV-1a of the tokens, whatever stands between them.
struct Fingerprint(u64);

impl Fingerprint {
    fn text(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    self.text(&format!("{:?}", group.delimiter()));
                    self.tokens(group.stream());
                    self.text("end");
                }
                other => self.text(&other.to_string()),
            }
        }
    }
}

/// The implementations; the last three parameters are as for [`derive`](super::derive::derive).
pub fn saved(
    machine: &Machine,
    derives: &Derives,
    saving: &Saving,
    parameters: &TokenStream,
    arguments: &TokenStream,
    printable: &TokenStream,
) -> TokenStream {
    let name = &machine.name;
    let fingerprint = saving.fingerprint;
    let migrate = match &saving.migrate {
        Some(path) => quote!(::core::option::Option::Some(#path)),
        None => quote!(::core::option::Option::None),
    };
    let conditions = (!printable.is_empty()).then(|| quote!(where #printable));
    let mut implementations = quote! {
        impl #parameters __state_future::SavedStates for #name #arguments #conditions {
            const FINGERPRINT: u64 = #fingerprint;
            const MIGRATE: ::core::option::Option<
                fn(&__state_future::Saved<'_>) -> ::core::option::Option<&'static str>
            > = #migrate;
        }
    };
    if derives.has(Derive::Serialize) {
        let arms = arms(machine, save);
        let bounds = bounds(machine, &quote!(__state_future::serde::), "Serialize");
        implementations.extend(quote! {
            unsafe impl #parameters __state_future::SaveStates for #name #arguments where #printable #bounds {
                unsafe fn save<__M: __state_future::SerializeMap>(
                    __slots: Self::Slots, __at: Self::At, __map: &mut __M,
                ) -> ::core::result::Result<(), __M::Error> {
                    unsafe { match __at { #arms _ => {} } }
                    ::core::result::Result::Ok(())
                }
            }
        });
    }
    if derives.has(Derive::Deserialize) {
        let restored = machine.states.iter().map(|state| restore(machine, state));
        let bounds = bounds(
            machine,
            &quote!(__state_future::serde::de::),
            "DeserializeOwned",
        );
        let places = places(machine);
        implementations.extend(quote! {
            unsafe impl #parameters __state_future::RestoreStates for #name #arguments where #printable #bounds {
                unsafe fn restore<'__de, __M: __state_future::serde::de::MapAccess<'__de>>(
                    __to: Self::Slots, __name: &str, __map: &mut __M,
                ) -> ::core::result::Result<Self::At, __M::Error> {
                    unsafe {
                        match __name {
                            #(#restored)*
                            "Returned" => { __state_future::ignore(__map)?; ::core::result::Result::Ok(#places::Returned) }
                            "Panicked" => { __state_future::ignore(__map)?; ::core::result::Result::Ok(#places::Panicked) }
                            _ => ::core::result::Result::Err(__state_future::unknown_state::<Self, __M::Error>(__name)),
                        }
                    }
                }
            }
        });
    }
    implementations
}

fn save(machine: &Machine, state: &State) -> TokenStream {
    let entries = machine.variables(state).map(|(variable, status)| {
        let name = variable_name(machine, variable).to_string();
        let held = held(machine, variable, state.boundary);
        if status == Status::Unknown {
            quote!(__map.serialize_entry(#name, &#held.seen())?;)
        } else {
            quote!(if let Some(value) = #held.seen() { __map.serialize_entry(#name, value)?; })
        }
    });
    quote!(#(#entries)*)
}

fn restore(machine: &Machine, state: &State) -> TokenStream {
    let (places, state_name) = (places(machine), &state.name);
    let text = state_name.to_string();
    let all: Vec<(VariableId, Status)> = machine.variables(state).collect();
    let names: Vec<String> = all
        .iter()
        .map(|(variable, _)| variable_name(machine, *variable).to_string())
        .collect();
    let declared = all.iter().map(|(variable, status)| {
        let name = variable_name(machine, *variable);
        let text = name.to_string();
        let slot = slot_of(machine, *variable, quote!(__to));
        let at = match machine.ownership.keepers.contains_key(variable) {
            true => quote!(__state_future::in_room(#slot)),
            false => slot,
        };
        let leaves = |node: NodeId| {
            let kind = kind_name(node);
            quote!(!<#kind as __state_future::Keeping>::CONSUMES)
        };
        let expected = match status {
            Status::Asked(node) => leaves(*node),
            Status::Unknown => may_be_live(machine, *variable, state.boundary, leaves),
            Status::Vacant | Status::Live => quote!(true),
        };
        quote!(let mut #name = __state_future::Restored::new(#at, #text, #expected);)
    });
    let read = all.iter().enumerate().map(|(index, (variable, status))| {
        let name = variable_name(machine, *variable);
        let read = if *status == Status::Unknown {
            let depends = depends(machine, *variable, quote!(__to));
            quote!(option(__map, #depends))
        } else {
            quote!(value(__map))
        };
        quote!(::core::option::Option::Some(#index) => #name.#read?,)
    });
    let checked = all.iter().map(|(variable, _)| {
        let name = variable_name(machine, *variable);
        quote!(#name.check::<__M::Error>()?;)
    });
    let kept = all.iter().map(|(variable, status)| {
        let name = variable_name(machine, *variable);
        if *status == Status::Unknown {
            note_live(machine, *variable, quote!(__to), quote!(#name.keep()))
        } else {
            quote!(#name.keep();)
        }
    });
    quote! {
        #text => {
            #(#declared)*
            while let ::core::option::Option::Some(__field) = __map.next_key_seed(__state_future::Names(&[#(#names),*]))? {
                match __field {
                    #(#read)*
                    _ => { __map.next_value::<__state_future::serde::de::IgnoredAny>()?; }
                }
            }
            #(#checked)*
            #(#kept)*
            ::core::result::Result::Ok(#places::#state_name)
        }
    }
}
