//! Phase three: control flow and evaluation order made explicit around the awaits.
//!
//! Whatever contains no await stays as the user wrote it, for rustc to give it its meaning. Around an await, operands
//! that were evaluated before it become variables, temporaries that outlive it get a place, and loops and branches
//! become [`Operation`]s.

mod blocks;
mod build;
mod constants;
mod constructs;
mod contains;
mod diverging;
mod early;
mod expected;
mod expressions;
mod for_loops;
mod future_names;
mod guards;
mod ir;
mod items;
mod leaves;
mod lets;
mod likely;
mod liveness;
mod macros;
mod operators;
mod outliving;
mod parameters;
mod parts_of_temporaries;
mod receivers;
mod steady;
mod tails;
mod temporaries;

pub use build::Flow;
pub use contains::{block_contains_await, contains_await};
pub use diverging::diverges;
pub use ir::*;
pub use leaves::{break_label, continue_label};
pub use macros::ends_its_temporaries;
pub use operators::gives_a_truth;
pub use receivers::{early_part, late_part};
pub use steady::{Steady, without_indices};

use syn::Type;

use crate::resolve::{Resolved, note_captures};

/// Builds the operations of a resolved body of a function with this output.
pub fn flow(mut resolved: Resolved, output: &Type) -> syn::Result<Flow> {
    liveness::mark_last_mentions(&mut resolved.names, &resolved.body);
    note_captures(&mut resolved.names, &mut resolved.body);
    let mut flow = build::build(resolved, returns_result(output))?;
    likely::from_use(&mut flow.names, &flow.body, output);
    let output = match output {
        Type::Never(_) => None,
        output => syn::parse2(crate::emit::nameable(output)).ok(),
    };
    expected::tell(&mut flow.names, &flow.root, output.as_ref());
    Ok(flow)
}

/// Whether the output is a `Result` by its name, so that `?` works in a closure that returns a `Poll` of it.
fn returns_result(output: &Type) -> bool {
    matches!(output, Type::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident.to_string().ends_with("Result")))
}
