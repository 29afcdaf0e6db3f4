//! Branches, matches, loops and blocks with awaits in them.

use syn::{Expr, ExprIf, ExprMatch, Pat, parse_quote};

use super::build::{Builder, Label, refused};
use super::contains::contains_await;
use super::ir::{Arm, Block, Operation, Scrutinee};
use super::tails::marked;
use super::temporaries::{is_place, is_transparent};
use crate::resolve::{
    Taken, Use, VariableId, is_guarded, is_part_of_temporary, leaves_something, mention_id, node_of,
};

impl Builder {
    /// An expression statement with awaits.
    pub fn effect(&mut self, expr: Expr) -> syn::Result<()> {
        if is_construct(&expr) {
            return self.construct(expr, None);
        }
        let value = self.value(expr, false)?;
        let value = self.leaf(value)?;
        if self.is_plain_output(&value) {
            // The output is dropped at the end of the statement, not of the block.
            self.push(Operation::Evaluate(parse_quote!(::core::mem::drop(#value))));
        } else {
            self.push(Operation::Evaluate(value));
        }
        Ok(())
    }

    fn is_plain_output(&self, expr: &Expr) -> bool {
        matches!(expr, Expr::Path(path) if path.path.get_ident().is_some_and(|ident| mention_id(ident).is_some()))
    }

    /// A construct that yields a value.
    pub fn construct_value(&mut self, expr: Expr) -> syn::Result<Expr> {
        let mut expr = expr;
        if self.level > 1 {
            self.mark_tails(&mut expr);
        }
        if !is_construct(&expr) {
            return Err(refused(
                &expr,
                "an `.await` in this kind of expression",
                "await in a `let` before",
            ));
        }
        if matches!(expr, Expr::While(_) | Expr::ForLoop(_)) {
            self.construct(expr, None)?;
            return Ok(parse_quote!(()));
        }
        if let Expr::Loop(repeat) = &expr {
            if !super::leaves::has_break(repeat) {
                self.construct(expr, None)?;
                return Ok(parse_quote!(unreachable!()));
            }
        }
        let destination = self.names.temporary("value");
        if !matches!(expr, Expr::Block(ref block) if block.label.is_none())
            && !matches!(expr, Expr::Unsafe(_))
        {
            self.push(Operation::Declare(destination));
        }
        self.construct(expr, Some(destination))?;
        Ok(self.mention(destination, Use::Value))
    }

    fn construct(&mut self, expr: Expr, destination: Option<VariableId>) -> syn::Result<()> {
        let valued = destination.is_some();
        match expr {
            Expr::Paren(inner) => self.construct(*inner.expr, destination),
            Expr::Group(inner) => self.construct(*inner.expr, destination),
            // As an operand it stands in a block, whose tail has the temporaries of what it looks at in both editions.
            Expr::If(branch) if self.level > 1 && matches!(*branch.cond, Expr::Let(_)) => {
                let block = self.operand_block(block_of(Expr::If(branch)), valued)?;
                self.push(Operation::Scope { block, destination });
                Ok(())
            }
            Expr::If(branch) => self.branch(branch, destination),
            Expr::Match(matching) => self.matching(matching, destination),
            Expr::Block(block) => match block.label {
                None => {
                    let block = self.operand_block(block.block, valued)?;
                    self.push(Operation::Scope { block, destination });
                    Ok(())
                }
                Some(label) => {
                    let id =
                        self.open_label(Some(label.name.ident.to_string()), false, destination);
                    let block = self.operand_block(block.block, valued);
                    self.labels.pop();
                    self.push(Operation::Labelled {
                        label: id,
                        block: block?,
                        destination,
                    });
                    Ok(())
                }
            },
            Expr::Unsafe(block) => {
                let block = self.operand_block(block.block, valued)?;
                self.push(Operation::Scope { block, destination });
                Ok(())
            }
            Expr::Loop(repeat) => {
                let has_break = super::leaves::has_break(&repeat);
                let id = self.open_label(
                    repeat.label.map(|label| label.name.ident.to_string()),
                    true,
                    destination,
                );
                let block = self.block(repeat.body, false);
                self.labels.pop();
                self.push(Operation::Loop {
                    label: id,
                    block: block?,
                    destination,
                    has_break,
                });
                Ok(())
            }
            Expr::While(repeat) => {
                let id = self.open_label(
                    repeat.label.map(|label| label.name.ident.to_string()),
                    true,
                    None,
                );
                let body = repeat.body;
                let conditions = conditions(*repeat.cond);
                let nested = self.nested(|builder| {
                    builder.chain(
                        conditions,
                        &mut |builder| {
                            let block = builder.block(body.clone(), false)?;
                            builder.push(Operation::Scope {
                                block,
                                destination: None,
                            });
                            Ok(())
                        },
                        &|_| leave(id),
                    )
                });
                self.labels.pop();
                let (operations, ()) = nested?;
                let block = Block {
                    operations,
                    ..Block::default()
                };
                self.push(Operation::Loop {
                    label: id,
                    block,
                    destination: None,
                    has_break: true,
                });
                Ok(())
            }
            // The temporaries of its head end with it, wherever it stands.
            Expr::ForLoop(repeat) => self.statement(|builder| builder.for_loop(repeat)),
            other => Err(refused(
                &other,
                "an `.await` in this kind of expression",
                "await in a `let` before",
            )),
        }
    }

    pub fn new_label(&mut self) -> usize {
        self.label_count += 1;
        self.label_count
    }

    pub(super) fn open_label(
        &mut self,
        name: Option<String>,
        is_loop: bool,
        destination: Option<VariableId>,
    ) -> usize {
        let id = self.new_label();
        self.labels.push(Label {
            name,
            id,
            is_loop,
            destination,
        });
        id
    }

    fn branch(&mut self, branch: ExprIf, destination: Option<VariableId>) -> syn::Result<()> {
        let valued = destination.is_some();
        let otherwise = branch.else_branch.map(|(_, otherwise)| *otherwise);
        let mut conditions = conditions(*branch.cond);
        if conditions.len() == 1 {
            return match conditions.remove(0) {
                Expr::Let(condition) => {
                    self.branch_on_pattern(condition, branch.then_branch, otherwise, destination)
                }
                condition => {
                    let condition = self.condition(condition)?;
                    let then = self.block(branch.then_branch, valued)?;
                    let otherwise = self.else_block(otherwise, valued)?;
                    let join = self.new_label();
                    self.push(Operation::If {
                        condition,
                        then,
                        otherwise,
                        destination,
                        join,
                    });
                    Ok(())
                }
            };
        }
        let done = self.new_label();
        let failed = self.new_label();
        let then_branch = branch.then_branch;
        let (operations, ()) = self.nested(|builder| {
            let (operations, ()) = builder.nested(|builder| {
                builder.chain(
                    conditions,
                    &mut |builder| {
                        let block = builder.block(then_branch.clone(), valued)?;
                        builder.push(Operation::Scope { block, destination });
                        builder.push(Operation::Evaluate(leave(done)));
                        Ok(())
                    },
                    &|_| leave(failed),
                )
            })?;
            let block = Block {
                operations,
                ..Block::default()
            };
            builder.push(Operation::Labelled {
                label: failed,
                block,
                destination: None,
            });
            let block = builder.else_block(otherwise, valued)?;
            builder.push(Operation::Scope { block, destination });
            Ok(())
        })?;
        let block = Block {
            operations,
            ..Block::default()
        };
        self.push(Operation::Labelled {
            label: done,
            block,
            destination: None,
        });
        Ok(())
    }

    /// A plain condition, without awaits afterwards. Its temporaries end before the branches begin.
    pub fn condition(&mut self, condition: Expr) -> syn::Result<Expr> {
        if !contains_await(&condition) {
            return self.leaf(condition);
        }
        let variable = self.names.temporary("condition");
        self.scope(true, |builder| {
            let mut value = builder.value(condition, false)?;
            if !builder.placed_temporaries(0).is_empty() {
                builder.settle(&mut value)?;
            }
            builder.let_variable(variable, value)
        })?;
        Ok(self.mention(variable, Use::Value))
    }

    fn else_block(&mut self, otherwise: Option<Expr>, valued: bool) -> syn::Result<Block> {
        match otherwise {
            None => Ok(Block {
                tail: valued.then(|| parse_quote!(())),
                ..Block::default()
            }),
            Some(Expr::Block(block)) if block.label.is_none() => self.block(block.block, valued),
            Some(other) => self.block(block_of(other), valued),
        }
    }

    /// Conditions joined by `&&`, `let`s among them: nested tests, each leaving by `failed`.
    fn chain(
        &mut self,
        mut conditions: Vec<Expr>,
        then: &mut dyn FnMut(&mut Self) -> syn::Result<()>,
        failed: &dyn Fn(&mut Self) -> Expr,
    ) -> syn::Result<()> {
        if conditions.is_empty() {
            return then(self);
        }
        match conditions.remove(0) {
            Expr::Let(condition) => {
                let leaving = failed(self);
                let (pattern, attrs) = (*condition.pat, condition.attrs);
                self.statement(|builder| {
                    let (scrutinee, gives_back) = builder.scrutinee(
                        *condition.expr,
                        &attrs,
                        std::slice::from_ref(&pattern),
                        true,
                        false,
                    )?;
                    let bound = builder.variables_of(&pattern);
                    let (operations, ()) =
                        builder.nested(|builder| builder.chain(conditions, then, failed))?;
                    let taken = Arm {
                        pattern,
                        guard: None,
                        gives_back: gives_back[0],
                        block: Block {
                            bound,
                            operations,
                            ..Block::default()
                        },
                    };
                    let block = Block {
                        operations: vec![Operation::Evaluate(leaving)],
                        diverges: true,
                        ..Block::default()
                    };
                    let refuted = Arm {
                        pattern: parse_quote!(_),
                        guard: None,
                        gives_back: true,
                        block,
                    };
                    let join = builder.new_label();
                    builder.push(Operation::Match {
                        scrutinee,
                        arms: vec![taken, refuted],
                        destination: None,
                        join,
                    });
                    Ok(())
                })
            }
            condition => {
                let condition = self.condition(condition)?;
                let leaving = failed(self);
                self.push(Operation::Evaluate(
                    parse_quote!(if !(#condition) { #leaving }),
                ));
                self.chain(conditions, then, failed)
            }
        }
    }

    fn branch_on_pattern(
        &mut self,
        condition: syn::ExprLet,
        then: syn::Block,
        otherwise: Option<Expr>,
        destination: Option<VariableId>,
    ) -> syn::Result<()> {
        let valued = destination.is_some();
        let pattern = *condition.pat;
        let before = self.temporary_count();
        let (scrutinee, gives_back) = self.scrutinee(
            *condition.expr,
            &condition.attrs,
            std::slice::from_ref(&pattern),
            true,
            false,
        )?;
        let temporaries = self.placed_temporaries(before);
        let bound = self.variables_of(&pattern);
        let block = self.block_within(then, valued)?;
        let taken = Arm {
            pattern,
            guard: None,
            gives_back: gives_back[0],
            block: Block { bound, ..block },
        };
        let mut block = self.else_block(otherwise, valued)?;
        // Since edition 2024 the scrutinee's temporaries end with the branch that is taken, before `else` begins.
        if let Some(end) = self.end_since_2024(&temporaries) {
            block.operations.insert(0, end);
        }
        let refuted = Arm {
            pattern: parse_quote!(_),
            guard: None,
            gives_back: true,
            block,
        };
        let join = self.new_label();
        self.push(Operation::Match {
            scrutinee,
            arms: vec![taken, refuted],
            destination,
            join,
        });
        if valued {
            let end = self.end_since_2024(&temporaries);
            end.into_iter().for_each(|end| self.push(end));
        }
        Ok(())
    }

    fn end_since_2024(&mut self, temporaries: &[VariableId]) -> Option<Operation> {
        let held: Vec<syn::Ident> = temporaries
            .iter()
            .rev()
            .map(|variable| self.held(*variable))
            .collect();
        self.ends_tails |= !held.is_empty();
        (!held.is_empty())
            .then(|| Operation::Evaluate(parse_quote!({ #(#held.drop_if(__tails_end);)* })))
    }

    fn matching(
        &mut self,
        matching: ExprMatch,
        destination: Option<VariableId>,
    ) -> syn::Result<()> {
        let awaiting =
            |arm: &syn::Arm| matches!(&arm.guard, Some((_, guard)) if contains_await(guard));
        if matching.arms.iter().any(awaiting) {
            return self.match_with_awaiting_guards(matching, destination);
        }
        let valued = destination.is_some();
        let guarded = is_guarded(&matching.arms);
        let patterns: Vec<Pat> = matching.arms.iter().map(|arm| arm.pat.clone()).collect();
        let (scrutinee, gives_back) =
            self.scrutinee(*matching.expr, &matching.attrs, &patterns, false, guarded)?;
        let mut arms = Vec::new();
        let is_behind = !matches!(&scrutinee, Scrutinee::Direct(value) if !is_place(value));
        let others = is_behind && leaves_no_value(&patterns);
        for (arm, gives_back) in matching.arms.into_iter().zip(gives_back) {
            let guard = arm.guard.map(|(_, guard)| self.leaf(*guard)).transpose()?;
            let bound = self.variables_of(&arm.pat);
            let block = self.arm_body(*arm.body, valued)?;
            arms.push(Arm {
                pattern: arm.pat,
                guard,
                gives_back,
                block: Block { bound, ..block },
            });
        }
        if others {
            arms.push(Arm {
                pattern: parse_quote!(_),
                guard: None,
                gives_back: false,
                block: self.arm_body(parse_quote!(::core::unreachable!()), false)?,
            });
        }
        let join = self.new_label();
        self.push(Operation::Match {
            scrutinee,
            arms,
            destination,
            join,
        });
        Ok(())
    }

    /// What a match looks at, its temporaries in variables of the statement; and which arms give it back whole.
    pub fn scrutinee(
        &mut self,
        expr: Expr,
        attributes: &[syn::Attribute],
        patterns: &[Pat],
        refutable: bool,
        guarded: bool,
    ) -> syn::Result<(Scrutinee, Vec<bool>)> {
        let gives_back: Vec<bool> = patterns
            .iter()
            .map(|pattern| !crate::resolve::may_move(pattern))
            .collect();
        // What is marked is matched as it stands: that it is lowered is all the mark is for.
        let mut expr = match expr {
            Expr::Await(inner) if marked(&inner).is_some() => *inner.base,
            expr => expr,
        };
        let node = node_of(attributes);
        if is_part_of_temporary(&expr) {
            let asked = node.map(|node| {
                (
                    node,
                    Taken::Patterns {
                        patterns: patterns.to_vec(),
                        guarded,
                    },
                )
            });
            let place = self.in_temporary(expr, asked)?;
            return Ok((Scrutinee::Direct(place), vec![false; patterns.len()]));
        }
        self.mark_tails(&mut expr);
        let expr = self.whole(expr)?;
        if is_place(&expr) && !self.is_value(&expr) {
            let expr = self.pinned_place(expr);
            let expr = self.leaf(expr)?;
            if let (Some(variable), Some(node)) = (self.unclear_mention(&expr), node) {
                self.questions.insert(node);
                return Ok((Scrutinee::Lent { variable, expr }, gives_back));
            }
            return Ok((Scrutinee::Direct(expr), vec![false; patterns.len()]));
        }
        let whole = !refutable || patterns.iter().all(is_transparent);
        let nothing_left = whole
            && patterns
                .iter()
                .all(|pattern| is_transparent(pattern) && !leaves_something(pattern));
        let total = refutable
            && patterns.iter().all(|pattern| !leaves_something(pattern))
            && patterns.iter().all(is_option_like);
        // A guard that panics or leaves does so before a pattern has taken what is matched.
        if !guarded && ((nothing_left && !refutable) || total) {
            let value = self.pinned(expr);
            return Ok((
                Scrutinee::Direct(self.leaf(value)?),
                vec![false; patterns.len()],
            ));
        }
        let value = self.pinned(expr);
        let variable = self.temporary("scrutinee");
        self.guess(variable, &value);
        let held = self.held(variable);
        let fill = self.leaf(parse_quote!(#held.fill(#value)))?;
        self.push(Operation::Evaluate(fill));
        match node {
            Some(node) if guarded || crate::resolve::takes_parts(patterns) => {
                let expr = self.mention(variable, Use::Place);
                self.names.part(
                    &expr,
                    node,
                    Taken::Patterns {
                        patterns: patterns.to_vec(),
                        guarded,
                    },
                );
                Ok((Scrutinee::Direct(expr), vec![false; patterns.len()]))
            }
            Some(node) => {
                self.questions.insert(node);
                let expr = self.mention(variable, Use::Unclear(node));
                Ok((Scrutinee::Lent { variable, expr }, gives_back))
            }
            None => Ok((
                Scrutinee::Direct(self.mention(variable, Use::Place)),
                vec![false; patterns.len()],
            )),
        }
    }

    /// A mention that stands for a value: a temporary's.
    pub fn is_value(&self, expr: &Expr) -> bool {
        self.names.mention_of(expr).is_some_and(|mention| {
            mention.usage == Use::Value && self.names.variables[mention.variable].temporary
        })
    }

    fn unclear_mention(&self, expr: &Expr) -> Option<VariableId> {
        let mention = self.names.mention_of(expr)?;
        (matches!(mention.usage, Use::Unclear(_)) && mention.last && mention.captured_by.is_none())
            .then_some(mention.variable)
    }
}

/// Whether the patterns cover a `Result` only if the other variant has no value. Of what is not matched by value, the compiler does not see that; of what
/// the user has written it does.
pub(super) fn leaves_no_value(patterns: &[Pat]) -> bool {
    let mut names = std::collections::BTreeSet::new();
    for pattern in patterns {
        let Pat::TupleStruct(tuple) = pattern else {
            return false;
        };
        names.extend(
            tuple
                .path
                .segments
                .last()
                .map(|last| last.ident.to_string()),
        );
    }
    names.len() == 1 && (names.contains("Ok") || names.contains("Err"))
}

/// A block with nothing but a tail. What is parsed anew loses attributes.
fn block_of(tail: Expr) -> syn::Block {
    syn::Block {
        brace_token: Default::default(),
        stmts: vec![syn::Stmt::Expr(tail, None)],
    }
}

/// Leaves the lowered block or loop `label`.
pub fn leave(label: usize) -> Expr {
    let label = super::leaves::break_label(label);
    parse_quote!(break #label)
}

fn conditions(condition: Expr) -> Vec<Expr> {
    fn has_let(expr: &Expr) -> bool {
        match expr {
            Expr::Let(_) => true,
            Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_)) => {
                has_let(&binary.left) || has_let(&binary.right)
            }
            _ => false,
        }
    }
    match condition {
        Expr::Binary(binary)
            if matches!(binary.op, syn::BinOp::And(_))
                && (has_let(&binary.left) || has_let(&binary.right)) =>
        {
            let mut all = conditions(*binary.left);
            all.extend(conditions(*binary.right));
            all
        }
        condition => vec![condition],
    }
}

pub(super) fn is_construct(expr: &Expr) -> bool {
    match expr {
        Expr::If(_)
        | Expr::Match(_)
        | Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_) => true,
        Expr::Paren(inner) => is_construct(&inner.expr),
        Expr::Group(inner) => is_construct(&inner.expr),
        _ => false,
    }
}

/// `Some(binding)`: a value that does not match has nothing in it.
fn is_option_like(pattern: &Pat) -> bool {
    matches!(pattern, Pat::TupleStruct(tuple)
    if tuple.path.segments.last().is_some_and(|segment| segment.ident == "Some") && tuple.elems.iter().all(|element| {
        matches!(element, Pat::Ident(binding) if binding.subpat.is_none())
            && !crate::resolve::bindings(element).is_empty()
    }))
}
