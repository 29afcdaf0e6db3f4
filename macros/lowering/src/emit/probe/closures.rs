//! Questions about closures and blocks as a whole, which stand within them.
//!
//! What a closure is given and gives is known only where it stands. So a copy of it to ask about is made in its own body, and told both.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Expr, ExprClosure, Pat, Stmt, parse_quote};

use super::Questions;

/// Closures that are given more than this are not told of what types it is.
const MOST_INPUTS: usize = 5;

impl Questions<'_> {
    /// Asks whether a closure or block takes variables that it uses in several ways. The questions stand within it, where the types of
    /// what it is given and of what it gives are known.
    pub(super) fn captured_as_a_whole(&self, expr: &Expr) -> Vec<TokenStream> {
        let mut made = expr.clone();
        let (attributes, made) = match &mut made {
            Expr::Closure(closure) => {
                let body = &closure.body;
                closure.body = parse_quote!({ __state_future::never(); (#body) });
                let attributes = std::mem::take(&mut closure.attrs);
                let taking = format_ident!("taking_{}", closure.inputs.len());
                let made = match is_told(closure) {
                    true => quote!(__state_future::#taking(__inputs, __output, #closure)),
                    false => quote!(#closure),
                };
                (attributes, made)
            }
            Expr::Async(block) => {
                let inner = &block.block;
                block.block = parse_quote!({ __state_future::never(); #inner });
                let attributes = std::mem::take(&mut block.attrs);
                (
                    attributes,
                    quote!(__state_future::yielding(__output, #block)),
                )
            }
            _ => return Vec::new(),
        };
        let nodes = attributes
            .iter()
            .filter_map(|attribute| self.is_asked(std::slice::from_ref(attribute)));
        let asked = nodes.filter_map(|node| {
            let variable = *self.names.captures.get(&node)?;
            Some(self.ask(node, Some(variable), quote!(let __value = #made;)))
        });
        asked.collect()
    }
}

fn is_told(closure: &ExprClosure) -> bool {
    closure.inputs.len() <= MOST_INPUTS && closure.asyncness.is_none()
}

/// The closure or block, with the questions in it.
pub(super) fn ask_within(expr: &mut Expr, questions: &[TokenStream]) {
    let told = quote! {
        let __output = __state_future::untold();
        if false {
            return __output.value();
        }
    };
    match expr {
        Expr::Closure(closure) if is_told(closure) => {
            let names: Vec<_> = (0..closure.inputs.len())
                .map(|index| format_ident!("__input_{}", index))
                .collect();
            let mut patterns: Vec<Stmt> = Vec::new();
            for (input, name) in closure.inputs.iter_mut().zip(&names) {
                patterns.push(parse_quote!(let #input = #name;));
                match input {
                    Pat::Type(typed) => *typed.pat = parse_quote!(#name),
                    untyped => *untyped = parse_quote!(#name),
                }
            }
            let body = &closure.body;
            closure.body = parse_quote!({
                __state_future::never();
                #told
                let __inputs = __state_future::like(&(#(#names,)*));
                #(#questions)*
                #(#patterns)*
                #body
            });
        }
        Expr::Async(block) => {
            let body = &block.block;
            block.block = parse_quote!({
                __state_future::never();
                #told
                #(#questions)*
                #body
            });
        }
        _ => *expr = parse_quote!({ #(#questions)* #expr }),
    }
}
