//! `for` loops with awaits in them.

use syn::{Expr, Pat, parse_quote};

use super::build::Builder;
use super::constructs::leave;
use super::ir::{Arm, Block, Operation, Scrutinee};
use super::temporaries::is_transparent;
use crate::resolve::{NodeId, Taken, Use, VariableId, leaves_something, node_of};

impl Builder {
    /// `for`: a loop over the iterator, which asks it for the next item.
    pub(super) fn for_loop(&mut self, repeat: syn::ExprForLoop) -> syn::Result<()> {
        let iterator = self.names.temporary("iterator");
        self.names.variables[iterator].likely = self.likely(&repeat.expr);
        let is_range = matches!(&*repeat.expr, Expr::Range(_));
        let element = match &*repeat.expr {
            Expr::Range(range) => self.likely_bound(range),
            _ => None,
        };
        if let Pat::Ident(_) = &*repeat.pat {
            for variable in self.variables_of(&repeat.pat) {
                self.names.variables[variable].likely = element.clone();
            }
        }
        let mut head = *repeat.expr;
        self.mark_tails(&mut head);
        let head = self.value(head, false)?;
        let head = self.pinned(head);
        self.let_variable(
            iterator,
            parse_quote!(::core::iter::IntoIterator::into_iter(#head)),
        )?;
        let id = self.open_label(
            repeat.label.map(|label| label.name.ident.to_string()),
            true,
            None,
        );
        let (pattern, body) = (*repeat.pat, repeat.body);
        let node = node_of(&repeat.attrs);
        let nested = self.nested(|builder| {
            let mention = builder.mention(iterator, Use::Place);
            let next: Expr = parse_quote!(::core::iter::Iterator::next(&mut #mention));
            let taken: Pat = parse_quote!(::core::option::Option::Some(#pattern));
            builder.statement(|builder| {
                // The items of a range are numbers: nothing of them is left to be dropped.
                let leaves = leaves_something(&taken) || !is_transparent(&taken);
                let scrutinee = if leaves && !is_range {
                    // The item, taken whole first, then apart: what the pattern leaves lives to the body's end.
                    None
                } else {
                    Some(Scrutinee::Direct(next.clone()))
                };
                let done = Arm {
                    pattern: parse_quote!(::core::option::Option::None),
                    guard: None,
                    gives_back: false,
                    block: Block {
                        operations: vec![Operation::Evaluate(leave(id))],
                        diverges: true,
                        ..Block::default()
                    },
                };
                let (scrutinee, item) = match scrutinee {
                    Some(scrutinee) => {
                        let bound = builder.variables_of(&taken);
                        let block = builder.block_within(body, false)?;
                        (
                            scrutinee,
                            Arm {
                                pattern: taken,
                                guard: None,
                                gives_back: false,
                                block: Block { bound, ..block },
                            },
                        )
                    }
                    None => {
                        let item = builder.names.temporary("item");
                        builder.names.variables[item].likely = element;
                        let name = builder.names.variables[item].name.clone();
                        let (operations, ()) = builder.nested(|builder| {
                            let value = builder.item(item, &pattern, node);
                            let variables = builder.variables_of(&pattern);
                            builder.push(Operation::Let {
                                pattern,
                                ty: None,
                                value,
                                otherwise: None,
                                variables,
                            });
                            let block = builder.block(body, false)?;
                            builder.push(Operation::Scope {
                                block,
                                destination: None,
                            });
                            Ok(())
                        })?;
                        let block = Block {
                            bound: vec![item],
                            operations,
                            ..Block::default()
                        };
                        let arm = Arm {
                            pattern: parse_quote!(::core::option::Option::Some(#name)),
                            guard: None,
                            gives_back: false,
                            block,
                        };
                        (Scrutinee::Direct(next), arm)
                    }
                };
                let join = builder.new_label();
                builder.push(Operation::Match {
                    scrutinee,
                    arms: vec![item, done],
                    destination: None,
                    join,
                });
                Ok(())
            })
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
        // The iterator is a temporary of the statement.
        self.push(Operation::EndOfStatement(vec![iterator]));
        Ok(())
    }

    /// The item of a loop, for its pattern. What that leaves lives to the body's end.
    fn item(&mut self, item: VariableId, pattern: &Pat, node: Option<NodeId>) -> Expr {
        if !leaves_something(pattern) {
            return self.mention(item, Use::Value);
        }
        let mention = self.mention(item, Use::Place);
        if let Some(node) = node {
            self.names.part(
                &mention,
                node,
                Taken::Patterns {
                    patterns: vec![pattern.clone()],
                    guarded: false,
                },
            );
        }
        mention
    }
}
