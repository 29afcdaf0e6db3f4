//! Statements.

use super::environment::{Access, State};
use super::{Generator, Type};
use crate::tree::Tree;

/// A way to write a statement. `None`, with nothing changed, if it does not fit here.
type StatementProduction = fn(&mut Generator) -> Option<Tree>;

const STATEMENTS: &[(usize, StatementProduction)] = &[
    (16, Generator::let_value),
    (8, Generator::let_borrow),
    (3, Generator::let_underscore),
    (4, Generator::let_parts),
    (3, Generator::let_deferred),
    (3, Generator::let_else),
    (2, Generator::let_closure),
    (2, Generator::let_lock),
    (6, Generator::assignment),
    (4, Generator::compound_assignment),
    (2, Generator::field_assignment),
    (2, Generator::moved_and_renewed),
    (10, Generator::mark_statement),
    (5, Generator::drop_statement),
    (6, Generator::unused_value),
    (6, Generator::if_statement),
    (5, Generator::leaving),
    (3, Generator::match_statement),
    (3, Generator::while_loop),
    (3, Generator::for_loop),
    (2, Generator::while_let_loop),
    (3, Generator::inner_block),
    (2, Generator::pushed),
    (2, Generator::shadowed),
];

impl Generator {
    /// A statement.
    pub(super) fn statement(&mut self) -> Tree {
        self.budget -= 1;
        if self.is_exhausted() {
            return self.mark_statement().expect("it fits everywhere");
        }
        self.depth += 1;
        let pending = self.environment.pending.len();
        let tree = (0..8).find_map(|_| {
            let production = self.random.weighted(STATEMENTS);
            production(self)
        });
        self.environment.pending.truncate(pending);
        self.depth -= 1;
        tree.unwrap_or_else(|| Tree::statement("", vec![]))
    }

    fn assignment(&mut self) -> Option<Tree> {
        let candidates: Vec<usize> = (0..self.environment.variables.len())
            .filter(|&index| {
                let variable = &self.environment.variables[index];
                self.environment.assignable(index)
                    && !variable.ty.borrows()
                    && !matches!(variable.ty, Type::Closure(_) | Type::Generic | Type::Lock)
            })
            .collect();
        if candidates.is_empty() {
            return None;
        }
        let index = self.random.pick(&candidates);
        let ty = self.environment.variables[index].ty.clone();
        let value = self.expression(&ty).tree;
        // The value may have used the variable, or given it a value.
        if self.environment.assignable(index) {
            let name = self.environment.variables[index].name.clone();
            self.environment.assign(index, Vec::new());
            return Some(Tree::statement(format!("{name} = $;"), vec![value]));
        }
        Some(Tree::statement("let _ = $;", vec![value]))
    }

    fn compound_assignment(&mut self) -> Option<Tree> {
        let operator = self.random.pick(&["+=", "*=", "%=", "|="]);
        let value = self.expression(&Type::Number).tree;
        let value = match operator {
            "%=" => Tree::expression(&Type::Number, "($ % 7 + 1)", vec![value]),
            _ => Tree::expression(&Type::Number, "($ % 50)", vec![value]),
        };
        let numbers = Type::vector(Type::Number);
        let index = self.any_usable(Access::Write, |ty| match ty {
            Type::Number | Type::Guard => true,
            Type::Exclusive(inner) => **inner == Type::Number,
            ty => *ty == numbers,
        });
        let Some(index) = index else {
            return Some(Tree::statement("let _ = $;", vec![value]));
        };
        let variable = &self.environment.variables[index];
        let name = &variable.name;
        let place = match variable.ty {
            Type::Number => name.clone(),
            Type::Vector(_) => format!("{name}[1]"),
            _ => format!("*{name}"),
        };
        Some(Tree::statement(
            format!("{place} {operator} $;"),
            vec![value],
        ))
    }

    fn field_assignment(&mut self) -> Option<Tree> {
        let value = self.expression(&Type::Noisy).tree;
        let Some(place) = self.noisy_place(Access::Write) else {
            return Some(Tree::statement("drop($);", vec![value]));
        };
        let is_reference = match &self.environment.variables[place.variable].ty {
            Type::Exclusive(inner) => **inner == Type::Noisy,
            Type::Boxed(_) => true,
            _ => false,
        };
        let star = if is_reference { "*" } else { "" };
        Some(Tree::statement(
            format!("{star}{} = $;", place.text),
            vec![value],
        ))
    }

    /// Moves a variable away, even out of a loop, and gives it a new value.
    fn moved_and_renewed(&mut self) -> Option<Tree> {
        let index = self.any_usable(Access::Write, |ty| *ty == Type::Noisy)?;
        let name = self.environment.variables[index].name.clone();
        self.environment.variables[index].state = State::Empty;
        let value = self.without_temporaries(|generator| generator.expression(&Type::Noisy).tree);
        self.environment.variables[index].state = State::Full;
        let consumption = match self.awaits && self.random.chance(50) {
            true => format!("{name}.consume().await"),
            false => format!("drop({name})"),
        };
        Some(Tree::statement(
            format!("{consumption};\n{name} = $;"),
            vec![value],
        ))
    }

