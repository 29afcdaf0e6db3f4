//! What the lowering of a body is told, and what it gives back.

use proc_macro2::{Span, TokenStream};

use crate::input::Derives;

/// What the lowered body may refer to.
pub struct Context {
    /// `::state_future`, or what `crate = ..` says.
    pub crate_path: TokenStream,
    /// How the machine's body names the probe, with its generic arguments: `ownership::<T>` or
    /// `Self::__fetch_ownership::<T>`.
    pub ownership_path: TokenStream,
    /// What the machine shall be able to do.
    pub derives: Derives,
    /// Whether the types of its variables must be declared.
    pub is_declared: bool,
    /// The function that says how to go on with what other code has saved.
    pub migrate: Option<syn::Path>,
}

/// A lowered body.
pub struct Lowered {
    /// Statements of the machine function's body, evaluating to the machine.
    pub machine: TokenStream,
    /// The probe, where one is needed.
    pub ownership: Option<Ownership>,
    /// The user's variables that live in the machine, by name, and the first await that keeps each.
    pub kept: Vec<(String, Span)>,
    /// The states with the declared types of their variables, as variants of an enum, if they must be declared.
    pub declared: Option<Vec<TokenStream>>,
    /// Whether something in the machine may borrow from something else in it.
    pub may_borrow: bool,
}

/// The body of the function that is only asked for its types.
pub struct Ownership {
    /// How many answers it returns.
    pub answers: usize,
    /// A block's contents, evaluating to a tuple of that many values.
    pub body: TokenStream,
}
