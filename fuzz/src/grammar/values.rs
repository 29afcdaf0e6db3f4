//! Expressions of values that own something.

use super::environment::{Access, State};
use super::{Generator, Made, Production, Type};
use crate::tree::Tree;

/// Ways to write a `Noisy`.
pub const NOISY: &[(usize, Production)] = &[
    (5, Generator::renamed),
    (2, Generator::replaced_field),
    (2, Generator::taken_of_an_option),
    (1, Generator::popped),
    (2, Generator::left_of_a_pair),
];
/// Ways to write a text.
pub const TEXT: &[(usize, Production)] =
    &[(6, Generator::formatted), (3, Generator::name_of_noisy)];
/// Ways to write a unit.
pub const UNIT: &[(usize, Production)] = &[
    (6, Generator::mark_call),
    (4, Generator::dropped),
    (3, Generator::flushed),
];
/// Ways to write a `Pair`.
pub const PAIR: &[(usize, Production)] = &[
    (4, Generator::pair_backwards),
    (2, Generator::pair_with_base),
];
/// Ways to write an option.
pub const OPTION: &[(usize, Production)] = &[(3, Generator::taken)];
/// Ways to write a vector.
pub const VECTOR: &[(usize, Production)] = &[];
/// Ways to write a value of the type parameter.
pub const GENERIC: &[(usize, Production)] = &[(2, Generator::passed_generic)];

impl Generator {
    /// A value of this type, made of values that are as rich as the budget allows.
    pub(super) fn constructed(&mut self, ty: &Type) -> Option<Made> {
        Some(self.construct(ty, Self::expression_tree))
    }

    /// A value of this type without anything to compute.
    pub(super) fn constructed_simply(&mut self, ty: &Type) -> Made {
        self.construct(ty, |generator, ty| generator.constructed_simply(ty).tree)
    }

    fn expression_tree(&mut self, ty: &Type) -> Tree {
        self.expression(ty).tree
    }

    fn construct(&mut self, ty: &Type, part: fn(&mut Self, &Type) -> Tree) -> Made {
        let (template, parts): (String, Vec<&Type>) = match ty {
            Type::Unit => ("()".into(), vec![]),
            Type::Bool => (self.random.pick(&["true", "false"]).into(), vec![]),
            Type::Number => (self.random.below(9).to_string(), vec![]),
            Type::Text => (format!("String::from({})", self.event("s")), vec![]),
            Type::Noisy => (format!("noisy({})", self.event("n")), vec![]),
            Type::Pair => ("(Pair { left: $, right: $ })".into(), vec![&Type::Noisy; 2]),
            Type::Choice => match self.random.below(3) {
                0 => ("Choice::Nothing".into(), vec![]),
                1 => ("Choice::One($)".into(), vec![&Type::Noisy]),
                _ => (
                    "(Choice::Two { left: $, number: $ })".into(),
                    vec![&Type::Noisy, &Type::Number],
                ),
            },
            Type::Tuple(parts) => {
                let holes = vec!["$"; parts.len()].join(", ");
                (format!("({holes})"), parts.iter().collect())
            }
            Type::Option(inner) => match self.random.below(4) {
                0 => (format!("None::<{}>", inner.print()), vec![]),
                _ => ("Some($)".into(), vec![&**inner]),
            },
            Type::Result(inner) => match self.random.below(6) {
                0 => (
                    format!("Err::<{}, _>(Failure({}))", inner.print(), self.event("f")),
                    vec![],
                ),
                _ => ("Ok::<_, Failure>($)".into(), vec![&**inner]),
            },
            Type::PollResult(inner) => match self.random.below(6) {
                0 => (
                    format!("Poll::<Result<{}, Failure>>::Pending", inner.print()),
                    vec![],
                ),
                1 => (
                    format!(
                        "Poll::Ready(Err::<{}, _>(Failure({})))",
                        inner.print(),
                        self.event("f")
                    ),
                    vec![],
                ),
                _ => ("Poll::Ready(Ok::<_, Failure>($))".into(), vec![&**inner]),
            },
            Type::Vector(inner) => ("vec![$, $]".into(), vec![&**inner; 2]),
            Type::Boxed(inner) => ("Box::new($)".into(), vec![&**inner]),
            Type::Shared(inner) => ("&$".into(), vec![&**inner]),
            Type::Exclusive(inner) => ("&mut $".into(), vec![&**inner]),
            Type::View => ("$.view()".into(), vec![&Type::Noisy]),
            Type::Lock => (format!("lock({}, 3)", self.event("l")), vec![]),
            Type::Guard | Type::Generic | Type::Closure(_) => {
                unreachable!("{ty:?} is asked for only where there is one")
            }
        };
        let held = self.environment.held.len();
        let children = parts.into_iter().map(|ty| part(self, ty)).collect();
        self.environment.held.truncate(held);
        Tree::expression(ty, template, children).into()
    }

    fn renamed(&mut self, ty: &Type) -> Option<Made> {
        let name = self.event("r");
        let made = self.expression(ty).tree;
        Some(Tree::expression(ty, format!("$.rename({name})"), vec![made]).into())
    }

    fn replaced_field(&mut self, ty: &Type) -> Option<Made> {
        let place = self.noisy_place(Access::Write)?;
        let is_reference = matches!(
            self.environment.variables[place.variable].ty,
            Type::Exclusive(_)
        );
        let new = self.constructed_simply(ty).tree;
        let target = match is_reference && !place.text.contains('.')
            || place.text.starts_with("self") && !place.text.contains('.')
        {
            true => place.text,
            false => format!("&mut {}", place.text),
        };
        Some(Tree::expression(ty, format!("std::mem::replace({target}, $)"), vec![new]).into())
    }

