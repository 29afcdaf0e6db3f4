//! Blocks, branches and loops, as expressions and as statements.

use super::environment::{Exit, State};
use super::{Generator, Made, Type};
use crate::tree::Tree;

impl Generator {
    /// Writes what has a scope of its own.
    pub(super) fn scoped<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let count = self.environment.variables.len();
        let visible = self.environment.visibility();
        let written = write(self);
        self.environment.close(count, &visible);
        written
    }

    /// Writes what ends its temporaries itself, as a condition does.
    pub(super) fn without_temporaries<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let pending = self.environment.pending.len();
        let written = write(self);
        self.environment.pending.truncate(pending);
        written
    }

    /// Writes so many ways on, of which one is taken.
    pub(super) fn alternatives(
        &mut self,
        count: usize,
        mut write: impl FnMut(&mut Self, usize) -> Tree,
    ) -> Vec<Tree> {
        let variables = self.environment.variables.len();
        let before = self.environment.states(variables);
        let mut ends = Vec::new();
        let mut trees = Vec::new();
        for number in 0..count {
            self.environment.restore(&before);
            self.environment.diverged = false;
            trees.push(self.scoped(|generator| write(generator, number)));
            if !self.environment.diverged {
                ends.push(self.environment.states(variables));
            }
        }
        self.environment.join(&ends);
        trees
    }

    /// A few statements and an expression of this type, if control gets there.
    fn contents(&mut self, ty: &Type, statements: usize) -> Vec<Tree> {
        let mut trees = Vec::new();
        for _ in 0..statements {
            if self.environment.diverged {
                return trees;
            }
            trees.push(self.statement());
        }
        if self.environment.diverged {
            return trees;
        }
        if *ty != Type::Unit || self.random.chance(40) {
            trees.push(self.expression(ty).tree);
        }
        trees
    }

    /// A block in braces.
    pub(super) fn braced(&mut self, ty: &Type, statements: usize) -> Tree {
        let contents = self.scoped(|generator| generator.contents(ty, statements));
        Tree::fixed("{\n$\n}", vec![Tree::sequence(contents)])
    }

    /// The block of a function or of an `async` block.
    pub(super) fn body_block(&mut self, ty: &Type) -> Tree {
        let outer = std::mem::replace(&mut self.environment.diverged, false);
        let most = if self.depth == 0 { 9 } else { 3 };
        let statements = 1 + self.random.below(most);
        let block = self.braced(ty, statements);
        self.environment.diverged = outer;
        block
    }

    fn few(&mut self) -> usize {
        self.random.weighted(&[(3, 0), (5, 1), (3, 2), (1, 3)])
    }

    pub(super) fn block(&mut self, ty: &Type) -> Option<Made> {
        let statements = self.few() + 1;
        let block = self.braced(ty, statements);
        Some(Tree::expression(ty, "$", vec![block]).into())
    }

    pub(super) fn labelled_block(&mut self, ty: &Type) -> Option<Made> {
        let label = self.fresh("'l");
        let variables = self.environment.variables.len();
        self.environment.exits.push(Exit {
            label: label.clone(),
            is_loop: false,
            value: ty.clone(),
            variables,
            loops: self.environment.loops,
            states: Vec::new(),
        });
        let statements = self.few() + 1;
        let block = self.braced(ty, statements);
        let exit = self.environment.exits.pop().expect("it was pushed above");
        let mut ends = exit.states;
        if !self.environment.diverged {
            ends.push(self.environment.states(variables));
        }
        self.environment.join(&ends);
        Some(Tree::expression(ty, format!("{label}: $"), vec![block]).into())
    }

    /// A condition, whose temporaries end with it.
    pub(super) fn condition(&mut self) -> Tree {
        self.without_temporaries(|generator| generator.expression(&Type::Bool).tree)
    }

    pub(super) fn if_else(&mut self, ty: &Type) -> Option<Made> {
        let condition = self.condition();
        let mut children = vec![condition];
        children.extend(self.alternatives(2, |generator, _| {
            let statements = generator.few();
            generator.braced(ty, statements)
        }));
        Some(Tree::expression(ty, "if $ $ else $", children).into())
    }

    /// Writes a loop's block. `before` stands at its beginning. Gives the states at each `break`.
    pub(super) fn loop_block(
        &mut self,
        label: &str,
        value: &Type,
        before: Vec<Tree>,
        write: impl FnOnce(&mut Self) -> Vec<Tree>,
    ) -> (Tree, Vec<Vec<State>>) {
        let variables = self.environment.variables.len();
        self.environment.loops += 1;
        let leaving = self.environment.leaving.take();
        self.environment.exits.push(Exit {
            label: label.to_owned(),
            is_loop: true,
            value: value.clone(),
            variables,
            loops: self.environment.loops,
            states: Vec::new(),
        });
        let mut contents = before;
        contents.extend(self.scoped(write));
        self.environment.leaving = leaving;
        self.environment.loops -= 1;
        let exit = self.environment.exits.pop().expect("it was pushed above");
        (
            Tree::fixed("{\n$\n}", vec![Tree::sequence(contents)]),
            exit.states,
        )
    }

    pub(super) fn loop_with_value(&mut self, ty: &Type) -> Option<Made> {
        if self.environment.loops >= 2 {
            return None;
        }
        let counter = self.fresh("i");
        let label = self.fresh("'l");
        let rounds = 1 + self.random.below(2);
        // `continue` may be taken in every round.
        let advance = Tree::fixed(format!("{counter} += 1;\nassert!({counter} < 6);"), vec![]);
        let (block, mut ends) = self.loop_block(&label, ty, vec![advance], |generator| {
            let statements = generator.few();
            let mut contents = Vec::new();
            for _ in 0..statements {
                if !generator.environment.diverged {
                    contents.push(generator.statement());
                }
            }
            if !generator.environment.diverged {
                contents.push(generator.last_round(&counter, rounds));
            }
            contents
        });
        // Without a way out the loop's type would be `!`.
        if ends.is_empty() {
            self.environment.diverged = true;
        } else {
            self.environment.join(&std::mem::take(&mut ends));
        }
        let template = format!("{{\nlet mut {counter} = 0;\n{label}: loop $\n}}");
        Some(Tree::expression(ty, template, vec![block]).into())
    }

    /// The statement that ends a loop with its value after so many rounds.
    fn last_round(&mut self, counter: &str, rounds: usize) -> Tree {
        let mut value = None;
        self.alternatives(2, |generator, number| {
            if number == 0 {
                value = Some(generator.leave_loop());
            }
            Tree::fixed("", vec![])
        });
        let value = value.expect("the first alternative writes it");
        Tree::fixed(format!("if {counter} >= {rounds} {{\n$\n}}"), vec![value])
    }

    /// `break` with the value of the innermost loop.
    fn leave_loop(&mut self) -> Tree {
        let exit = self.environment.exits.len() - 1;
        self.break_from(exit)
    }

    /// A `break` from the loop or block with this number. What it takes along may be moved out of the loops inside.
    pub(super) fn break_from(&mut self, number: usize) -> Tree {
        let exit = self.environment.exits[number].clone();
        let outside = if exit.is_loop {
            exit.loops - 1
        } else {
            exit.loops
        };
        let outer = self.environment.leaving.replace(outside);
        let value = self.without_temporaries(|generator| generator.expression(&exit.value).tree);
        self.environment.leaving = outer;
        let states = self.environment.states(exit.variables);
        self.environment.exits[number].states.push(states);
        self.environment.diverged = true;
        let is_innermost = number + 1 == self.environment.exits.len();
        let label = match exit.is_loop && is_innermost && self.random.chance(50) {
            true => String::new(),
            false => format!(" {}", exit.label),
        };
        match exit.value {
            Type::Unit => Tree::statement(format!("{{ $; break{label}; }}"), vec![value]),
            // A value that begins with a label would be taken for the block's.
            _ if value.print().starts_with('\'') => {
                Tree::statement(format!("break{label} ($);"), vec![value])
            }
            _ => Tree::statement(format!("break{label} $;"), vec![value]),
        }
    }
}
