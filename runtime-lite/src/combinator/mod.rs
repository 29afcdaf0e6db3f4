//! Several futures as one, on the stack.

mod choice;
mod join;
mod macros;
mod maybe_done;
mod select;
mod try_join;
mod turn;

pub use choice::Choice;
pub use join::{Join, JoinTuple, join};
pub use select::{Race, RaceTuple, Select, SelectTuple, race, select};
pub use try_join::{TryJoin, TryJoinTuple, try_join};

/// Calls a macro once for each number of futures that can be combined, with a type parameter and an index for each.
macro_rules! for_each_arity {
    ($define:ident) => {
        $define! { 1: A 0 }
        $define! { 2: A 0, B 1 }
        $define! { 3: A 0, B 1, C 2 }
        $define! { 4: A 0, B 1, C 2, D 3 }
        $define! { 5: A 0, B 1, C 2, D 3, E 4 }
        $define! { 6: A 0, B 1, C 2, D 3, E 4, G 5 }
        $define! { 7: A 0, B 1, C 2, D 3, E 4, G 5, H 6 }
        $define! { 8: A 0, B 1, C 2, D 3, E 4, G 5, H 6, I 7 }
    };
}
use for_each_arity;
