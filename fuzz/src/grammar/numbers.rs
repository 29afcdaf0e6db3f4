//! Expressions of numbers and truth values: most of what reads, changes and consumes other values.

use super::environment::{Access, State};
use super::types::Capture;
use super::{Generator, Made, Production, Type};
use crate::tree::Tree;

/// Ways to write a number.
pub const NUMBER: &[(usize, Production)] = &[
    (14, Generator::read_noisy),
    (8, Generator::change_noisy),
    (8, Generator::consume_noisy),
    (6, Generator::viewed),
    (8, Generator::binary),
    (4, Generator::call_of_numbers),
    (4, Generator::call_of_noisies),
    (4, Generator::call_of_borrows),
    (3, Generator::length),
    (2, Generator::element),
    (2, Generator::guarded_number),
    (3, Generator::calls_closure),
    (3, Generator::weighed),
    (2, Generator::of_an_option),
    (2, Generator::of_a_pair),
    (2, Generator::cast),
    (2, Generator::tuple_number),
    (1, Generator::through_reference),
    (1, Generator::of_a_temporary_array),
];

/// Ways to write a truth value.
pub const BOOL: &[(usize, Production)] = &[
    (6, Generator::comparison),
    (4, Generator::lazy),
    (2, Generator::negation),
    (3, Generator::asks_option),
    (2, Generator::matches_macro),
];

/// Where a `Noisy` stands.
pub(super) struct Place {
    /// As it is written.
    pub text: String,
    /// The variable that it is in.
    pub variable: usize,
}

impl Generator {
    /// A place with a `Noisy` in it that can be used in this way.
    pub(super) fn noisy_place(&mut self, access: Access) -> Option<Place> {
        let mut places = Vec::new();
        for (index, variable) in self.environment.variables.iter().enumerate() {
            let fields: &[&str] = match &variable.ty {
                Type::Noisy => &[""],
                Type::Boxed(inner) if **inner == Type::Noisy && access != Access::Move => &[""],
                Type::Shared(inner) if **inner == Type::Noisy && access == Access::Read => &[""],
                Type::Exclusive(inner) if **inner == Type::Noisy && access != Access::Move => &[""],
                Type::Pair if access != Access::Move => &[".left", ".right"],
                Type::Shared(inner) if **inner == Type::Pair && access == Access::Read => {
                    &[".left", ".right"]
                }
                Type::Exclusive(inner) if **inner == Type::Pair && access != Access::Move => {
                    &[".left", ".right"]
                }
                Type::Tuple(parts) if parts[0] == Type::Noisy && access != Access::Move => &[".0"],
                Type::Vector(inner) if **inner == Type::Noisy && access != Access::Move => &["[0]"],
                _ => &[],
            };
            for (number, field) in fields.iter().enumerate() {
                let is_there = match variable.state {
                    State::Full => true,
                    State::Partial(missing) => !field.is_empty() && missing & (1 << number) == 0,
                    _ => false,
                };
                if is_there && self.environment.allows_part(index, access) {
                    let text = format!("{}{field}", variable.name);
                    places.push((text, index));
                }
            }
        }
        if places.is_empty() {
            return None;
        }
        let (text, variable) = self.random.pick(&places);
        self.environment.touch(variable, access);
        Some(Place { text, variable })
    }

    /// A receiver that is a place or, now and then, a temporary.
    fn receiver(&mut self, access: Access) -> Option<Tree> {
        if self.random.chance(12) && !self.is_exhausted() {
            let made = self.expression(&Type::Noisy);
            return Some(Tree::fixed("$", vec![made.tree]));
        }
        let place = self.noisy_place(access)?;
        Some(Tree::fixed(place.text, vec![]))
    }

    fn read_noisy(&mut self, ty: &Type) -> Option<Made> {
        let receiver = self.receiver(Access::Read)?;
        let method = if self.awaits && self.random.chance(60) {
            "$.peek().await"
        } else {
            "$.look()"
        };
        Some(Tree::expression(ty, method, vec![receiver]).into())
    }

    fn change_noisy(&mut self, ty: &Type) -> Option<Made> {
        let receiver = self.receiver(Access::Write)?;
        let method = if self.awaits && self.random.chance(60) {
            "$.change().await"
        } else {
            "$.touch()"
        };
        Some(Tree::expression(ty, method, vec![receiver]).into())
    }

