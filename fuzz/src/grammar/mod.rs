//! The grammar of generated programs: well-typed async functions that move, borrow, drop and await in every way.

mod borrows;
mod branches;
mod environment;
mod expressions;
mod lets;
mod loops;
mod matches;
mod numbers;
mod patterns;
mod program;
mod statements;
mod types;
mod values;

pub use program::{Edition, Features, Program, generate};
pub use types::Type;

use crate::random::Random;
use crate::tree::Tree;
use environment::{Environment, Loan};

/// An expression and what its value borrows.
struct Made {
    tree: Tree,
    loans: Vec<Loan>,
}

/// A way to write an expression of a type. `None`, with nothing changed, if it does not fit here.
type Production = fn(&mut Generator, &Type) -> Option<Made>;

/// Writes one program.
struct Generator {
    random: Random,
    edition: Edition,
    features: Features,
    environment: Environment,
    /// What `return` and `?` give, if they are possible here.
    returns: Option<Type>,
    /// Whether `.await` is possible here.
    awaits: bool,
    /// How many names have been given out.
    names: usize,
    /// How many more expressions and statements there may be.
    budget: isize,
    /// How many expressions and blocks are around.
    depth: usize,
}

/// Expressions are nested no deeper than this.
const DEPTH_LIMIT: usize = 6;

impl Generator {
    /// A name that has not been used.
    fn fresh(&mut self, prefix: &str) -> String {
        self.names += 1;
        format!("{prefix}{}", self.names)
    }

    /// A string literal that no other event of the program has.
    fn event(&mut self, prefix: &str) -> String {
        format!("{:?}", self.fresh(prefix))
    }

    /// Whether what is written now should come to an end.
    fn is_exhausted(&self) -> bool {
        self.budget <= 0 || self.depth >= DEPTH_LIMIT
    }

    /// Writes operands that are evaluated one after another, each held while the next is.
    fn operands(&mut self, types: &[&Type]) -> (Vec<Tree>, Vec<Loan>) {
        let held = self.environment.held.len();
        let mut trees = Vec::new();
        let mut loans = Vec::new();
        for ty in types {
            let made = self.expression(ty);
            trees.push(made.tree);
            self.environment.held.extend(&made.loans);
            loans.extend(made.loans);
        }
        self.environment.held.truncate(held);
        (trees, loans)
    }
}

impl From<Tree> for Made {
    fn from(tree: Tree) -> Self {
        Self {
            tree,
            loans: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Features, generate};

    const FEATURES: Features = Features {
        partial_moves: true,
    };

    #[test]
    fn a_seed_and_a_number_fix_the_program() {
        for index in 0..50 {
            let print = |seed| generate(seed, index, FEATURES).item("body");
            assert_eq!(print(1), print(1));
        }
    }

    #[test]
    fn nearly_every_program_awaits() {
        let programs = (0..100).map(|index| generate(1, index, FEATURES).item("body"));
        let awaiting = programs.filter(|text| text.contains(".await")).count();
        assert!(awaiting > 90, "{awaiting} of 100 programs await");
    }
}
