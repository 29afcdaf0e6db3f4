//! Methods of an inherent `impl` block, and single methods of a block that cannot be seen: everything stands beside the
//! visible method, in the same block.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{ImplItem, ItemImpl};

use super::around::{Around, Shape};
use super::attributes::{Sorted, has_foreign};
use super::beside::{self, Names, generated_name};
use super::{Core, visible};
use crate::input::tokens::has_word;
use crate::input::{Errors, Function, Members, name_header_lifetimes};

/// Every function of an inherent `impl` block.
pub(super) fn house_inherent(
    members: Members<ItemImpl>,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let Members {
        mut block,
        functions,
    } = members;
    let is_foreign = has_foreign(&block.attrs)?;
    name_header_lifetimes(&mut block);
    let mut errors = Errors::default();
    for (place, function) in &functions {
        let twin = format!("__{}_plain", function.original.ident.unraw());
        let housed = Sorted::new(&function.attributes).and_then(|mut sorted| {
            sorted.is_foreign |= is_foreign;
            let around = Around::inherent(&block.generics, &block.self_ty);
            house(function, &twin, around, sorted, core)
        });
        if let Some(tokens) = errors.keep(housed) {
            block.items[*place] = ImplItem::Verbatim(tokens);
        }
    }
    errors.finish(block.into_token_stream())
}

/// A method that carries the attribute itself. In an `impl Trait for Type` block the compiler will say that the twin is
/// not a member of the trait, so the twin's name says what to do; a method with a visibility cannot stand there.
pub(super) fn house_single(function: &Function, core: &Core<'_>) -> syn::Result<TokenStream> {
    let name = function.original.ident.unraw();
    let twin = match function.visibility {
        syn::Visibility::Inherited => {
            format!("__{name}_in_a_trait_impl_put_state_future_on_the_impl_block")
        }
        _ => format!("__{name}_plain"),
    };
    let may_be_of_trait = matches!(function.visibility, syn::Visibility::Inherited);
    let sorted = Sorted {
        is_of_trait: may_be_of_trait,
        ..Sorted::new(&function.attributes)?
    };
    let shape = match may_be_of_trait && is_of_trait(function) {
        true => Shape::OfTrait,
        false => Shape::Free,
    };
    house(function, &twin, Around::unseen(shape), sorted, core)
}

fn house(
    function: &Function,
    twin: &str,
    around: Around,
    mut sorted: Sorted,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let name = function.original.ident.unraw();
    let names = Names {
        plain: generated_name(twin),
        ownership: generated_name(&format!("__{name}_ownership")),
        machine: generated_name(&format!("__{name}_machine")),
        lowered: generated_name(&format!("__{name}_lowered")),
        path: quote!(Self::),
        around,
        entrance: None,
    };
    let beside = beside::functions(function, &names, &mut sorted, core)?;
    let beside = beside::in_the_open(&beside, &sorted);
    let visible = visible::function(function, &names, &sorted, TokenStream::new(), core);
    Ok(quote! {
        #beside
        #visible
    })
}

/// Whether a condition speaks of `Self`, as `where Self: Sized` does: that is how default methods of traits take it by value.
fn is_of_trait(function: &Function) -> bool {
    let conditions = function.signature.generics.where_clause.as_ref();
    conditions.is_some_and(|conditions| has_word(conditions, "Self"))
}