    fn mark_statement(&mut self) -> Option<Tree> {
        let event = self.event("m");
        let text = match self.awaits && self.random.chance(75) {
            true => format!("tick({event}).await;"),
            false => format!("mark({event});"),
        };
        Some(Tree::statement(text, vec![]))
    }

    fn drop_statement(&mut self) -> Option<Tree> {
        let index = self.any_usable(Access::Move, |ty| ty.needs_drop())?;
        let name = self.environment.variables[index].name.clone();
        let text = match self.random.chance(80) {
            true => format!("drop({name});"),
            false => format!("{{ let _moved = {name}; mark({}); }}", self.event("m")),
        };
        Some(Tree::statement(text, vec![]))
    }

    fn unused_value(&mut self) -> Option<Tree> {
        let ty = self.random.pick(&[Type::Number, Type::Unit, Type::Noisy]);
        let value = self.expression(&ty).tree;
        // A block, `if` or `match` at the beginning of a statement ends it.
        let text = value.print();
        let is_operand = !text.starts_with(['{', '(', '*', '[', '&', '\'', 'i', 'm', 'u', 'l']);
        let template = if is_operand || ty == Type::Unit {
            "$;"
        } else {
            "let _ = $;"
        };
        Some(Tree::statement(template, vec![value]))
    }

    fn if_statement(&mut self) -> Option<Tree> {
        let condition = self.condition();
        let mut children = vec![condition];
        let with_else = self.random.chance(50);
        let mut arms = self.alternatives(2, |generator, number| {
            if number == 1 && !with_else {
                return Tree::fixed("", vec![]);
            }
            let statements = 1 + generator.random.below(3);
            generator.braced(&Type::Unit, statements)
        });
        if !with_else {
            arms.pop();
        }
        children.extend(arms);
        let template = if with_else { "if $ $ else $" } else { "if $ $" };
        Some(Tree::statement(template, children))
    }

    fn match_statement(&mut self) -> Option<Tree> {
        let tree = match self.random.chance(50) {
            true if self.random.chance(25) => self.matching_beside(&Type::Unit)?.tree,
            true => self.matching(&Type::Unit)?.tree,
            false => self.if_let_else(&Type::Unit)?.tree,
        };
        Some(Tree::statement("$", vec![tree]))
    }

    fn inner_block(&mut self) -> Option<Tree> {
        let statements = 1 + self.random.below(3);
        let block = self.braced(&Type::Unit, statements);
        Some(Tree::statement("$", vec![block]))
    }

    /// `if condition { .. }` with a way out of a loop, a block or the function.
    fn leaving(&mut self) -> Option<Tree> {
        if self.returns.is_none() && self.environment.exits.is_empty() {
            return None;
        }
        let condition = self.condition();
        let mut way_out = None;
        self.alternatives(2, |generator, number| {
            if number == 0 {
                let statements = generator.random.below(2);
                way_out = Some(generator.diverging_block(statements));
            }
            Tree::fixed("", vec![])
        });
        let way_out = way_out.expect("the first alternative writes it");
        Some(Tree::statement("if $ $", vec![condition, way_out]))
    }

    /// A block that is left by `return`, `break` or `continue`.
    pub(super) fn diverging_block(&mut self, statements: usize) -> Tree {
        let exits = self.environment.exits.len();
        let contents = self.scoped(|generator| {
            let mut contents = Vec::new();
            for _ in 0..statements {
                if !generator.environment.diverged {
                    contents.push(generator.statement());
                }
            }
            if !generator.environment.diverged {
                contents.push(generator.way_out(exits));
            }
            contents
        });
        Tree::fixed("{\n$\n}", vec![Tree::sequence(contents)])
    }

    fn way_out(&mut self, exits: usize) -> Tree {
        let returns = self.returns.clone();
        if exits > 0 && (returns.is_none() || self.random.chance(65)) {
            let number = exits - 1 - self.random.below(exits.min(2));
            let exit = &self.environment.exits[number];
            if exit.is_loop && self.random.chance(30) {
                let label = exit.label.clone();
                self.environment.diverged = true;
                return Tree::statement(format!("continue {label};"), vec![]);
            }
            return self.break_from(number);
        }
        let Some(returns) = returns else {
            self.environment.diverged = true;
            return Tree::statement("panic!(\"no way out\");", vec![]);
        };
        let outer = self.environment.leaving.replace(0);
        let value = self.without_temporaries(|generator| generator.expression(&returns).tree);
        self.environment.leaving = outer;
        self.environment.diverged = true;
        Tree::statement("return $;", vec![value])
    }

    /// A call whose receiver is read again in its argument.
    fn pushed(&mut self) -> Option<Tree> {
        let numbers = Type::vector(Type::Number);
        let index = self.any_usable(Access::Write, |ty| *ty == numbers)?;
        let name = self.environment.variables[index].name.clone();
        let loans = self.environment.borrow(index, false);
        let held = self.environment.held.len();
        self.environment.held.extend(loans);
        let value = self.expression(&Type::Number).tree;
        self.environment.held.truncate(held);
        Some(Tree::statement(
            format!("{name}.push($ + {name}.len() as u32);"),
            vec![value],
        ))
    }
}
