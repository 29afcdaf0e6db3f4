//! Expressions of borrows: references, views and guards.

use super::environment::Access;
use super::{Generator, Made, Production, Type};
use crate::tree::Tree;

/// Ways to write a shared reference.
pub const SHARED: &[(usize, Production)] =
    &[(8, Generator::borrowed), (2, Generator::borrowed_temporary)];
/// Ways to write a mutable reference.
pub const EXCLUSIVE: &[(usize, Production)] =
    &[(8, Generator::borrowed), (2, Generator::borrowed_temporary)];
/// Ways to write a view.
pub const VIEW: &[(usize, Production)] = &[(5, Generator::view)];
/// Ways to write a guard.
pub const GUARD: &[(usize, Production)] = &[(5, Generator::guard)];

impl Generator {
    fn borrowed(&mut self, ty: &Type) -> Option<Made> {
        let (target, exclusive) = match ty {
            Type::Shared(target) => (&**target, false),
            Type::Exclusive(target) => (&**target, true),
            _ => return None,
        };
        let access = if exclusive {
            Access::Write
        } else {
            Access::Read
        };
        let (text, variable) = match target {
            Type::Noisy => {
                let place = self.noisy_place(access)?;
                (place.text, place.variable)
            }
            other => {
                let index = self.any_usable(access, |ty| ty == other)?;
                (self.environment.variables[index].name.clone(), index)
            }
        };
        let is_reference = match &self.environment.variables[variable].ty {
            Type::Shared(inner) | Type::Exclusive(inner) => **inner == Type::Noisy,
            Type::Boxed(_) => *target == Type::Noisy,
            _ => false,
        };
        let loans = self.environment.borrow(variable, exclusive);
        let sign = if exclusive { "&mut " } else { "&" };
        let star = if is_reference { "*" } else { "" };
        Some(Made {
            tree: Tree::expression(ty, format!("{sign}{star}{text}"), vec![]),
            loans,
        })
    }

    fn borrowed_temporary(&mut self, ty: &Type) -> Option<Made> {
        let (target, template) = match ty {
            Type::Shared(target) => (target, "&$"),
            Type::Exclusive(target) => (target, "&mut $"),
            _ => return None,
        };
        let event = self.event("e");
        let value = self.expression(target).tree;
        let value = Tree::expression(target, format!("value({event}, $)"), vec![value]);
        Some(Tree::expression(ty, template, vec![value]).into())
    }

    fn view(&mut self, ty: &Type) -> Option<Made> {
        let place = self.noisy_place(Access::Read)?;
        let loans = self.environment.borrow(place.variable, false);
        Some(Made {
            tree: Tree::expression(ty, format!("{}.view()", place.text), vec![]),
            loans,
        })
    }

    pub(super) fn guard(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Write, |ty| *ty == Type::Lock)?;
        let loans = self.environment.borrow(index, true);
        let name = &self.environment.variables[index].name;
        let method = match self.awaits && self.random.chance(50) {
            true => "acquire().await",
            false => "guard()",
        };
        Some(Made {
            tree: Tree::expression(ty, format!("{name}.{method}"), vec![]),
            loans,
        })
    }
}
