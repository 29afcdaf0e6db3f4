//! One program: a function with its parameters, and how it is called.

use super::environment::{Environment, State, Variable};
use super::{Generator, Type};
use crate::random::Random;
use crate::tree::Tree;

/// An edition of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edition {
    /// 2021
    E2021,
    /// 2024
    E2024,
}

impl Edition {
    /// As rustc takes it.
    pub fn year(self) -> &'static str {
        match self {
            Edition::E2021 => "2021",
            Edition::E2024 => "2024",
        }
    }
}

/// What generated programs may contain beyond the rest of the grammar.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// Moves of a part of a variable.
    pub partial_moves: bool,
}

/// A parameter and the argument that it is given.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// `name: Type`
    pub declaration: String,
    /// What stands before the call: the owner of what the argument borrows.
    pub owner: String,
    /// The argument.
    pub argument: String,
}

/// A function to be compiled plain and lowered.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its number among those of its seed.
    pub index: usize,
    /// Its edition.
    pub edition: Edition,
    /// Its generic parameters with their bounds, empty if there are none.
    pub generics: &'static str,
    /// Its parameters, `self` not among them.
    pub parameters: Vec<Parameter>,
    /// The kind of `self` if it is a method of `Pair`, empty if it is not.
    pub receiver: &'static str,
    /// What it returns.
    pub returns: Type,
    /// Its block.
    pub body: Tree,
}

impl Program {
    /// The function, or the `impl` block with the method.
    pub fn item(&self, name: &str) -> String {
        let mut parameters: Vec<&str> = Vec::new();
        if !self.receiver.is_empty() {
            parameters.push(self.receiver);
        }
        parameters.extend(
            self.parameters
                .iter()
                .map(|parameter| &*parameter.declaration),
        );
        let function = format!(
            "#[lower]\nasync fn {name}{}({}) -> {} {}\n",
            self.generics,
            parameters.join(", "),
            self.returns.print(),
            self.body.print(),
        );
        match self.receiver {
            "" => function,
            _ => format!("impl Pair {{\n{function}}}\n"),
        }
    }

    /// An expression that makes the future; it borrows nothing.
    pub fn construct(&self, name: &str) -> String {
        let arguments: Vec<&str> = self
            .parameters
            .iter()
            .map(|parameter| &*parameter.argument)
            .collect();
        let arguments = arguments.join(", ");
        let mut owners: String = self
            .parameters
            .iter()
            .map(|parameter| &*parameter.owner)
            .collect();
        let call = match self.receiver {
            "" => format!("{name}({arguments})"),
            _ => {
                owners.push_str(
                    r#"let mut this = Pair { left: noisy("left"), right: noisy("right") };"#,
                );
                format!("this.{name}({arguments})")
            }
        };
        match owners.is_empty() {
            true => call,
            false => format!("async move {{ {owners} {call}.await }}"),
        }
    }
}

/// Writes the `index`-th program of a seed.
pub fn generate(seed: u64, index: usize, features: Features) -> Program {
    let edition = match index % 2 {
        0 => Edition::E2024,
        _ => Edition::E2021,
    };
    let mut random = Random::new(seed, index as u64);
    let budget = random.pick(&[8, 14, 22, 34]);
    let generator = Generator {
        random,
        edition,
        features,
        environment: Environment::default(),
        returns: None,
        awaits: true,
        names: 0,
        budget,
        depth: 0,
    };
    generator.program(index)
}

impl Generator {
    fn program(mut self, index: usize) -> Program {
        let returns = self.return_type();
        self.returns = Some(returns.clone());
        let receiver = match self.random.below(8) {
            0 => self
                .random
                .pick(&["self", "mut self", "&self", "&mut self"]),
            _ => "",
        };
        self.declare_receiver(receiver);
        let is_generic = receiver.is_empty() && self.random.chance(12);
        let mut parameters = Vec::new();
        for _ in 0..self.random.below(4) {
            let ty = self.parameter_type();
            parameters.push(self.parameter(ty));
        }
        if is_generic {
            parameters.push(self.parameter(Type::Generic));
        }
        let body = self.body_block(&returns);
        Program {
            index,
            edition: self.edition,
            generics: if is_generic { "<T: Weigh>" } else { "" },
            parameters,
            receiver,
            returns,
            body,
        }
    }

    fn return_type(&mut self) -> Type {
        let value = self.random.weighted(&[(6, 0), (3, 1), (1, 2), (1, 3)]);
        let value = [Type::Number, Type::Noisy, Type::Unit, Type::Pair][value].clone();
        match self.random.weighted(&[(8, 0), (4, 1), (3, 2), (1, 3)]) {
            1 => Type::result(value),
            2 => Type::option(value),
            3 => Type::PollResult(Box::new(value)),
            _ => value,
        }
    }

    fn declare_receiver(&mut self, receiver: &'static str) {
        let ty = match receiver {
            "" => return,
            "&self" => Type::Shared(Box::new(Type::Pair)),
            "&mut self" => Type::Exclusive(Box::new(Type::Pair)),
            _ => Type::Pair,
        };
        self.environment.declare(Variable {
            name: "self".into(),
            ty,
            mutable: receiver == "mut self",
            state: State::Full,
            loops: 0,
            visible: true,
            loans: Vec::new(),
        });
    }

    fn parameter_type(&mut self) -> Type {
        let noisy = || Box::new(Type::Noisy);
        match self.random.below(14) {
            0..=3 => Type::Noisy,
            4 | 5 => Type::Number,
            6 | 7 => Type::Bool,
            8 => Type::Shared(noisy()),
            9 => Type::Exclusive(noisy()),
            10 => Type::option(Type::Noisy),
            11 => Type::Pair,
            12 => Type::Choice,
            _ => Type::Tuple(vec![Type::Noisy, Type::Number]),
        }
    }

    fn parameter(&mut self, ty: Type) -> Parameter {
        let name = self.fresh("p");
        let mutable = !ty.borrows() && self.random.chance(30);
        let written = match &ty {
            Type::Generic => Type::Noisy,
            Type::Shared(inner) | Type::Exclusive(inner) => (**inner).clone(),
            other => other.clone(),
        };
        let value = self.constructed_simply(&written).tree.print();
        let (owner, argument) = match &ty {
            Type::Shared(_) => (format!("let {name} = {value};"), format!("&{name}")),
            Type::Exclusive(_) => (format!("let mut {name} = {value};"), format!("&mut {name}")),
            _ => (String::new(), value),
        };
        let keyword = if mutable { "mut " } else { "" };
        let declaration = format!("{keyword}{name}: {}", ty.print());
        self.environment.declare(Variable {
            name,
            ty,
            mutable,
            state: State::Full,
            loops: 0,
            visible: true,
            loans: Vec::new(),
        });
        Parameter {
            declaration,
            owner,
            argument,
        }
    }
}
