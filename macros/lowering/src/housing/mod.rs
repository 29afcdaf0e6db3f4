//! Phase three: the lowered function put where the user's function stood, with the functions it needs beside it.
//!
//! Each `async fn` becomes a visible function that returns a future, and beside it the *twin* (the untouched body, never
//! called, in which the compiler finds the user's mistakes), sometimes the *probe* (which asks the compiler about types),
//! and the *machine function*, whose output is the state machine.

mod around;
mod async_trait;
mod attributes;
mod beside;
mod borrows;
mod concrete_self;
mod entrance;
mod free;
mod interface;
mod members;
mod named;
mod outlives;
mod owner;
mod shortest;
mod siblings;
mod visible;

use proc_macro2::TokenStream;

use crate::input::{Annotated, Options};

pub use interface::{Context, Lowered, Ownership};

/// The lowering of one function.
pub type Lower = fn(&crate::input::Function, &Context) -> syn::Result<Lowered>;

/// Lowers every function of the annotated item and puts the results in their places.
pub fn house(annotated: Annotated, options: &Options, lower: Lower) -> syn::Result<TokenStream> {
    let core = Core {
        crate_path: &options.crate_path,
        lower,
        migrate: options.migrate.as_ref(),
    };
    if let Some(option) = &options.named {
        return match annotated {
            Annotated::Free(function) => named::house_free(&function, option, &core),
            Annotated::Inherent(members) => named::house_inherent(members, option, &core),
            Annotated::Method(_) => Err(named::misplaced(
                option,
                "the type must stand outside the block: put `#[state_future(named)]` on the whole `impl` block",
            )),
            Annotated::TraitImpl(_) | Annotated::Trait(_) => Err(named::misplaced(
                option,
                "write the function outside the trait, name its machine, and return that from the method",
            )),
        };
    }
    match annotated {
        Annotated::Free(function) => free::house(&function, &core),
        Annotated::Method(function) => members::house_single(&function, &core),
        Annotated::Inherent(members) => members::house_inherent(members, &core),
        Annotated::TraitImpl(members) => siblings::house_impl(members, &core),
        Annotated::Trait(members) => siblings::house_trait(members, &core),
    }
}

/// What every housing needs.
struct Core<'a> {
    crate_path: &'a TokenStream,
    lower: Lower,
    migrate: Option<&'a syn::Path>,
}

#[cfg(test)]
mod tests;
