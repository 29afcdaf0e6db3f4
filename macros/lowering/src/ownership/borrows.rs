//! Whether something that lives in the machine may borrow from a variable that lives there too.
//!
//! Told by syntax alone: a value cannot hold a borrow that no expression makes. Saying yes too often costs the future of a
//! generic function some bytes, saying no wrongly is an error of the borrow checker in generated code, so in doubt it is yes.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Stmt};

use crate::flow::{Block, Flow, Operation, Scrutinee};
use crate::macro_calls::{self, Call};
use crate::resolve::{Names, Use, mention_id};

/// Whether some value of the body that is not used up where it is made may hold a borrow of a variable.
pub fn may_borrow(flow: &Flow) -> bool {
    Body { names: &flow.names }.block(&flow.root, false)
}

struct Body<'a> {
    names: &'a Names,
}

impl Body<'_> {
    fn block(&self, block: &Block, has_destination: bool) -> bool {
        let tail = block.tail.as_ref();
        block.operations.iter().any(|one| self.operation(one))
            || tail.is_some_and(|tail| has_destination && self.lends(tail))
    }

    fn operation(&self, operation: &Operation) -> bool {
        match operation {
            Operation::Let {
                pattern,
                value,
                otherwise,
                variables,
                ..
            } => {
                borrows_parts(pattern)
                    || (!variables.is_empty() && self.lends(value))
                    || otherwise
                        .as_ref()
                        .is_some_and(|block| self.block(block, false))
            }
            Operation::Await(suspension) => self.lends(&suspension.operand),
            Operation::Evaluate(expr) => self.stores(expr),
            Operation::Verbatim(Stmt::Macro(_)) => true,
            Operation::Scope { block, destination }
            | Operation::Loop {
                block, destination, ..
            }
            | Operation::Labelled {
                block, destination, ..
            } => self.block(block, destination.is_some()),
            Operation::If {
                condition,
                then,
                otherwise,
                destination,
                ..
            } => {
                self.stores(condition)
                    || self.block(then, destination.is_some())
                    || self.block(otherwise, destination.is_some())
            }
            Operation::Match {
                scrutinee,
                arms,
                destination,
                ..
            } => {
                let (Scrutinee::Direct(expr) | Scrutinee::Lent { expr, .. }) = scrutinee;
                self.lends(expr)
                    || arms.iter().any(|arm| {
                        borrows_parts(&arm.pattern)
                            || arm.guard.as_ref().is_some_and(|guard| self.lends(guard))
                            || self.block(&arm.block, destination.is_some())
                    })
            }
            Operation::Declare(_)
            | Operation::Verbatim(_)
            | Operation::TailBegins { .. }
            | Operation::EndOfStatement(_) => false,
        }
    }

    /// Whether the expression's value may hold a borrow.
    fn lends(&self, expr: &Expr) -> bool {
        lends(self.names, expr)
    }

    /// Whether the expression, whose value is dropped, may leave a borrow in a variable.
    fn stores(&self, expr: &Expr) -> bool {
        match expr {
            // The borrow of the receiver ends with the call; it would be kept in an argument, or an argument in it.
            Expr::MethodCall(call) => {
                call.args.iter().any(|argument| self.lends(argument)) || self.stores(&call.receiver)
            }
            Expr::Macro(mac) => !is_printed(&mac.mac),
            Expr::Try(inner) => self.stores(&inner.expr),
            Expr::Return(leave) => leave
                .expr
                .as_deref()
                .is_some_and(|value| self.stores(value)),
            _ => self.lends(expr),
        }
    }
}

/// Whether the expression's value may hold a borrow of a variable.
pub fn lends(names: &Names, expr: &Expr) -> bool {
    finds_borrow(names, false, expr)
}

/// Whether it may hold a borrow or a raw pointer, for those that rely on it: only methods of the standard library are known by
/// their names.
pub fn may_lend(names: &Names, expr: &Expr) -> bool {
    finds_borrow(names, true, expr)
}

fn finds_borrow(names: &Names, relied_on: bool, expr: &Expr) -> bool {
    let mut search = Search {
        names,
        relied_on,
        found: false,
    };
    search.visit_expr(expr);
    search.found
}

struct Search<'a> {
    names: &'a Names,
    /// Nothing is guessed.
    relied_on: bool,
    found: bool,
}

impl Search<'_> {
    fn mentions_variables(&self, tokens: TokenStream) -> bool {
        let mut found = false;
        crate::emit::for_each_ident(tokens, &mut |ident| found |= mention_id(ident).is_some());
        found
    }
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Reference(reference) => {
                self.found |= self.mentions_variables(reference.to_token_stream())
                    || !matches!(*reference.expr, Expr::Lit(_) | Expr::Path(_));
            }
            Expr::RawAddr(_) => self.found |= self.relied_on,
            Expr::MethodCall(call) => {
                let method = call.method.to_string();
                self.found |= match self.relied_on {
                    true => !surely_gives_own(&method),
                    false => !gives_own(&method),
                }
            }
            // An async closure lends what it has captured to the future that it returns.
            Expr::Closure(closure) => {
                self.found |= closure.asyncness.is_some()
                    || (closure.capture.is_none()
                        && self.mentions_variables(closure.body.to_token_stream()));
                return;
            }
            Expr::Async(block) => {
                self.found |= block.capture.is_none()
                    && self.mentions_variables(block.block.to_token_stream());
                return;
            }
            Expr::Call(call) => {
                // So may a variable that is called.
                if let Expr::Path(path) = without_parentheses(&call.func) {
                    let mention = path.path.get_ident().and_then(mention_id);
                    self.found |= mention
                        .is_some_and(|mention| self.names.mentions[mention].usage != Use::Held);
                } else {
                    self.found = true;
                }
            }
            Expr::Macro(mac) => {
                self.found |= !is_printed(&mac.mac);
                return;
            }
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_pat_ident(&mut self, binding: &'ast syn::PatIdent) {
        self.found |= binding.by_ref.is_some();
    }
}

fn without_parentheses(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => without_parentheses(&inner.expr),
        _ => expr,
    }
}

/// Whether the pattern binds something by reference.
pub(super) fn borrows_parts(pattern: &syn::Pat) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_pat_ident(&mut self, binding: &'ast syn::PatIdent) {
            self.0 |= binding.by_ref.is_some();
        }
    }
    let mut search = Search(false);
    search.visit_pat(pattern);
    search.0
}

/// Whether a method's result holds no borrow of its receiver, by the naming conventions of the standard library.
fn gives_own(method: &str) -> bool {
    let conventional = ["to_", "into_", "is_"];
    surely_gives_own(method) || conventional.iter().any(|prefix| method.starts_with(prefix))
}

fn surely_gives_own(method: &str) -> bool {
    matches!(
        method,
        "clone" | "len" | "is_empty" | "unwrap" | "expect" | "to_string" | "to_owned" | "to_vec"
    )
}

/// Whether a macro only looks at its arguments, so that its value holds no borrow of them.
pub fn is_printed(mac: &syn::Macro) -> bool {
    let name = mac
        .path
        .segments
        .last()
        .map(|segment| segment.ident.to_string());
    let known = matches!(
        name.as_deref(),
        Some(
            "format"
                | "print"
                | "println"
                | "eprint"
                | "eprintln"
                | "panic"
                | "unreachable"
                | "todo"
                | "unimplemented"
                | "assert"
                | "assert_eq"
                | "assert_ne"
                | "debug_assert"
                | "debug_assert_eq"
                | "debug_assert_ne"
                | "matches"
        )
    );
    known && !matches!(macro_calls::read(mac), Call::Unknown(_))
}
