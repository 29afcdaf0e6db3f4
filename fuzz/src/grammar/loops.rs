//! Loops as statements.

use super::environment::State;
use super::patterns::Binding;
use super::{Generator, Type};
use crate::tree::Tree;

impl Generator {
    pub(super) fn while_loop(&mut self) -> Option<Tree> {
        if self.environment.loops >= 2 {
            return None;
        }
        let counter = self.fresh("i");
        let label = self.fresh("'l");
        let advance = Tree::fixed(format!("{counter} += 1;"), vec![]);
        let before = self.environment.states(self.environment.variables.len());
        self.environment.loops += 1;
        let condition = self.random.chance(50).then(|| self.condition());
        self.environment.loops -= 1;
        let (block, ends) =
            self.loop_block(&label, &Type::Unit, vec![advance], Self::loop_statements);
        self.after_loop(before, ends);
        Some(match condition {
            Some(condition) => Tree::statement(
                format!("let mut {counter} = 0;\n{label}: while {counter} < 2 && $ $"),
                vec![condition, block],
            ),
            None => Tree::statement(
                format!("let mut {counter} = 0;\n{label}: while {counter} < 2 $"),
                vec![block],
            ),
        })
    }
    pub(super) fn loop_statements(&mut self) -> Vec<Tree> {
        let statements = 1 + self.random.below(3);
        let mut contents = Vec::new();
        for _ in 0..statements {
            if !self.environment.diverged {
                contents.push(self.statement());
            }
        }
        contents
    }

    /// Goes on after a loop that may end before its first round.
    pub(super) fn after_loop(&mut self, before: Vec<State>, mut ends: Vec<Vec<State>>) {
        if !self.environment.diverged {
            ends.push(self.environment.states(before.len()));
        }
        ends.push(before);
        self.environment.join(&ends);
    }

    pub(super) fn for_loop(&mut self) -> Option<Tree> {
        if self.environment.loops >= 2 {
            return None;
        }
        let (ty, template) = self.random.pick(&[
            (Type::Number, "0..2u32"),
            (Type::Number, "[$, $]"),
            (Type::Noisy, "[$, $]"),
            (Type::Noisy, "vec![$, $]"),
            (Type::Noisy, "Some($)"),
            (Type::Tuple(vec![Type::Noisy, Type::Number]), "[$, $]"),
        ]);
        let holes = template.matches('$').count();
        let (elements, _) = self.operands(&vec![&ty; holes]);
        let elements = Tree::fixed(template, elements);
        let label = self.fresh("'l");
        let before = self.environment.states(self.environment.variables.len());
        self.environment.loops += 1;
        let pattern = self.destructure(&ty, &Binding::Move, false);
        self.environment.loops -= 1;
        let (block, ends) = self.loop_block(&label, &Type::Unit, vec![], |generator| {
            for variable in pattern.variables {
                generator.environment.declare(variable);
            }
            generator.loop_statements()
        });
        self.after_loop(before, ends);
        let template = format!("{label}: for {} in $ $", pattern.text);
        Some(Tree::statement(template, vec![elements, block]))
    }

    pub(super) fn while_let_loop(&mut self) -> Option<Tree> {
        if !self.awaits || self.environment.loops >= 2 {
            return None;
        }
        let (elements, _) = self.operands(&[&Type::Noisy, &Type::Noisy]);
        let source = self.fresh("w");
        let label = self.fresh("'l");
        let before = self.environment.states(self.environment.variables.len());
        self.environment.loops += 1;
        let pattern = self.bind(&Type::Noisy, &Binding::Move);
        self.environment.loops -= 1;
        let (block, ends) = self.loop_block(&label, &Type::Unit, vec![], |generator| {
            for variable in pattern.variables {
                generator.environment.declare(variable);
            }
            generator.loop_statements()
        });
        self.after_loop(before, ends);
        let (make, next) = match self.random.chance(60) {
            true => (format!("feed({}, [$, $])", self.event("w")), "next().await"),
            false => ("vec![$, $]".to_owned(), "pop()"),
        };
        let template = format!(
            "let mut {source} = {make};\n{label}: while let Some({}) = {source}.{next} $",
            pattern.text
        );
        let mut children = elements;
        children.push(block);
        Some(Tree::statement(template, children))
    }
}
