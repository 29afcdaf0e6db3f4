//! Makes a well-typed program ill-typed, by one mistake that people make.

use crate::grammar::{Program, Type};
use crate::random::Random;
use crate::tree::{Path, Sort, Tree};

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// A value of another type.
    WrongType,
    /// A variable used after its value has been moved, across an await.
    UseAfterMove,
    /// A value where a reference to it is wanted.
    MissingBorrow,
    /// A name that nothing has.
    UnknownName,
    /// A future where its output is wanted.
    MissingAwait,
    /// An argument too few.
    MissingArgument,
    /// A change of what is borrowed, across an await.
    BorrowConflict,
    /// A change of what is not `mut`.
    MissingMut,
    /// A method that the type does not have.
    UnknownMethod,
}

/// All of them.
pub const MISTAKES: [Mistake; 9] = [
    Mistake::WrongType,
    Mistake::UseAfterMove,
    Mistake::MissingBorrow,
    Mistake::UnknownName,
    Mistake::MissingAwait,
    Mistake::MissingArgument,
    Mistake::BorrowConflict,
    Mistake::MissingMut,
    Mistake::UnknownMethod,
];

/// The program with this mistake in it, `None` if it has no place for it.
pub fn mistaken(program: &Program, mistake: Mistake, random: &mut Random) -> Option<Program> {
    let places: Vec<(Path, Tree)> = program
        .body
        .paths()
        .into_iter()
        .filter_map(|path| {
            let node = program.body.at(&path);
            Some((path, changed(node, mistake)?))
        })
        .collect();
    if places.is_empty() {
        return None;
    }
    let (path, node) = random.pick(&places);
    let mut program = program.clone();
    program.body = program.body.with(&path, node);
    Some(program)
}

/// The node with the mistake, if it can be made there.
fn changed(node: &Tree, mistake: Mistake) -> Option<Tree> {
    let template = node.template();
    let with = |template: &str| Tree::new(node.sort.clone(), template, node.children.clone());
    match mistake {
        Mistake::WrongType => match node.sort {
            Sort::Expression(Type::Number) => Some(Tree::fixed("\"three\"", vec![])),
            Sort::Expression(Type::Noisy) => Some(Tree::fixed("7u32", vec![])),
            _ => None,
        },
        Mistake::UseAfterMove => inserted(
            node,
            "let lost = noisy(\"lost\");\ndrop(lost);\ntick(\"moved\").await;\nlost.look();",
        ),
        Mistake::BorrowConflict => inserted(
            node,
            "let mut list = vec![1u32];\nlet first = &list[0];\nlist.push(2);\ntick(\"pushed\").await;\nmark(first.to_string());",
        ),
        Mistake::MissingMut => inserted(
            node,
            "let fixed = noisy(\"fixed\");\ntick(\"before\").await;\nfixed.touch();",
        ),
        Mistake::MissingBorrow => {
            let is_borrow = matches!(node.sort, Sort::Expression(Type::Shared(_)));
            let place = template
                .strip_prefix('&')
                .filter(|place| !place.starts_with('*'));
            place.filter(|_| is_borrow).map(with)
        }
        Mistake::UnknownName => {
            let mut letters = template.chars();
            let is_name = letters.next().is_some_and(|c| "pvbd".contains(c))
                && letters.clone().count() > 0
                && letters.all(|c| c.is_ascii_digit());
            let is_value = matches!(node.sort, Sort::Expression(_));
            (is_name && is_value).then(|| with("misspelt"))
        }
        Mistake::MissingAwait => {
            let is_value = matches!(&node.sort, Sort::Expression(ty) if *ty != Type::Unit);
            template
                .strip_suffix(".await")
                .filter(|_| is_value)
                .map(with)
        }
        Mistake::MissingArgument => ["sum($, ", "combine($, ", "compare_both($, "]
            .iter()
            .find(|call| template.starts_with(**call))
            .map(|call| {
                let rest = &template[call.len()..];
                let template = format!("{}{rest}", call.replace("$, ", ""));
                Tree::new(node.sort.clone(), template, node.children[1..].to_vec())
            }),
        Mistake::UnknownMethod => [".look()", ".peek()", ".touch()", ".rename("]
            .iter()
            .find(|method| template.contains(**method))
            .map(|method| with(&template.replace(method, &method.replace('.', ".mis")))),
    }
}

/// Statements before one.
fn inserted(node: &Tree, statements: &str) -> Option<Tree> {
    let is_place = node.sort == Sort::Statement && node.template().contains(".await");
    is_place.then(|| {
        let template = format!("{statements}\n{}", node.template());
        Tree::new(Sort::Statement, template, node.children.clone())
    })
}
