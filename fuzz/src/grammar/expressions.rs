//! Expressions of any type.

use super::environment::{Access, Loan, State};
use super::{Generator, Made, Production, Type};
use crate::tree::Tree;

/// Ways to write an expression that fit every type whose values borrow nothing.
const ANY: &[(usize, Production)] = &[
    (14, Generator::variable),
    (8, Generator::constructed),
    (10, Generator::awaited_leaf),
    (3, Generator::evaluated),
    (3, Generator::passed),
    (4, Generator::block),
    (2, Generator::labelled_block),
    (4, Generator::if_else),
    (3, Generator::if_let_else),
    (3, Generator::matching),
    (1, Generator::matching_beside),
    (2, Generator::loop_with_value),
    (5, Generator::question_mark),
    (2, Generator::replaced),
    (1, Generator::of_a_tuple),
    (2, Generator::unwrapped),
    (1, Generator::async_block),
    (1, Generator::called_closure),
    (1, Generator::parenthesised),
    (2, Generator::moved_field),
];

impl Generator {
    /// An expression of this type.
    pub(super) fn expression(&mut self, ty: &Type) -> Made {
        if self.is_exhausted() {
            return self.simplest(ty);
        }
        self.budget -= 1;
        self.depth += 1;
        let made = self.chosen(ty);
        self.depth -= 1;
        made.unwrap_or_else(|| self.simplest(ty))
    }

    fn chosen(&mut self, ty: &Type) -> Option<Made> {
        let own = self.productions_of(ty);
        let general: &[(usize, Production)] = if ty.borrows() || *ty == Type::Generic {
            &[(4, Generator::variable)]
        } else {
            ANY
        };
        let choices: Vec<(usize, Production)> = own.iter().chain(general).copied().collect();
        // A few tries find one that fits; if they do not, the simplest expression will do.
        (0..8).find_map(|_| {
            let production = self.random.weighted(&choices);
            production(self, ty)
        })
    }

