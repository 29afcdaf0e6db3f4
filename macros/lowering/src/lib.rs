//! The compiler behind `#[state_future]`.

pub mod emit;
pub mod flow;
pub mod housing;
pub mod input;
pub mod machine;
pub mod macro_calls;
pub mod ownership;
pub mod resolve;

use proc_macro2::TokenStream;
use quote::quote;

use input::Options;

/// Expands the attribute on `item`. On any mistake the item stays as it is, so that nothing else breaks, and every mistake
/// found is reported.
pub fn expand(options: TokenStream, item: TokenStream) -> TokenStream {
    let unchanged = input::without_derives(item.clone());
    expand_or_explain(options, item).unwrap_or_else(|error| {
        let explanation = error.to_compile_error();
        quote!(#explanation #unchanged)
    })
}

fn expand_or_explain(options: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let mut errors = input::Errors::default();
    let given = options.clone();
    let options = errors.keep(Options::parse(options));
    if let Some(options) = &options {
        let crate_path = &options.crate_path;
        let attribute = quote!(#crate_path::state_future(#given));
        if let Some(copies) = input::both_ways(&attribute, &item)? {
            return Ok(copies);
        }
    }
    let annotated = errors.keep(input::parse(item));
    match (options, annotated) {
        (Some(options), Some(annotated)) => housing::house(annotated, &options, lower),
        _ => errors.finish(TokenStream::new()),
    }
}

/// Lowers one function: the phases, in order.
fn lower(function: &input::Function, context: &housing::Context) -> syn::Result<housing::Lowered> {
    let resolved = resolve::resolve(function)?;
    let flow = flow::flow(resolved, &function.output)?;
    let ownership = ownership::own(flow);
    let machine = machine::machine(ownership, &function.signature.ident);
    emit::emit(&machine, function, context)
}
