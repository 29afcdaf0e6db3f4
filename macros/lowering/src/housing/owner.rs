//! The function that compiles only if the machine owns what it holds.
//!
//! A machine that is copied, compared or saved while it is suspended must not hold a borrow of its own variables. Whether it does
//! is a question for the borrow checker. So the body is emitted once more, with what each `.await` waits for, and each variable
//! that lives across one, required to outlive a lifetime of the signature's: a borrow of a local variable does not.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Error, Expr, FnArg, Generics, Local, Pat, Stmt, parse_quote};

use super::beside::Beside;
use super::borrows;
use crate::emit::spanned;
use crate::flow::contains_await;
use crate::input::{Derive, Errors, Function};
use crate::macro_calls::contains_await_tokens;

/// The function, never called. `kept` are the names of the variables that live across an await, and the first await of each.
pub(super) fn owner(
    function: &Function,
    name: Ident,
    around: &Generics,
    kept: &[(String, Span)],
    (derive, span): (Derive, Span),
    private: &TokenStream,
) -> syn::Result<Beside> {
    let mut body = function.body.clone();
    let mut checks = Checks {
        private,
        kept,
        derive,
        errors: Errors::default(),
    };
    checks.visit_block_mut(&mut body);
    for parameter in &function.parameters {
        if !matches!(&parameter.pattern, Pat::Ident(binding) if binding.by_ref.is_none()) {
            checks.begin(&parameter.pattern, &mut body);
        }
    }
    let mut errors = checks.errors;
    let is_unsafe = function.signature.unsafety.is_some()
        || crate::input::tokens::has_word(&function.body, "unsafe");
    if derive.copies() && is_unsafe {
        errors.push(Error::new(
            span,
            format!(
                "`{}` cannot be derived for a body with `unsafe` in it, which may rely on its variables being the only ones",
                derive.name()
            ),
        ));
    }
    let mut signature = function.signature.clone();
    for (argument, parameter) in signature.inputs.iter_mut().zip(&function.parameters) {
        if let FnArg::Typed(typed) = argument {
            *typed.pat = parameter.pattern.clone();
        }
    }
    signature.ident = name;
    let has_self = signature.receiver().is_some();
    borrows::add_lifetime(&mut signature, around, has_self);
    errors.finish(Beside::generated(signature, body.to_token_stream()))
}

struct Checks<'a> {
    private: &'a TokenStream,
    kept: &'a [(String, Span)],
    derive: Derive,
    errors: Errors,
}

