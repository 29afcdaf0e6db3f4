//! Phase two: every local variable gets a name of its own, and every mention of one an identity.
//!
//! After this phase shadowing and scopes need no further thought: a variable is a [`VariableId`], and a mention is an
//! identifier `__mention_N` in the tree, also within macros and format strings, with a row in [`Names::mentions`].

mod captured;
mod destructuring;
mod expressions;
mod inner_closures;
mod inner_macros;
mod names;
mod normalise;
mod parts;
mod patterns;
mod visited;

pub use captured::{captured_parts, fields_of, note_captures};
pub use names::{
    Mention, MentionId, Names, NodeId, Use, Variable, VariableId, mention_id, node_of, site_id,
};
pub use parts::{
    Path, Site, Taken, for_each_place, is_part_of_temporary, is_within, overlap, place_of, root,
    root_mut,
};
pub use patterns::{
    bindings, binds_by_reference, for_each_binding, is_constant, is_guarded, leaves_something,
    may_move, takes_parts,
};
pub use visited::{Visited, child, visited};

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, Pat};

use crate::input::Function;

/// A function's body with its names resolved.
pub struct Resolved {
    pub names: Names,
    /// The parameters' variables, in order, each with the pattern that takes it apart, if it is not a plain binding.
    pub parameters: Vec<(VariableId, Option<Pat>)>,
    pub body: Block,
}

/// Resolves the names of `function`'s body.
pub fn resolve(function: &Function) -> syn::Result<Resolved> {
    let mut taken = HashSet::new();
    collect_identifiers(function.body.to_token_stream(), &mut taken);
    collect_identifiers(function.output.to_token_stream(), &mut taken);
    for parameter in &function.parameters {
        collect_identifiers(parameter.pattern.to_token_stream(), &mut taken);
        taken.insert(parameter.name.to_string());
    }
    let mut body = function.body.clone();
    normalise::normalise(&mut body)?;
    let mut resolver = expressions::Resolver::new(Names::new(taken));
    let mut parameters = Vec::new();
    resolver.open();
    for parameter in &function.parameters {
        let reference = matches!(parameter.ty, syn::Type::Reference(_) | syn::Type::Ptr(_));
        let (variable, pattern) = resolver.parameter(parameter, reference)?;
        resolver.names.variables[variable].likely = Some(parameter.ty.clone());
        parameters.push((variable, pattern));
    }
    resolver.open();
    resolver.block(&mut body)?;
    Ok(Resolved {
        names: resolver.names,
        parameters,
        body,
    })
}

fn collect_identifiers(tokens: TokenStream, taken: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                taken.insert(ident.to_string());
            }
            TokenTree::Group(group) => collect_identifiers(group.stream(), taken),
            _ => {}
        }
    }
}