    fn productions_of(&self, ty: &Type) -> &'static [(usize, Production)] {
        match ty {
            Type::Number => super::numbers::NUMBER,
            Type::Bool => super::numbers::BOOL,
            Type::Unit => super::values::UNIT,
            Type::Noisy => super::values::NOISY,
            Type::Text => super::values::TEXT,
            Type::Pair => super::values::PAIR,
            Type::Option(_) => super::values::OPTION,
            Type::Vector(_) => super::values::VECTOR,
            Type::Shared(_) => super::borrows::SHARED,
            Type::Exclusive(_) => super::borrows::EXCLUSIVE,
            Type::View => super::borrows::VIEW,
            Type::Guard => super::borrows::GUARD,
            Type::Generic => super::values::GENERIC,
            _ => &[],
        }
    }

    /// An expression without much in it.
    fn simplest(&mut self, ty: &Type) -> Made {
        if self.random.chance(45)
            && let Some(made) = self.variable(ty)
        {
            return made;
        }
        if self.awaits && !ty.borrows() && *ty != Type::Generic && self.random.chance(30) {
            let value = self.constructed_simply(ty).tree;
            return self.leaf_of(ty, value);
        }
        let made = match ty {
            // It can only be taken from a lock, which there is where one is asked for.
            Type::Guard => self.variable(ty).or_else(|| self.guard(ty)),
            Type::View | Type::Generic => self.variable(ty),
            _ => None,
        };
        made.unwrap_or_else(|| self.constructed_simply(ty))
    }

    /// A variable: moved if its type is no copy type.
    pub(super) fn variable(&mut self, ty: &Type) -> Option<Made> {
        let candidates = self.environment.usable(Access::Move, |other| other == ty);
        if candidates.is_empty() {
            return None;
        }
        let index = self.random.pick(&candidates);
        self.environment.touch(index, Access::Move);
        let variable = &self.environment.variables[index];
        let loans = match ty.borrows() {
            true => variable.loans.clone(),
            false => Vec::new(),
        };
        Some(Made {
            tree: Tree::expression(ty, variable.name.clone(), vec![]),
            loans,
        })
    }

    fn awaited_leaf(&mut self, ty: &Type) -> Option<Made> {
        if !self.awaits {
            return None;
        }
        let value = self.expression(ty).tree;
        Some(self.leaf_of(ty, value))
    }

    fn leaf_of(&mut self, ty: &Type, value: Tree) -> Made {
        let event = self.event("t");
        let pending = self.random.weighted(&[(2, 0), (8, 1), (1, 2)]);
        let template = format!("leaf({event}, {pending}, $).await");
        Tree::expression(ty, template, vec![value]).into()
    }

    fn evaluated(&mut self, ty: &Type) -> Option<Made> {
        let event = self.event("e");
        let made = self.expression(ty);
        Some(Tree::expression(ty, format!("value({event}, $)"), vec![made.tree]).into())
    }

    fn passed(&mut self, ty: &Type) -> Option<Made> {
        if !self.awaits {
            return None;
        }
        let made = self.expression(ty);
        Some(Tree::expression(ty, "pass($).await", vec![made.tree]).into())
    }

    fn parenthesised(&mut self, ty: &Type) -> Option<Made> {
        let made = self.expression(ty);
        let template = self.random.pick(&["($)", "unsafe { $ }", "{ $ }"]);
        Some(Tree::expression(ty, template, vec![made.tree]).into())
    }

    fn question_mark(&mut self, ty: &Type) -> Option<Made> {
        let returns = self.returns.clone()?;
        let wrapped = match returns {
            Type::Result(_) => Type::result(ty.clone()),
            Type::Option(_) => Type::option(ty.clone()),
            Type::PollResult(_) => {
                let made = self.expression(&Type::result(ty.clone()));
                return Some(Tree::expression(ty, "$?", vec![made.tree]).into());
            }
            _ => return None,
        };
        let made = match wrapped {
            Type::Result(_) if self.awaits && self.random.chance(50) => {
                let event = self.event("t");
                if self.random.chance(12) {
                    Tree::expression(
                        &wrapped,
                        format!("fail::<{}>({event}).await", ty.print()),
                        vec![],
                    )
                } else {
                    let value = self.expression(ty).tree;
                    Tree::expression(&wrapped, format!("succeed({event}, $).await"), vec![value])
                }
            }
            _ => self.expression(&wrapped).tree,
        };
        Some(Tree::expression(ty, "$?", vec![made]).into())
    }

    fn replaced(&mut self, ty: &Type) -> Option<Made> {
        let candidates = self.environment.usable(Access::Write, |other| other == ty);
        if candidates.is_empty() {
            return None;
        }
        let index = self.random.pick(&candidates);
        let name = self.environment.variables[index].name.clone();
        self.environment.touch(index, Access::Write);
        self.environment.held.push(Loan {
            of: index,
            exclusive: true,
        });
        let made = self.expression(ty);
        self.environment.held.pop();
        Some(
            Tree::expression(
                ty,
                format!("std::mem::replace(&mut {name}, $)"),
                vec![made.tree],
            )
            .into(),
        )
    }

    fn of_a_tuple(&mut self, ty: &Type) -> Option<Made> {
        let other = self.small_type();
        let place = self.random.below(2);
        let types = if place == 0 {
            [ty, &other]
        } else {
            [&other, ty]
        };
        let (operands, _) = self.operands(&types);
        Some(Tree::expression(ty, format!("($, $).{place}"), operands).into())
    }

    fn unwrapped(&mut self, ty: &Type) -> Option<Made> {
        let inner = self.expression(&Type::option(ty.clone())).tree;
        if self.random.chance(50) {
            // The argument is evaluated before the call in any case.
            let held = self.expression(ty).tree;
            return Some(Tree::expression(ty, "$.unwrap_or($)", vec![inner, held]).into());
        }
        let default = self.constructed_simply(ty).tree;
        Some(Tree::expression(ty, "$.unwrap_or_else(|| $)", vec![inner, default]).into())
    }

    fn called_closure(&mut self, ty: &Type) -> Option<Made> {
        let (tree, moves) = self.captured(None, |generator| {
            let awaits = std::mem::replace(&mut generator.awaits, false);
            let made = generator.expression(ty);
            generator.awaits = awaits;
            made.tree
        });
        let template = if moves { "(move || $)()" } else { "(|| $)()" };
        Some(Tree::expression(ty, template, vec![tree]).into())
    }

    fn async_block(&mut self, ty: &Type) -> Option<Made> {
        // The error type of `?` in a block of a result could not be inferred.
        if !self.awaits || matches!(ty, Type::Result(_) | Type::PollResult(_)) {
            return None;
        }
        let (tree, moves) = self.captured(Some(ty.clone()), |generator| generator.body_block(ty));
        let template = if moves {
            "(async move $).await"
        } else {
            "(async $).await"
        };
        Some(Tree::expression(ty, template, vec![tree]).into())
    }

    /// Writes what captures the variables that it uses, and whether it may be `move`.
    fn captured(
        &mut self,
        returns: Option<Type>,
        write: impl FnOnce(&mut Self) -> Tree,
    ) -> (Tree, bool) {
        let count = self.environment.variables.len();
        let before = self.environment.touched.len();
        let captured = std::mem::replace(&mut self.environment.captured, count);
        let tree = self.apart(returns, write);
        self.environment.captured = captured;
        let touched: Vec<usize> = self.environment.touched[before..]
            .iter()
            .copied()
            .filter(|&index| index < count && !self.environment.variables[index].ty.is_copy())
            .collect();
        let moves = self.random.chance(40)
            && touched.iter().all(|&index| {
                self.environment.allows(index, Access::Move)
                    || self.environment.variables[index].state == State::Empty
            });
        for index in touched {
            let state = self.environment.variables[index].state;
            if moves || state == State::Unclear {
                self.environment.variables[index].state = State::Empty;
            }
        }
        (tree, moves)
    }

    /// Writes what runs apart from the function around it: `return` and `break` do not leave that.
    fn apart<T>(&mut self, returns: Option<Type>, write: impl FnOnce(&mut Self) -> T) -> T {
        let outer_returns = std::mem::replace(&mut self.returns, returns);
        let exits = std::mem::take(&mut self.environment.exits);
        let written = write(self);
        self.environment.exits = exits;
        self.returns = outer_returns;
        written
    }

    /// A type that is quickly written.
    pub(super) fn small_type(&mut self) -> Type {
        self.random
            .pick(&[Type::Noisy, Type::Number, Type::Noisy, Type::Text])
    }
}
