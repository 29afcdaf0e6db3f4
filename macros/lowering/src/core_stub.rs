//! Stands in for the lowering: the machine is the compiler's own.

use quote::quote;

use crate::housing::{Context, Lowered};
use crate::input::Function;

/// Wraps the untouched body in an `async` block.
pub fn lower(function: &Function, context: &Context) -> syn::Result<Lowered> {
    let captures = function
        .parameters
        .iter()
        .filter(|parameter| !parameter.is_self)
        .map(|parameter| {
            let (pattern, name) = (&parameter.pattern, &parameter.name);
            quote!(let #name = #name; let #pattern = #name;)
        });
    let body = &function.body;
    let output = &function.output;
    let expectation = match output {
        syn::Type::Never(_) => None,
        _ if crate::input::tokens::has_word(output, "impl") => None,
        _ => Some(quote!(if false { let output: #output = loop {}; return output; })),
    };
    let crate_path = &context.crate_path;
    let machine = quote! {
        #crate_path::__private::machine(
            async move { #expectation #(#captures)* #body },
            |state, context| ::core::future::Future::poll(state, context),
        )
    };
    Ok(Lowered {
        machine,
        ownership: None,
    })
}