impl Checks<'_> {
    /// A statement for each variable of the pattern that lives across an await.
    fn of_pattern(&self, pattern: &Pat) -> Vec<Stmt> {
        let private = self.private;
        let mut checks = Vec::new();
        crate::resolve::for_each_binding(&mut pattern.clone(), &mut |binding| {
            let name = &binding.ident;
            if let Some(awaited) = self.keeper(&name.to_string()) {
                // From the name to the await: that is what an error shows.
                let span = name.span();
                let private = spanned(private.clone(), span);
                let check = quote_spanned!(span=> #private::owns::<'__borrowed, _>);
                let variable = quote_spanned!(awaited=> (&#name));
                checks.push(parse_quote!(#check #variable;));
            }
        });
        checks
    }

    /// The await that keeps the variable, if one does. Names that shadow others have a number behind them.
    fn keeper(&self, name: &str) -> Option<Span> {
        let name = name.trim_start_matches("r#");
        let mut kept = self.kept.iter().filter(|(kept, _)| {
            let rest = kept.trim_start_matches("r#").strip_prefix(name);
            rest.is_some_and(|rest| {
                let number = rest.strip_prefix('_');
                rest.is_empty() || number.is_some_and(|number| number.parse::<u32>().is_ok())
            })
        });
        kept.next().map(|(_, awaited)| *awaited)
    }

    fn begin(&self, pattern: &Pat, block: &mut Block) {
        let checks = self.of_pattern(pattern);
        block.stmts.splice(0..0, checks);
    }

    /// What the patterns of a condition are matched against, required to own what it holds.
    fn own_scrutinees(&self, condition: &mut Expr) {
        match condition {
            Expr::Let(condition) => self.own(&mut condition.expr),
            Expr::Binary(chain) => {
                self.own_scrutinees(&mut chain.left);
                self.own_scrutinees(&mut chain.right);
            }
            _ => {}
        }
    }

    /// `value`, required to own what it holds, unless it is a place.
    fn own(&self, value: &mut Expr) {
        if !matches!(
            value,
            Expr::Path(_) | Expr::Field(_) | Expr::Index(_) | Expr::Unary(_)
        ) {
            let span = value.span();
            let private = spanned(self.private.clone(), span);
            *value =
                Expr::Verbatim(quote_spanned!(span=> #private::owned::<'__borrowed, _>(#value)));
        }
    }
}

impl VisitMut for Checks<'_> {
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        let statements = std::mem::take(&mut block.stmts);
        for mut statement in statements {
            if let Stmt::Local(Local {
                init: Some(init), ..
            }) = &mut statement
            {
                let awaits = |(_, otherwise): &(_, Box<Expr>)| contains_await(otherwise);
                if init.diverge.as_ref().is_some_and(awaits) {
                    self.own(&mut init.expr);
                }
            }
            let checks = match &statement {
                Stmt::Local(local) if local.init.is_some() => self.of_pattern(&local.pat),
                Stmt::Local(local) => {
                    if !self.of_pattern(&local.pat).is_empty() {
                        let message = format!(
                            "a machine that derives `{}` needs a value for this variable where it is declared, as it lives across \
                             an `.await`",
                            self.derive.name()
                        );
                        self.errors.push(Error::new_spanned(&local.pat, message));
                    }
                    Vec::new()
                }
                _ => Vec::new(),
            };
            block.stmts.push(statement);
            block.stmts.extend(checks);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        if contains_await_tokens(mac.tokens.clone()) {
            let message = format!(
                "a machine that derives `{}` cannot await within a macro; await in a `let` before",
                self.derive.name()
            );
            self.errors.push(Error::new_spanned(&mac.path, message));
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        // A construct within which nothing awaits is over before the machine suspends.
        let suspends = contains_await(expr);
        visit_mut::visit_expr_mut(self, expr);
        match expr {
            _ if !suspends => {}
            Expr::Await(suspension) => {
                let base = &suspension.base;
                let span = base.span();
                let private = spanned(self.private.clone(), span);
                let path = quote_spanned!(span=> #private::owned_future::<'__borrowed, _>);
                let future = quote_spanned!(suspension.await_token.span=> (#base));
                *suspension.base = Expr::Verbatim(quote_spanned!(span=> #path #future));
            }
            Expr::ForLoop(repeat) => {
                let iterated = &repeat.expr;
                let span = iterated.span();
                let private = spanned(self.private.clone(), span);
                *repeat.expr = Expr::Verbatim(quote_spanned! {span=>
                    #private::owned::<'__borrowed, _>(::core::iter::IntoIterator::into_iter(#iterated))
                });
                self.begin(&repeat.pat, &mut repeat.body);
            }
            Expr::If(branch) => {
                self.own_scrutinees(&mut branch.cond);
                for pattern in patterns(&branch.cond) {
                    self.begin(pattern, &mut branch.then_branch);
                }
            }
            Expr::While(repeat) => {
                self.own_scrutinees(&mut repeat.cond);
                for pattern in patterns(&repeat.cond) {
                    self.begin(pattern, &mut repeat.body);
                }
            }
            Expr::Match(matching) => {
                self.own(&mut matching.expr);
                for arm in &mut matching.arms {
                    let checks = self.of_pattern(&arm.pat);
                    if !checks.is_empty() {
                        let value = &arm.body;
                        *arm.body = parse_quote!({ #(#checks)* #value });
                    }
                }
            }
            _ => {}
        }
    }
}

/// The patterns of a condition, which may be a chain.
fn patterns(condition: &Expr) -> Vec<&Pat> {
    match condition {
        Expr::Let(condition) => vec![&condition.pat],
        Expr::Binary(chain) => {
            let mut all = patterns(&chain.left);
            all.extend(patterns(&chain.right));
            all
        }
        _ => Vec::new(),
    }
}
