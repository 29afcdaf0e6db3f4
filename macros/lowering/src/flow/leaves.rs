//! Expressions without awaits, made fit to stand in the poll closure.
//!
//! They stay as they are but for their ways out: `return` returns a `Poll`, a `break` or `continue` of a loop that is
//! lowered goes to the lowered loop, and `?` is spelt out where the standard library has none for the closure's type.
//! A `return` within a macro that is not known is out of reach. Where there may be one, all return what the user's do.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLoop, Lifetime, parse_quote};

use super::build::Builder;
use super::diverging::never_returns;
use super::tails::leaves_temporaries;
use crate::macro_calls::{self, Call};
use crate::resolve::{Use, VariableId};

impl Builder {
    /// `expr`, ready to be emitted.
    pub fn leaf(&mut self, expr: Expr) -> syn::Result<Expr> {
        let mut expr = expr;
        let mut rewriter = Exits {
            builder: self,
            own_labels: Vec::new(),
            own_loops: 0,
        };
        rewriter.visit_expr_mut(&mut expr);
        Ok(expr)
    }
}

/// The label of a lowered block or loop, for leaving it.
pub fn break_label(id: usize) -> Lifetime {
    Lifetime::new(&format!("'leave_{id}"), Span::call_site())
}

/// The label of a lowered loop's body, for going on with the next round.
pub fn continue_label(id: usize) -> Lifetime {
    Lifetime::new(&format!("'next_{id}"), Span::call_site())
}

struct Exits<'a> {
    builder: &'a mut Builder,
    own_labels: Vec<String>,
    own_loops: usize,
}

impl Exits<'_> {
    fn target(&self, label: &Option<Lifetime>) -> Option<(usize, Option<VariableId>)> {
        let labels = self.builder.labels.iter().rev();
        let found = match label {
            Some(label) => {
                let name = label.ident.to_string();
                if self.own_labels.contains(&name) {
                    return None;
                }
                labels
                    .into_iter()
                    .find(|known| known.name.as_ref() == Some(&name))
            }
            None if self.own_loops > 0 => None,
            None => labels.into_iter().find(|known| known.is_loop),
        }?;
        Some((found.id, found.destination))
    }

    fn within(&mut self, label: &Option<syn::Label>, is_loop: bool, visit: impl FnOnce(&mut Self)) {
        if let Some(label) = label {
            self.own_labels.push(label.name.ident.to_string());
        }
        self.own_loops += usize::from(is_loop);
        visit(self);
        self.own_loops -= usize::from(is_loop);
        if label.is_some() {
            self.own_labels.pop();
        }
    }
}