    fn taken_of_an_option(&mut self, ty: &Type) -> Option<Made> {
        let noisies = Type::option(Type::Noisy);
        let index = self.any_usable(Access::Write, |ty| *ty == noisies)?;
        let name = self.environment.variables[index].name.clone();
        let default = self.constructed_simply(ty).tree;
        Some(
            Tree::expression(
                ty,
                format!("{name}.take().unwrap_or_else(|| $)"),
                vec![default],
            )
            .into(),
        )
    }

    fn popped(&mut self, ty: &Type) -> Option<Made> {
        let noisies = Type::vector(Type::Noisy);
        let index = self.any_usable(Access::Write, |ty| *ty == noisies)?;
        let name = self.environment.variables[index].name.clone();
        let new = self.expression(ty).tree;
        Some(
            Tree::expression(
                ty,
                format!("std::mem::replace(&mut {name}[1], $)"),
                vec![new],
            )
            .into(),
        )
    }

    fn left_of_a_pair(&mut self, ty: &Type) -> Option<Made> {
        let made = self.expression(&Type::Pair).tree;
        let template = self.random.pick(&["$.into_left()", "$.left"]);
        // A field of a variable would be a partial move.
        let is_variable = made
            .print()
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_');
        let template = if is_variable {
            "$.into_left()"
        } else {
            template
        };
        Some(Tree::expression(ty, template, vec![made]).into())
    }

    /// A field moved out of a variable.
    pub(super) fn moved_field(&mut self, ty: &Type) -> Option<Made> {
        if !self.features.partial_moves || self.environment.within_guard {
            return None;
        }
        let mut places = Vec::new();
        for (index, variable) in self.environment.variables.iter().enumerate() {
            let fields: Vec<(String, &Type)> = match &variable.ty {
                Type::Pair => vec![
                    (".left".into(), &Type::Noisy),
                    (".right".into(), &Type::Noisy),
                ],
                Type::Tuple(parts) => (0..)
                    .map(|number| format!(".{number}"))
                    .zip(parts)
                    .collect(),
                _ => continue,
            };
            let missing = match variable.state {
                State::Full => 0,
                State::Partial(missing) => missing,
                _ => continue,
            };
            for (number, (field, field_type)) in fields.into_iter().enumerate() {
                if field_type == ty
                    && missing & (1 << number) == 0
                    && self.environment.allows_part(index, Access::Move)
                {
                    places.push((
                        index,
                        missing | (1 << number),
                        format!("{}{field}", variable.name),
                    ));
                }
            }
        }
        if places.is_empty() {
            return None;
        }
        let (index, missing, text) = self.random.pick(&places);
        self.environment.touch(index, Access::Write);
        if !ty.is_copy() {
            self.environment.variables[index].state = State::Partial(missing);
        }
        Some(Tree::expression(ty, text, vec![]).into())
    }

    fn formatted(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[&Type::Number, &Type::Noisy]);
        Some(Tree::expression(ty, r#"format!("{}-{}", $, $)"#, operands).into())
    }

    fn name_of_noisy(&mut self, ty: &Type) -> Option<Made> {
        let place = self.noisy_place(Access::Read)?;
        let method = self.random.pick(&["name().to_owned()", "to_string()"]);
        Some(Tree::expression(ty, format!("{}.{method}", place.text), vec![]).into())
    }

    fn mark_call(&mut self, ty: &Type) -> Option<Made> {
        let event = self.event("m");
        let template = match self.awaits && self.random.chance(60) {
            true => format!("tick({event}).await"),
            false => format!("mark({event})"),
        };
        Some(Tree::expression(ty, template, vec![]).into())
    }

    fn dropped(&mut self, ty: &Type) -> Option<Made> {
        let dropped = self.random.pick(&[
            Type::Noisy,
            Type::Pair,
            Type::option(Type::Noisy),
            Type::Choice,
        ]);
        let made = self.expression(&dropped).tree;
        Some(Tree::expression(ty, "drop($)", vec![made]).into())
    }

    fn flushed(&mut self, ty: &Type) -> Option<Made> {
        if !self.awaits {
            return None;
        }
        let consumes = self.random.chance(40);
        let access = if consumes { Access::Move } else { Access::Read };
        let index = self.any_usable(access, |ty| *ty == Type::Guard)?;
        let name = &self.environment.variables[index].name;
        let method = if consumes {
            "release().await"
        } else {
            "flush().await"
        };
        Some(Tree::expression(ty, format!("{name}.{method}"), vec![]).into())
    }

    fn pair_backwards(&mut self, ty: &Type) -> Option<Made> {
        let (operands, _) = self.operands(&[&Type::Noisy, &Type::Noisy]);
        Some(Tree::expression(ty, "(Pair { right: $, left: $ })", operands).into())
    }

    fn pair_with_base(&mut self, ty: &Type) -> Option<Made> {
        if !self.features.partial_moves {
            return None;
        }
        let (operands, _) = self.operands(&[&Type::Noisy, ty]);
        Some(Tree::expression(ty, "(Pair { left: $, ..$ })", operands).into())
    }

    fn taken(&mut self, ty: &Type) -> Option<Made> {
        let index = self.any_usable(Access::Write, |other| other == ty)?;
        let name = &self.environment.variables[index].name;
        Some(Tree::expression(ty, format!("{name}.take()"), vec![]).into())
    }

    fn passed_generic(&mut self, ty: &Type) -> Option<Made> {
        if !self.awaits {
            return None;
        }
        let made = self.variable(ty)?;
        Some(Tree::expression(ty, "pass($).await", vec![made.tree]).into())
    }
}