    fn consume_noisy(&mut self, ty: &Type) -> Option<Made> {
        let receiver = self.receiver(Access::Move)?;
        let method = if self.awaits && self.random.chance(60) {
            "$.consume().await"
        } else {
            "$.spend()"
        };
        Some(Tree::expression(ty, method, vec![receiver]).into())
    }

    fn viewed(&mut self, ty: &Type) -> Option<Made> {
        let place = self.noisy_place(Access::Read)?;
        let loans = self.environment.borrow(place.variable, false);
        self.environment.pending.extend(loans);
        let methods: &[&str] = match self.awaits {
            true => &[
                "look()",
                "load().await",
                "into_load().await",
                "again().load().await",
                "source().peek().await",
            ],
            false => &["look()", "again().look()"],
        };
        let method = self.random.pick(methods);
        Some(Tree::expression(ty, format!("{}.view().{method}", place.text), vec![]).into())
    }

    fn binary(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[ty, ty]);
        let template = self.random.pick(&[
            "($ + $)",
            "($ % 50 * ($ % 50))",
            "u32::max($, $)",
            "u32::wrapping_sub($, $)",
        ]);
        Some(Tree::expression(ty, template, operands).into())
    }

    fn call_of_numbers(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[ty, ty, ty]);
        Some(Tree::expression(ty, "sum($, $, $)", operands).into())
    }

    fn call_of_noisies(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[&Type::Noisy, &Type::Noisy]);
        Some(Tree::expression(ty, "combine($, $)", operands).into())
    }

    fn call_of_borrows(&mut self, ty: &Type) -> Option<Made> {
        let shared = Type::Shared(Box::new(Type::Noisy));
        let exclusive = Type::Exclusive(Box::new(Type::Noisy));
        let number = Type::Shared(Box::new(Type::Number));
        let (types, template) = match self.random.below(if self.awaits { 4 } else { 2 }) {
            0 => ([&shared, &shared], "compare_both($, $)"),
            1 => ([&exclusive, ty], "stir($, $)"),
            2 => ([&number, ty], "add_later($, $).await"),
            _ => ([&shared, &shared], "weigh_both($, $).await"),
        };
        let (operands, _) = self.operands(&types);
        Some(Tree::expression(ty, template, operands).into())
    }

    fn length(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Read, |ty| {
            matches!(ty, Type::Vector(_) | Type::Text)
        })?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("{name}.len() as u32"), vec![]).into())
    }

    fn element(&mut self, ty: &Type) -> Option<Made> {
        let numbers = Type::vector(Type::Number);
        let index = self.any_usable(Access::Read, |ty| *ty == numbers)?;
        let name = self.environment.variables[index].name.clone();
        let template = match self.awaits && self.random.chance(40) {
            true => {
                let event = self.event("t");
                format!("{name}[leaf({event}, 1, 1).await]")
            }
            false => format!("{name}[0]"),
        };
        Some(Tree::expression(ty, template, vec![]).into())
    }

    fn guarded_number(&mut self, ty: &Type) -> Option<Made> {
        if self.random.chance(50) {
            let index = self.any_usable(Access::Read, |ty| *ty == Type::Guard)?;
            let name = self.environment.variables[index].name.clone();
            return Some(Tree::expression(ty, format!("*{name}"), vec![]).into());
        }
        let index = self.any_usable(Access::Write, |ty| *ty == Type::Lock)?;
        let name = self.environment.variables[index].name.clone();
        let loans = self.environment.borrow(index, true);
        self.environment.pending.extend(loans);
        let templates: &[&str] = if self.awaits {
            &["*NAME.guard()", "*NAME.acquire().await"]
        } else {
            &["*NAME.guard()"]
        };
        let template = self.random.pick(templates).replace("NAME", &name);
        Some(Tree::expression(ty, template, vec![]).into())
    }

    fn calls_closure(&mut self, ty: &Type) -> Option<Made> {
        let capture = self.random.pick(&[
            Capture::Shared,
            Capture::Exclusive,
            Capture::Kept,
            Capture::Spent,
        ]);
        let access = match capture {
            Capture::Shared | Capture::Kept => Access::Read,
            Capture::Exclusive => Access::Write,
            Capture::Spent => Access::Move,
        };
        let index = self.any_usable(access, |ty| *ty == Type::Closure(capture))?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("{name}()"), vec![]).into())
    }

    fn weighed(&mut self, ty: &Type) -> Option<Made> {
        let template = self.random.pick(&["NAME.weigh()", "NAME.unpack()"]);
        let access = if template.ends_with("unpack()") {
            Access::Move
        } else {
            Access::Read
        };
        let index = self.any_usable(access, |ty| *ty == Type::Generic)?;
        let template = template.replace("NAME", &self.environment.variables[index].name);
        Some(Tree::expression(ty, template, vec![]).into())
    }

    fn of_an_option(&mut self, ty: &Type) -> Option<Made> {
        let noisies = Type::option(Type::Noisy);
        let (access, template) = self.random.pick(&[
            (
                Access::Read,
                "NAME.as_ref().map_or(0, |inner| inner.look())",
            ),
            (
                Access::Write,
                "NAME.as_mut().map_or(0, |inner| inner.touch())",
            ),
            (Access::Write, "NAME.take().map_or(0, Noisy::spend)"),
            (Access::Move, "NAME.map_or(0, |inner| inner.spend())"),
        ]);
        let index = self.any_usable(access, |ty| *ty == noisies)?;
        let template = template.replace("NAME", &self.environment.variables[index].name);
        Some(Tree::expression(ty, template, vec![]).into())
    }

    fn of_a_pair(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Read, |ty| match ty {
            Type::Shared(inner) | Type::Exclusive(inner) => **inner == Type::Pair,
            ty => *ty == Type::Pair,
        })?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("{name}.both()"), vec![]).into())
    }

    fn cast(&mut self, ty: &Type) -> Option<Made> {
        let from = self.random.pick(&[Type::Bool, Type::Number]);
        let made = self.expression(&from).tree;
        let template = if from == Type::Bool {
            "($ as u32)"
        } else {
            "($ as u8 as u32)"
        };
        Some(Tree::expression(ty, template, vec![made]).into())
    }

    fn tuple_number(&mut self, ty: &Type) -> Option<Made> {
        let tuple = Type::Tuple(vec![Type::Noisy, Type::Number]);
        let index = self.any_usable(Access::Read, |ty| *ty == tuple)?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("{name}.1"), vec![]).into())
    }

    fn through_reference(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Read, |ty| match ty {
            Type::Shared(inner) | Type::Exclusive(inner) => **inner == Type::Number,
            _ => false,
        })?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("*{name}"), vec![]).into())
    }

    fn of_a_temporary_array(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[ty, ty]);
        let template = self.random.pick(&[
            "[$, $][1]",
            "vec![$, $].len() as u32",
            "[$, $].iter().sum::<u32>()",
        ]);
        Some(Tree::expression(ty, template, operands).into())
    }

    fn comparison(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[&Type::Number, &Type::Number]);
        let template = self.random.pick(&["($ > $)", "($ == $)", "($ <= $)"]);
        Some(Tree::expression(ty, template, operands).into())
    }

    fn lazy(&mut self, ty: &Type) -> Option<Made> {
        let left = self.expression(ty).tree;
        let count = self.environment.variables.len();
        let skipped = self.environment.states(count);
        let right = self.expression(ty).tree;
        let taken = self.environment.states(count);
        self.environment.join(&[skipped, taken]);
        let template = self.random.pick(&["($ && $)", "($ || $)"]);
        Some(Tree::expression(ty, template, vec![left, right]).into())
    }

    fn negation(&mut self, ty: &Type) -> Option<Made> {
        let inner = self.expression(ty).tree;
        Some(Tree::expression(ty, "!$", vec![inner]).into())
    }

    fn asks_option(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Read, |ty| matches!(ty, Type::Option(_)))?;
        let name = &self.environment.variables[index].name;
        let method = self.random.pick(&["is_some()", "is_none()"]);
        Some(Tree::expression(ty, format!("{name}.{method}"), vec![]).into())
    }

    fn matches_macro(&mut self, ty: &Type) -> Option<Made> {
        let number = self.expression(&Type::Number).tree;
        Some(Tree::expression(ty, "matches!($, 0..=3 | 7)", vec![number]).into())
    }

    /// A variable that can be used in this way, with note taken of the use.
    pub(super) fn any_usable(
        &mut self,
        access: Access,
        fits: impl Fn(&Type) -> bool,
    ) -> Option<usize> {
        let candidates = self.environment.usable(access, fits);
        if candidates.is_empty() {
            return None;
        }
        let index = self.random.pick(&candidates);
        self.environment.touch(index, access);
        Some(index)
    }
}