impl VisitMut for Exits<'_> {
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_expr_loop_mut(&mut self, repeat: &mut ExprLoop) {
        let label = repeat.label.clone();
        self.within(&label, true, |this| {
            visit_mut::visit_expr_loop_mut(this, repeat)
        });
    }
    fn visit_expr_while_mut(&mut self, repeat: &mut syn::ExprWhile) {
        let label = repeat.label.clone();
        self.within(&label, true, |this| {
            visit_mut::visit_expr_while_mut(this, repeat)
        });
    }
    fn visit_expr_for_loop_mut(&mut self, repeat: &mut syn::ExprForLoop) {
        let label = repeat.label.clone();
        self.within(&label, true, |this| {
            visit_mut::visit_expr_for_loop_mut(this, repeat)
        });
    }
    fn visit_expr_block_mut(&mut self, block: &mut syn::ExprBlock) {
        let label = block.label.clone();
        self.within(&label, false, |this| {
            visit_mut::visit_expr_block_mut(this, block)
        });
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if let Call::Arguments(mut list) | Call::Unknown(mut list) = macro_calls::read(mac) {
            let before: Vec<Expr> = list
                .arguments
                .iter()
                .map(|argument| argument.expr.clone())
                .collect();
            for argument in &mut list.arguments {
                self.visit_expr_mut(&mut argument.expr);
            }
            if list
                .arguments
                .iter()
                .zip(&before)
                .any(|(argument, before)| argument.expr != *before)
            {
                *mac = list.rebuild();
            }
        }
    }

    /// Before `else`, an initialiser must not end with a brace.
    fn visit_local_init_mut(&mut self, init: &mut syn::LocalInit) {
        visit_mut::visit_local_init_mut(self, init);
        let expr = &mut init.expr;
        if init.diverge.is_some() && matches!(**expr, Expr::Match(_) | Expr::Block(_)) {
            **expr = parse_quote!((#expr));
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            Expr::Return(leave) if !self.builder.returns_output => {
                let value = leave.expr.take();
                let value: Expr = value.map_or_else(|| parse_quote!(()), |value| *value);
                leave.expr = Some(parse_quote!(::core::task::Poll::Ready(#value)));
            }
            Expr::Break(leave) => {
                if let Some((id, destination)) = self.target(&leave.label) {
                    let label = break_label(id);
                    *expr = match (leave.expr.take(), destination) {
                        (Some(value), Some(destination)) => {
                            let mention = self.builder.mention(destination, Use::Assign);
                            if leaves_temporaries(&value) {
                                // As a tail it may leave them to what the block stands in.
                                parse_quote!(break #label (#mention = #value))
                            } else {
                                parse_quote!({ #mention = #value; break #label })
                            }
                        }
                        (Some(value), None) if leaves_temporaries(&value) => {
                            parse_quote!(break #label #value)
                        }
                        (Some(value), None) => parse_quote!({ let _: () = #value; break #label }),
                        (None, Some(destination)) => {
                            let mention = self.builder.mention(destination, Use::Assign);
                            parse_quote!({ #mention = (); break #label })
                        }
                        (None, None) => parse_quote!(break #label),
                    };
                }
            }
            Expr::Continue(leave) => {
                if let Some((id, _)) = self.target(&leave.label) {
                    let label = continue_label(id);
                    *expr = parse_quote!(break #label);
                }
            }
            Expr::Call(call) if never_returns(call) => *expr = parse_quote!(match #call {}),
            Expr::Try(inner) if !self.builder.question_mark => {
                let operand = &inner.expr;
                *expr = parse_quote!(match __state_future::Try::branch(#operand) {
                    ::core::ops::ControlFlow::Continue(value) => value,
                    ::core::ops::ControlFlow::Break(residual) => {
                        return ::core::task::Poll::Ready(__state_future::FromResidual::from_residual(residual))
                    }
                });
            }
            _ => {}
        }
    }
}

/// Whether some `break` leaves the loop.
pub fn has_break(repeat: &ExprLoop) -> bool {
    struct Search {
        label: Option<String>,
        depth: usize,
        found: bool,
    }
    impl<'ast> syn::visit::Visit<'ast> for Search {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
        fn visit_item(&mut self, _: &'ast syn::Item) {}
        fn visit_expr_break(&mut self, leave: &'ast syn::ExprBreak) {
            self.found |= match &leave.label {
                Some(label) => self.label == Some(label.ident.to_string()),
                None => self.depth == 0,
            };
            syn::visit::visit_expr_break(self, leave);
        }
        fn visit_expr_loop(&mut self, repeat: &'ast ExprLoop) {
            self.depth += 1;
            syn::visit::visit_expr_loop(self, repeat);
            self.depth -= 1;
        }
        fn visit_expr_while(&mut self, repeat: &'ast syn::ExprWhile) {
            self.depth += 1;
            syn::visit::visit_expr_while(self, repeat);
            self.depth -= 1;
        }
        fn visit_expr_for_loop(&mut self, repeat: &'ast syn::ExprForLoop) {
            self.depth += 1;
            syn::visit::visit_expr_for_loop(self, repeat);
            self.depth -= 1;
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            // A macro's arguments may leave the loop, too.
            if let Call::Arguments(list) | Call::Unknown(list) = macro_calls::read(mac) {
                for argument in &list.arguments {
                    let mut inner = Search {
                        label: self.label.clone(),
                        depth: self.depth,
                        found: false,
                    };
                    syn::visit::Visit::visit_expr(&mut inner, &argument.expr);
                    self.found |= inner.found;
                }
            }
        }
    }
    let label = repeat
        .label
        .as_ref()
        .map(|label| label.name.ident.to_string());
    let mut search = Search {
        label,
        depth: 0,
        found: false,
    };
    syn::visit::Visit::visit_block(&mut search, &repeat.body);
    search.found
}

/// Whether a macro may hold a `return`.
pub fn may_return(body: &syn::Block) -> bool {
    struct Search(bool);
    impl<'ast> syn::visit::Visit<'ast> for Search {
        fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
        fn visit_item(&mut self, _: &'ast syn::Item) {}
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            match macro_calls::read(mac) {
                Call::Unknown(_) | Call::Opaque => self.0 = true,
                Call::Arguments(list) => {
                    self.0 |= list.leaves;
                    for argument in &list.arguments {
                        let mut inner = Search(false);
                        syn::visit::Visit::visit_expr(&mut inner, &argument.expr);
                        self.0 |= inner.0;
                    }
                }
                Call::Awaiting(_) | Call::OwnBlock(_) | Call::Pins(_) => {}
            }
        }
    }
    let mut search = Search(false);
    syn::visit::Visit::visit_block(&mut search, body);
    search.0
}
