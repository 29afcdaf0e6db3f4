//! Phase three: control flow and evaluation order made explicit around the awaits.
//!
//! Whatever contains no await stays as the user wrote it, for rustc to give it its meaning. Around an await, operands
//! that were evaluated before it become variables, temporaries that outlive it get a place, and loops and branches
//! become [`Operation`]s.

mod build;
mod constructs;
mod contains;
mod expressions;
mod guards;
mod ir;
mod leaves;
mod liveness;
mod parameters;
mod temporaries;

pub use build::Flow;
pub use constructs::takes_nothing;
pub use contains::{block_contains_await, contains_await};
pub use ir::*;
pub use leaves::{break_label, continue_label};
pub use temporaries::leaves_something;

use crate::resolve::Resolved;

/// Builds the operations of a resolved body. `question_mark` says that `?` works as it stands in the poll closure.
pub fn flow(mut resolved: Resolved, question_mark: bool) -> syn::Result<Flow> {
    liveness::mark_last_mentions(&mut resolved.names, &resolved.body);
    build::build(resolved, question_mark)
}
