//! Phase six: the machine as Rust.

mod apart;
mod arms;
mod code;
mod declared;
mod derive;
mod describe;
mod forgotten;
mod leaves;
mod operations;
mod parts;
mod probe;
mod rooms;
mod saved;
mod sending;
mod steady;
mod storage;
mod tokens;
mod types;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::housing::{Context, Lowered};
use crate::input::Function;
use crate::machine::Machine;

pub use tokens::{for_each_ident, nameable, spanned, substituted, without_nodes};

/// Emits the machine, and the probe if it asks anything.
pub fn emit(machine: &Machine, function: &Function, context: &Context) -> syn::Result<Lowered> {
    let crate_path = &context.crate_path;
    let ownership = probe::emit(machine, function, crate_path);
    let derives = &context.derives;
    let saving = saved::Saving::new(machine, function, context.migrate.clone());
    if let (Some((derive, _)), Some(span)) = (derives.owning(), derive::unnamed(machine)) {
        let message = format!(
            "a machine that derives `{}` holds a temporary value across this `.await`\nhelp: put it into a variable, or end its statement before",
            derive.name()
        );
        return Err(syn::Error::new(span, message));
    }
    let types = types::emit(machine, derives, &saving);
    let answers = probe::answers(machine, context);
    let output = output(function);
    let is_seen = derives.owning().is_some()
        || derives.has(crate::input::Derive::Debug)
        || context.is_declared;
    let mut body = code::emit(machine, &answers, is_seen)?;
    if machine.ownership.flow.ends_tails {
        body = quote!(let __tails_end = __state_future::TailsEnd::<__EDITION_2024>; #body);
    }
    let declared = match context.is_declared {
        true => Some(declared::declared(machine, function)?),
        false => None,
    };
    let running = declared.as_ref().map(|declared| {
        let types = types::declared(machine, &declared.types);
        quote!(: &mut __state_future::Running<#types>)
    });
    let awaited = describe::awaited(machine);
    let initial = types::initial(machine, function);
    let user = function.body.brace_token.span.open();
    // How long temporaries live depends on the edition of the braces around them.
    let body = tokens::with_braces_at(user, body);
    let body = match machine.ownership.flow.returns_output {
        true => returning_output(body),
        false => quote!(#body),
    };
    let edition = types::edition(user);
    let may_borrow = crate::ownership::may_borrow(&machine.ownership.flow);
    let items = &machine.ownership.flow.items;
    let kept = kept(machine);
    let machine = quote! {
        use #crate_path::__private as __state_future;
        #edition
        #(#items)*
        #types
        __state_future::coroutine(#initial, |__running #running, __slots, mut __at, __context| -> ::core::task::Poll<#output> { #body }, #awaited)
    };
    Ok(Lowered {
        kept,
        declared: declared.map(|declared| declared.states),
        machine,
        ownership,
        may_borrow,
    })
}

/// The poll closure's body around one that returns the output itself: an `async` block that is polled once. It never
/// outlives the poll, so whatever lives in it may as well live on the stack.
fn returning_output(body: impl quote::ToTokens) -> TokenStream {
    quote! {
        let __output = __state_future::untold();
        if false {
            return ::core::task::Poll::Ready(__output.value());
        }
        __state_future::in_one_poll(async {
            if false {
                return __output.value();
            }
            #body
        })
    }
}

/// The function's output as a closure may name it.
fn output(function: &Function) -> TokenStream {
    tokens::nameable(&function.output)
}

/// The user's variables that live in the machine, each with the first await that keeps it.
fn kept(machine: &Machine) -> Vec<(String, Span)> {
    let variables = &machine.ownership.flow.names.variables;
    let named = machine
        .values()
        .filter(|slot| !variables[slot.variable].temporary);
    let kept = named.map(|slot| {
        let name = variables[slot.variable].name.to_string();
        (name, sending::held(machine, slot).1)
    });
    kept.collect()
}
