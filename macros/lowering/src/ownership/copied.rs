//! Which variables are surely of a type that is copied, not borrowed through, where its value is used.

use std::collections::BTreeSet;

use syn::{Expr, Lit, Pat, Type, UnOp};

use crate::flow::{Block, Flow, Operation, Scrutinee, gives_a_truth};
use crate::resolve::{Names, VariableId};

/// The variables of which a type that is written, or the value they begin with, says so. Nothing is guessed.
pub fn copied(flow: &Flow) -> BTreeSet<VariableId> {
    let names = &flow.names;
    let mut search = Search {
        names,
        copied: BTreeSet::new(),
        ranges: BTreeSet::new(),
    };
    for parameter in &flow.parameters {
        // What a parameter probably is, it surely is: its type is written.
        search.declared(*parameter, names.variables[*parameter].likely.as_ref());
    }
    search.block(&flow.root);
    search.copied
}

struct Search<'a> {
    names: &'a Names,
    copied: BTreeSet<VariableId>,
    /// The iterators of `for` loops over ranges: their items are numbers or letters.
    ranges: BTreeSet<VariableId>,
}

impl Search<'_> {
    fn block(&mut self, block: &Block) {
        for operation in &block.operations {
            self.operation(operation);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Declare(variable) => {
                self.declared(*variable, self.names.variables[*variable].ty.as_ref());
            }
            Operation::Let {
                pattern,
                ty,
                value,
                variables,
                ..
            } => {
                if let (Pat::Ident(binding), [variable]) = (pattern, variables.as_slice()) {
                    if binding.by_ref.is_none() {
                        self.declared(*variable, ty.as_ref());
                        if ty.is_none() && self.is_copied_value(value) {
                            self.copied.insert(*variable);
                        }
                        if iterates_over_a_range(value) {
                            self.ranges.insert(*variable);
                        }
                    }
                }
            }
            Operation::Match {
                scrutinee, arms, ..
            } => {
                let is_item =
                    matches!(scrutinee, Scrutinee::Direct(next) if self.is_next_of_range(next));
                for arm in arms {
                    if let (true, Pat::TupleStruct(some), [variable]) =
                        (is_item, &arm.pattern, arm.block.bound.as_slice())
                    {
                        if matches!(some.elems.first(), Some(Pat::Ident(binding)) if binding.by_ref.is_none())
                        {
                            self.copied.insert(*variable);
                        }
                    }
                }
            }
            _ => {}
        }
        let blocks = operation.blocks().into_iter();
        blocks.for_each(|block| self.block(block));
    }

    fn declared(&mut self, variable: VariableId, ty: Option<&Type>) {
        if ty.is_some_and(is_copied_type) {
            self.copied.insert(variable);
        }
    }

    /// Whether a variable that is given the value has a type that is copied.
    fn is_copied_value(&self, value: &Expr) -> bool {
        match value {
            Expr::Lit(literal) => !matches!(literal.lit, Lit::Verbatim(_)),
            Expr::Path(_) => {
                mentioned(self.names, value).is_some_and(|it| self.copied.contains(&it))
            }
            Expr::Paren(inner) => self.is_copied_value(&inner.expr),
            Expr::Group(inner) => self.is_copied_value(&inner.expr),
            Expr::Unary(unary) => {
                !matches!(unary.op, UnOp::Deref(_)) && matches!(&*unary.expr, Expr::Lit(_))
            }
            Expr::Cast(cast) => is_copied_type(&cast.ty),
            Expr::Reference(reference) => reference.mutability.is_none(),
            Expr::Binary(binary) => gives_a_truth(&binary.op),
            _ => false,
        }
    }

    /// Whether it is `Iterator::next(&mut iterator)` of a range's iterator, as a `for` loop asks it.
    fn is_next_of_range(&self, next: &Expr) -> bool {
        let Some([Expr::Reference(iterator)]) = call_of(next, "next") else {
            return false;
        };
        mentioned(self.names, &iterator.expr).is_some_and(|it| self.ranges.contains(&it))
    }
}

pub(super) fn is_copied_type(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => reference.mutability.is_none(),
        Type::Ptr(_) => true,
        Type::Paren(inner) => is_copied_type(&inner.elem),
        Type::Group(inner) => is_copied_type(&inner.elem),
        Type::Tuple(tuple) => tuple.elems.iter().all(is_copied_type),
        Type::Array(array) => is_copied_type(&array.elem),
        Type::Path(path) => path.path.get_ident().is_some_and(|name| {
            let name = name.to_string();
            ["bool", "char", "f32", "f64", "usize", "isize"].contains(&name.as_str())
                || (name.starts_with(['u', 'i']) && name[1..].parse::<u8>().is_ok())
        }),
        _ => false,
    }
}

/// `IntoIterator::into_iter(from..to)`, as a `for` loop begins.
fn iterates_over_a_range(value: &Expr) -> bool {
    matches!(call_of(value, "into_iter"), Some([Expr::Range(_)]))
}

/// The arguments of a call of the function of `::core::iter`.
fn call_of<'a>(expr: &'a Expr, function: &str) -> Option<[&'a Expr; 1]> {
    let Expr::Call(call) = expr else { return None };
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let path = &path.path;
    let names: Vec<_> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let is_it = path.leading_colon.is_some()
        && matches!(names.as_slice(), [core, iter, _, last] if core == "core" && iter == "iter" && last == function);
    let mut arguments = call.args.iter();
    let only = [arguments.next()?];
    (is_it && arguments.next().is_none()).then_some(only)
}

fn mentioned(names: &Names, expr: &Expr) -> Option<VariableId> {
    Some(names.mention_of(expr)?.variable)
}
