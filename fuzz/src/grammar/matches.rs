//! `match`, `if let`, chains of `let`, and `let else`.

use super::environment::{Access, State};
use super::patterns::{Binding, Pattern};
use super::program::Edition;
use super::{Generator, Made, Type};
use crate::tree::Tree;

impl Generator {
    /// What is taken apart: its text, its type and how patterns take hold of it.
    fn scrutinee(&mut self) -> (Tree, Type, Binding, bool) {
        let ty = self.random.pick(&[
            Type::Number,
            Type::Bool,
            Type::option(Type::Noisy),
            Type::option(Type::Noisy),
            Type::option(Type::Pair),
            Type::result(Type::Noisy),
            Type::Choice,
            Type::Choice,
            Type::Pair,
            Type::Tuple(vec![Type::Noisy, Type::Number]),
        ]);
        if self.random.chance(45)
            && let Some((tree, binding)) = self.borrowed_scrutinee(&ty, true)
        {
            return (tree, ty, binding, false);
        }
        let tree = self.expression(&ty).tree;
        let text = tree.print();
        // Patterns that leave a part of a variable behind move the others out of it.
        let is_variable = text
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '.');
        let complete = is_variable && !self.features.partial_moves;
        (tree, ty, Binding::Move, complete)
    }

    fn borrowed_scrutinee(&mut self, ty: &Type, may_spell: bool) -> Option<(Tree, Binding)> {
        let exclusive = self.random.chance(35);
        let access = if exclusive {
            Access::Write
        } else {
            Access::Read
        };
        let index = self.any_usable(access, |other| other == ty)?;
        let name = self.environment.variables[index].name.clone();
        let spelled = may_spell && self.random.chance(30);
        let text = match (spelled, exclusive) {
            (true, _) => name,
            (false, true) => format!("&mut {name}"),
            (false, false) => format!("&{name}"),
        };
        let loans = self.environment.borrow(index, exclusive);
        let binding = Binding::Refer {
            exclusive,
            loans,
            spelled,
        };
        Some((Tree::fixed(text, vec![]), binding))
    }

    fn declare_all(&mut self, pattern: &Pattern) {
        for variable in &pattern.variables {
            self.environment.declare(variable.clone());
        }
    }

    pub(super) fn matching(&mut self, ty: &Type) -> Option<Made> {
        let (scrutinee, scrutinee_type, binding, complete) = self.scrutinee();
        let cases = self.cases(&scrutinee_type, &binding, complete);
        let mut template = "match $ {\n".to_owned();
        let mut children = vec![scrutinee];
        let count = cases.len();
        let arms = self.alternatives(count, |generator, number| {
            let case = &cases[number];
            generator.declare_all(case);
            let guard = (number + 1 < count && generator.random.chance(30))
                .then(|| generator.guard_condition(case));
            let statements = generator.random.below(2);
            let block = generator.braced(ty, statements);
            match guard {
                Some(guard) => Tree::fixed(format!("{} if $ => $", case.text), vec![guard, block]),
                None => Tree::fixed(format!("{} => $", case.text), vec![block]),
            }
        });
        let is_guarded = |arm: &Tree| arm.children.len() == 2;
        let guarded = arms.iter().any(is_guarded);
        for arm in arms {
            template.push_str("$\n");
            children.push(arm);
        }
        if guarded {
            // A guard may refuse what only its arm matches.
            let rest = self.constructed_simply(ty).tree;
            template.push_str("_ => $,\n");
            children.push(rest);
        }
        template.push('}');
        Some(Tree::expression(ty, template, children).into())
    }

    /// `match (value, &mut place) { .. }`: the patterns take the one apart and bind the other behind its reference, and an arm may change
    /// what was seen there.
    pub(super) fn matching_beside(&mut self, ty: &Type) -> Option<Made> {
        let moved_type = self.random.pick(&[
            Type::Choice,
            Type::Choice,
            Type::Pair,
            Type::option(Type::Pair),
            Type::result(Type::Noisy),
        ]);
        let value = self.expression(&moved_type).tree;
        let seen_type = self
            .random
            .pick(&[Type::Choice, Type::Bool, Type::option(Type::Noisy)]);
        let (place, binding) = self.borrowed_scrutinee(&seen_type, false)?;
        let moved = self.cases(&moved_type, &Binding::Move, false);
        let seen = self.cases(&seen_type, &binding, false);
        let mut children = vec![value, place];
        let count = moved.len().max(seen.len());
        let arms = self.alternatives(count, |generator, number| {
            let moved = &moved[number % moved.len()];
            let seen = &seen[number % seen.len()];
            generator.declare_all(moved);
            generator.declare_all(seen);
            let statements = 1 + generator.random.below(3);
            let block = generator.braced(ty, statements);
            Tree::fixed(format!("({}, {}) => $", moved.text, seen.text), vec![block])
        });
        let mut template = "match ($, $) {\n".to_owned();
        for arm in arms {
            template.push_str("$\n");
            children.push(arm);
        }
        template.push_str("_ => $,\n}");
        children.push(self.constructed_simply(ty).tree);
        Some(Tree::expression(ty, template, children).into())
    }

    /// The guard of an arm: it reads what the pattern binds and moves nothing.
    fn guard_condition(&mut self, case: &Pattern) -> Tree {
        let noisy = case.variables.iter().find(|variable| match &variable.ty {
            Type::Shared(inner) => **inner == Type::Noisy,
            ty => *ty == Type::Noisy,
        });
        if let Some(variable) = noisy
            && self.random.chance(60)
        {
            let method = match self.awaits && self.random.chance(60) {
                true => "peek().await",
                false => "look()",
            };
            return Tree::fixed(format!("{}.{method} > 1", variable.name), vec![]);
        }
        let outer = std::mem::replace(&mut self.environment.within_guard, true);
        let states: Vec<State> = self.environment.states(self.environment.variables.len());
        // What the pattern binds by value is not the guard's to change.
        for variable in &case.variables {
            let bound = self
                .environment
                .variables
                .iter()
                .position(|other| other.name == variable.name && other.visible);
            if let Some(bound) = bound {
                self.environment.variables[bound].state = State::Ended;
            }
        }
        let condition = self.condition();
        self.environment.restore(&states);
        self.environment.within_guard = outer;
        condition
    }

    pub(super) fn if_let_else(&mut self, ty: &Type) -> Option<Made> {
        let (heading, pattern) = self.let_condition();
        let chain = self.chain();
        let mut children = vec![heading];
        let template = match chain {
            Some(chain) => {
                children.push(chain);
                "if $ && $ $ else $"
            }
            None => "if $ $ else $",
        };
        children.extend(self.alternatives(2, |generator, number| {
            if number == 0 {
                generator.declare_all(&pattern);
            }
            let statements = generator.random.below(3);
            generator.braced(ty, statements)
        }));
        Some(Tree::expression(ty, template, children).into())
    }

    /// `let pattern = scrutinee`, which may not match.
    pub(super) fn let_condition(&mut self) -> (Tree, Pattern) {
        let (scrutinee, ty, binding, complete) = self.scrutinee();
        let mut cases = self.cases(&ty, &binding, complete);
        let chosen = cases
            .iter()
            .position(|case| !case.variables.is_empty())
            .unwrap_or(0);
        let pattern = cases.swap_remove(chosen);
        let text = match pattern.text.contains(" | ") {
            true => format!("({})", pattern.text),
            false => pattern.text.clone(),
        };
        (
            Tree::fixed(format!("let {text} = $"), vec![scrutinee]),
            pattern,
        )
    }

    /// Further conditions of an `if let`, which edition 2024 has.
    fn chain(&mut self) -> Option<Tree> {
        if self.edition != Edition::E2024 || !self.random.chance(35) {
            return None;
        }
        let count = self.environment.variables.len();
        let skipped = self.environment.states(count);
        let condition = self.condition();
        let taken = self.environment.states(count);
        self.environment.join(&[skipped, taken]);
        Some(condition)
    }

    /// `let pattern = value else { .. };`
    pub(super) fn let_else(&mut self) -> Option<Tree> {
        let (heading, pattern) = self.let_condition();
        let mut way_out = None;
        self.alternatives(2, |generator, number| {
            if number == 0 {
                let statements = generator.random.below(2);
                way_out = Some(generator.diverging_block(statements));
            }
            Tree::fixed("", vec![])
        });
        self.declare_all(&pattern);
        let way_out = way_out.expect("the first alternative writes it");
        // A value that ends in a brace could be taken for the end of the statement.
        let heading = match heading.print().ends_with('}') {
            true => Tree::fixed(heading.template().replace('$', "($)"), heading.children),
            false => heading,
        };
        Some(Tree::statement("$ else $;", vec![heading, way_out]))
    }
}
