//! A function of a module or of another function's body: everything stands inside the visible function.

use proc_macro2::TokenStream;
use quote::quote;

use super::around::Around;
use super::attributes::Sorted;
use super::beside::{self, Beside, Names, generated_name};
use super::{Core, visible};
use crate::input::Function;
use crate::input::tokens::{free_name, identifiers};

pub(super) fn house(function: &Function, core: &Core<'_>) -> syn::Result<TokenStream> {
    let mut sorted = Sorted::new(&function.attributes)?;
    let mut taken = identifiers(&function.original);
    taken.extend(identifiers(&function.body));
    let names = Names {
        plain: generated_name(&free_name("plain", &mut taken)),
        ownership: generated_name(&free_name("ownership", &mut taken)),
        machine: generated_name(&free_name("machine", &mut taken)),
        lowered: generated_name(&free_name("lowered", &mut taken)),
        path: TokenStream::new(),
        around: Around::default(),
        entrance: None,
    };
    let beside = beside::functions(function, &names, &mut sorted, core)?;
    let before = beside.iter().map(Beside::definition);
    Ok(visible::function(
        function,
        &names,
        &sorted,
        quote!(#(#before)*),
        core,
    ))
}
