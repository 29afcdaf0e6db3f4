//! Patterns and the variables that they bind.

use super::environment::{Loan, State, Variable};
use super::{Generator, Type};

/// How a pattern takes hold of what it matches.
#[derive(Clone, Debug)]
pub(super) enum Binding {
    /// The value is moved into the variables.
    Move,
    /// The variables refer to the value, which is one of a reference or of a place.
    Refer {
        /// By `&mut`.
        exclusive: bool,
        /// What they hold on to.
        loans: Vec<Loan>,
        /// The pattern says `ref`.
        spelled: bool,
    },
}

/// A pattern and the variables that it binds.
pub(super) struct Pattern {
    pub text: String,
    pub variables: Vec<Variable>,
}

impl Generator {
    /// A name for a new variable: now and then one that is there already.
    pub(super) fn variable_name(&mut self) -> String {
        let count = self.environment.variables.len();
        if count > 0 && self.random.chance(10) {
            let older = self.random.below(count);
            let name = self.environment.variables[older].name.clone();
            if name != "self" {
                return name;
            }
        }
        self.fresh("v")
    }

    /// A pattern that binds the whole value.
    pub(super) fn bind(&mut self, ty: &Type, binding: &Binding) -> Pattern {
        let name = self.fresh("b");
        let (text, variable) = match binding {
            Binding::Move => {
                let mutable = !ty.borrows() && self.random.chance(30);
                let keyword = if mutable { "mut " } else { "" };
                let variable = self.new_variable(name.clone(), ty.clone(), mutable, Vec::new());
                (format!("{keyword}{name}"), variable)
            }
            Binding::Refer {
                exclusive,
                loans,
                spelled,
            } => {
                let inner = Box::new(ty.clone());
                let (reference, keyword) = match exclusive {
                    true => (Type::Exclusive(inner), "ref mut "),
                    false => (Type::Shared(inner), "ref "),
                };
                let keyword = if *spelled { keyword } else { "" };
                let variable = self.new_variable(name.clone(), reference, false, loans.clone());
                (format!("{keyword}{name}"), variable)
            }
        };
        Pattern {
            text,
            variables: vec![variable],
        }
    }

    /// A variable as it is when it is declared here.
    pub(super) fn new_variable(
        &self,
        name: String,
        ty: Type,
        mutable: bool,
        loans: Vec<Loan>,
    ) -> Variable {
        Variable {
            name,
            ty,
            mutable,
            state: State::Full,
            loops: self.environment.loops,
            visible: true,
            loans,
        }
    }

    /// A pattern that always matches and takes the value apart, if its type has parts. Parts are left out only if
    /// that is `complete` otherwise, that is, if what is left does not stay in a variable.
    pub(super) fn destructure(&mut self, ty: &Type, binding: &Binding, complete: bool) -> Pattern {
        let parts: Vec<(&str, Type)> = match ty {
            Type::Pair => vec![("left", Type::Noisy), ("right", Type::Noisy)],
            Type::Tuple(parts) => parts.iter().map(|part| ("", part.clone())).collect(),
            _ => return self.bind(ty, binding),
        };
        let mut texts = Vec::new();
        let mut variables = Vec::new();
        for (name, part) in &parts {
            let text = if !complete && self.random.chance(25) {
                "_".to_owned()
            } else {
                let pattern = self.bind(part, binding);
                variables.extend(pattern.variables);
                pattern.text
            };
            texts.push(match name.is_empty() {
                true => text,
                false => format!("{name}: {text}"),
            });
        }
        let text = match ty {
            Type::Pair => format!("Pair {{ {} }}", texts.join(", ")),
            _ => format!("({})", texts.join(", ")),
        };
        Pattern { text, variables }
    }

    /// Patterns that together match every value of the type, each with the variables that it binds.
    pub(super) fn cases(&mut self, ty: &Type, binding: &Binding, complete: bool) -> Vec<Pattern> {
        let plain = |text: &str| Pattern {
            text: text.to_owned(),
            variables: Vec::new(),
        };
        match ty {
            Type::Bool => vec![plain("true"), plain("false")],
            Type::Number => {
                let mut cases = vec![plain("0"), plain("1 | 2")];
                if self.random.chance(50) {
                    let Pattern { text, variables } = self.bind(ty, binding);
                    cases.push(Pattern {
                        text: format!("{text} @ 3..=6"),
                        variables,
                    });
                }
                match self.random.chance(50) {
                    true => cases.push(self.bind(ty, binding)),
                    false => cases.push(plain("_")),
                }
                cases
            }
            Type::Option(inner) => {
                let some = self.destructure(inner, binding, complete);
                let some = Pattern {
                    text: format!("Some({})", some.text),
                    ..some
                };
                let mut cases = vec![some, plain("None")];
                if self.random.chance(20) {
                    cases.insert(0, plain("None"));
                    cases[2] = match self.random.chance(50) {
                        true => plain("_"),
                        false => self.bind(ty, binding),
                    };
                }
                cases
            }
            Type::Result(inner) => {
                let ok = self.destructure(inner, binding, complete);
                vec![
                    Pattern {
                        text: format!("Ok({})", ok.text),
                        ..ok
                    },
                    plain("Err(_)"),
                ]
            }
            Type::Choice => {
                if self.random.chance(25) {
                    let Pattern { text, variables } = self.bind(&Type::Noisy, binding);
                    let text = format!("Choice::One({text}) | Choice::Two {{ left: {text}, .. }}");
                    return vec![Pattern { text, variables }, plain("Choice::Nothing")];
                }
                let one = self.bind(&Type::Noisy, binding);
                let left = self.bind(&Type::Noisy, binding);
                let number = self.bind(&Type::Number, binding);
                let two = format!(
                    "Choice::Two {{ left: {}, number: {} }}",
                    left.text, number.text
                );
                let mut variables = left.variables;
                variables.extend(number.variables);
                vec![
                    plain("Choice::Nothing"),
                    Pattern {
                        text: format!("Choice::One({})", one.text),
                        ..one
                    },
                    Pattern {
                        text: two,
                        variables,
                    },
                ]
            }
            other => vec![self.destructure(other, binding, complete)],
        }
    }
}
