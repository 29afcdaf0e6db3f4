//! Statements that declare variables.

use super::environment::{Access, State};
use super::patterns::Binding;
use super::types::Capture;
use super::{Generator, Type};
use crate::tree::Tree;

impl Generator {
    pub(super) fn owned_type(&mut self) -> Type {
        self.random.pick(&[
            Type::Noisy,
            Type::Noisy,
            Type::Noisy,
            Type::Number,
            Type::Number,
            Type::Bool,
            Type::Text,
            Type::Pair,
            Type::Choice,
            Type::option(Type::Noisy),
            Type::option(Type::Number),
            Type::Tuple(vec![Type::Noisy, Type::Number]),
            Type::Tuple(vec![Type::Noisy, Type::Noisy]),
            Type::vector(Type::Number),
            Type::vector(Type::Noisy),
            Type::Boxed(Box::new(Type::Noisy)),
        ])
    }
    pub(super) fn let_value(&mut self) -> Option<Tree> {
        let ty = self.owned_type();
        let value = self.expression(&ty).tree;
        let name = self.variable_name();
        let mutable = self.random.chance(50);
        let keyword = if mutable { "mut " } else { "" };
        let written = match self.random.chance(40) || matches!(ty, Type::Option(_)) {
            true => format!(": {}", ty.print()),
            false => String::new(),
        };
        let variable = self.new_variable(name.clone(), ty, mutable, Vec::new());
        self.environment.declare(variable);
        Some(Tree::statement(
            format!("let {keyword}{name}{written} = $;"),
            vec![value],
        ))
    }

    pub(super) fn let_borrow(&mut self) -> Option<Tree> {
        let ty = self.random.pick(&[
            Type::Shared(Box::new(Type::Noisy)),
            Type::Shared(Box::new(Type::Pair)),
            Type::Exclusive(Box::new(Type::Noisy)),
            Type::Shared(Box::new(Type::Number)),
            Type::Exclusive(Box::new(Type::Number)),
            Type::View,
            Type::View,
            Type::Guard,
        ]);
        let possible = match &ty {
            Type::View => !self
                .environment
                .usable(Access::Read, |ty| *ty == Type::Noisy)
                .is_empty(),
            Type::Guard => !self
                .environment
                .usable(Access::Write, |ty| *ty == Type::Lock)
                .is_empty(),
            _ => true,
        };
        if !possible {
            return None;
        }
        let made = self.expression(&ty);
        let name = self.variable_name();
        let mutable = ty == Type::Guard;
        let keyword = if mutable { "mut " } else { "" };
        let variable = self.new_variable(name.clone(), ty, mutable, made.loans);
        self.environment.declare(variable);
        Some(Tree::statement(
            format!("let {keyword}{name} = $;"),
            vec![made.tree],
        ))
    }

    pub(super) fn let_underscore(&mut self) -> Option<Tree> {
        let ty = self.owned_type();
        let value = self.expression(&ty).tree;
        let template = self
            .random
            .pick(&["let _ = $;", "_ = $;", "let _unused = $;"]);
        Some(Tree::statement(template, vec![value]))
    }

    pub(super) fn let_parts(&mut self) -> Option<Tree> {
        let ty = self.random.pick(&[
            Type::Pair,
            Type::Tuple(vec![Type::Noisy, Type::Number]),
            Type::Tuple(vec![Type::Noisy, Type::Noisy]),
            Type::Tuple(vec![Type::Number, Type::Noisy, Type::Bool]),
        ]);
        let value = self.expression(&ty).tree;
        let is_variable = value
            .print()
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_');
        let complete = is_variable && !self.features.partial_moves;
        let pattern = self.destructure(&ty, &Binding::Move, complete);
        for variable in pattern.variables {
            self.environment.declare(variable);
        }
        Some(Tree::statement(
            format!("let {} = $;", pattern.text),
            vec![value],
        ))
    }

    pub(super) fn let_deferred(&mut self) -> Option<Tree> {
        let ty = self.random.pick(&[
            Type::Noisy,
            Type::Number,
            Type::Pair,
            Type::option(Type::Noisy),
        ]);
        let name = self.fresh("d");
        let mutable = self.random.chance(30);
        let keyword = if mutable { "mut " } else { "" };
        let mut variable = self.new_variable(name.clone(), ty.clone(), mutable, Vec::new());
        variable.state = State::Declared;
        self.environment.declare(variable);
        Some(Tree::statement(
            format!("let {keyword}{name}: {};", ty.print()),
            vec![],
        ))
    }

    pub(super) fn let_closure(&mut self) -> Option<Tree> {
        let place = self.any_usable(Access::Read, |ty| *ty == Type::Noisy)?;
        let mut choices = vec![Capture::Shared];
        if self.environment.allows(place, Access::Write) {
            choices.push(Capture::Exclusive);
        }
        if self.environment.allows(place, Access::Move) {
            choices.extend([Capture::Kept, Capture::Spent]);
        }
        let capture = self.random.pick(&choices);
        let source = self.environment.variables[place].name.clone();
        let name = self.fresh("c");
        let (keyword, closure, loans) = match capture {
            Capture::Shared => (
                "",
                format!("|| {source}.look()"),
                self.environment.borrow(place, false),
            ),
            Capture::Exclusive => (
                "mut ",
                format!("|| {source}.touch()"),
                self.environment.borrow(place, true),
            ),
            Capture::Kept => ("", format!("move || {source}.look()"), Vec::new()),
            Capture::Spent => ("", format!("|| {source}.spend()"), Vec::new()),
        };
        match capture {
            Capture::Shared => {}
            Capture::Exclusive => self.environment.touch(place, Access::Write),
            Capture::Kept | Capture::Spent => self.environment.touch(place, Access::Move),
        }
        let mutable = capture == Capture::Exclusive;
        let variable = self.new_variable(name.clone(), Type::Closure(capture), mutable, loans);
        self.environment.declare(variable);
        Some(Tree::statement(
            format!("let {keyword}{name} = {closure};"),
            vec![],
        ))
    }

    pub(super) fn let_lock(&mut self) -> Option<Tree> {
        let value = self.constructed_simply(&Type::Lock).tree;
        let name = self.fresh("k");
        let variable = self.new_variable(name.clone(), Type::Lock, true, Vec::new());
        self.environment.declare(variable);
        Some(Tree::statement(format!("let mut {name} = $;"), vec![value]))
    }

    pub(super) fn shadowed(&mut self) -> Option<Tree> {
        let index = self.any_usable(Access::Move, |ty| *ty == Type::Noisy)?;
        let name = self.environment.variables[index].name.clone();
        if name == "self" {
            return None;
        }
        let (ty, template) = self.random.pick(&[
            (Type::Noisy, "let NAME = NAME.rename(EVENT);"),
            (Type::option(Type::Noisy), "let mut NAME = Some(NAME);"),
            (Type::Number, "let NAME = NAME.spend();"),
            (
                Type::Boxed(Box::new(Type::Noisy)),
                "let mut NAME = Box::new(NAME);",
            ),
        ]);
        let event = self.event("r");
        let text = template.replace("NAME", &name).replace("EVENT", &event);
        let variable = self.new_variable(name, ty, template.starts_with("let mut"), Vec::new());
        self.environment.declare(variable);
        Some(Tree::statement(text, vec![]))
    }
}
