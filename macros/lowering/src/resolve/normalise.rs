//! Macros that await inside, written out so that the await can be seen.
//!
//! `join!(a, b)` becomes `async { join!(a, b) }.await`: what the macro expands to is one future of its own, and stays the
//! compiler's; the function's own awaits are lowered. `select!` keeps its branches' patterns and futures in that future,
//! and its handlers move out, into a `match` on which branch won.

use proc_macro2::{TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprMacro, Item, Macro, Stmt, parse_quote, parse_quote_spanned};

use crate::macro_calls::{self, Awaiting, Call, Select, SelectArm};

/// Rewrites the body's macros that await.
pub fn normalise(body: &mut Block) -> syn::Result<()> {
    let mut rewriter = Rewriter {
        error: None,
        selects: 0,
    };
    rewriter.visit_block_mut(body);
    rewriter.error.map_or(Ok(()), Err)
}

struct Rewriter {
    error: Option<syn::Error>,
    /// How many `select!` have been written out.
    selects: usize,
}

impl Rewriter {
    fn refuse(&mut self, error: syn::Error) {
        match &mut self.error {
            Some(errors) => errors.combine(error),
            None => self.error = Some(error),
        }
    }

    fn awaiting(&mut self, mac: &Macro) -> Option<Expr> {
        let Call::Awaiting(call) = macro_calls::read(mac) else {
            return None;
        };
        Some(match &call.awaiting {
            Awaiting::Select(select) => self.select(mac, select),
            _ => parse_quote!((async { #mac }).await),
        })
    }

    /// An assertion whose message awaits, written out: only if it fails is the message evaluated.
    fn assertion(&mut self, mac: &Macro) -> Option<Expr> {
        let name = mac.path.segments.last()?.ident.to_string();
        let debug = match name.as_str() {
            "assert" => false,
            "debug_assert" => true,
            _ => return None,
        };
        let Call::Arguments(list) = macro_calls::read(mac) else {
            return None;
        };
        let (condition, message) = list.arguments.split_first()?;
        if !message
            .iter()
            .any(|argument| contains_awaiting(&argument.expr))
        {
            return None;
        }
        let condition = &condition.expr;
        let message = mac.tokens.clone().into_iter();
        let message: TokenStream = message
            .skip_while(|token| !matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','))
            .skip(1)
            .collect();
        let span = mac.path.span();
        let failing = quote_spanned!(span=> if !(#condition) { ::core::panic!(#message) });
        Some(if debug {
            parse_quote_spanned!(span=> if ::core::cfg!(debug_assertions) { #failing })
        } else {
            parse_quote_spanned!(span=> #failing)
        })
    }

    fn select(&mut self, mac: &Macro, select: &Select) -> Expr {
        let path = &mac.path;
        self.selects += 1;
        let winner = match self.selects {
            1 => format_ident!("Won"),
            number => format_ident!("Won{}", number),
        };
        let biased = select
            .biased
            .as_ref()
            .map(|(word, semi)| quote!(#word #semi));
        let won: Vec<_> = (0..select.arms.len())
            .map(|number| format_ident!("Branch{}", number))
            .collect();
        let mut arms = TokenStream::new();
        let mut handlers = TokenStream::new();
        let mut payloads = Vec::new();
        for (arm, won) in select.arms.iter().zip(&won) {
            match arm {
                SelectArm::Branch(branch) => {
                    let (pattern, future) = (&branch.pattern, &branch.future);
                    let names = branch.bindings();
                    let precondition = branch.precondition.as_ref().map(|precondition| {
                        let condition = &precondition.condition;
                        quote!(, if #condition)
                    });
                    let handler = &branch.handler;
                    let mut bound = pattern.clone();
                    let mut declared = Vec::new();
                    super::patterns::for_each_binding(&mut bound, &mut |binding| {
                        let mutability = &binding.mutability;
                        let ident = &binding.ident;
                        declared.push(quote!(#mutability #ident));
                    });
                    arms.extend(
                        quote!(#pattern = #future #precondition => #winner::#won((#(#names,)*)),),
                    );
                    handlers.extend(quote!(#winner::#won((#(#declared,)*)) => #handler,));
                    payloads.push(true);
                }
                SelectArm::Fallback(fallback) => {
                    let handler = &fallback.handler;
                    let kind = match &fallback.kind {
                        macro_calls::FallbackKind::Else(word) => quote!(#word),
                        macro_calls::FallbackKind::Complete(word)
                        | macro_calls::FallbackKind::Default(word) => quote!(#word),
                    };
                    arms.extend(quote!(#kind => #winner::#won,));
                    handlers.extend(quote!(#winner::#won => #handler,));
                    payloads.push(false);
                }
            }
        }
        let variants = won.iter().zip(&payloads).map(|(won, payload)| {
            if *payload {
                quote!(#won(#won))
            } else {
                quote!(#won)
            }
        });
        let types = won
            .iter()
            .zip(&payloads)
            .filter(|(_, payload)| **payload)
            .map(|(won, _)| won);
        parse_quote!({
            enum #winner<#(#types),*> { #(#variants),* }
            match (async { #path! { #biased #arms } }).await { #handlers }
        })
    }
}

impl VisitMut for Rewriter {
    fn visit_item_mut(&mut self, _: &mut Item) {}

    fn visit_attribute_mut(&mut self, attribute: &mut syn::Attribute) {
        if attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr") {
            // Whether the code is there decides what lives across the awaits, and a macro cannot ask.
            self.refuse(syn::Error::new_spanned(
                &attribute,
                "#[state_future] does not lower conditional compilation within a body\nhelp: use `if cfg!(..)`, or two functions under `#[cfg(..)]`",
            ));
        }
    }
    fn visit_expr_closure_mut(&mut self, _: &mut syn::ExprClosure) {}
    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Macro(ExprMacro { mac, .. }) = expr {
            if let Some(replacement) = self.awaiting(mac).or_else(|| self.assertion(mac)) {
                *expr = replacement;
            }
        }
        if let Expr::Assign(assign) = expr {
            if let Some(replacement) = super::destructuring::written_out(assign) {
                *expr = replacement;
            }
        }
        if let Expr::Macro(ExprMacro { mac, .. }) = expr {
            let call = macro_calls::read(mac);
            if let Call::Arguments(mut list) | Call::Unknown(mut list) = call {
                for argument in &mut list.arguments {
                    self.visit_expr_mut(&mut argument.expr);
                }
                if list
                    .arguments
                    .iter()
                    .any(|argument| contains_awaiting(&argument.expr))
                {
                    *mac = list.rebuild();
                }
            }
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        let mut statements = Vec::new();
        let count = block.stmts.len();
        for (index, statement) in block.stmts.drain(..).enumerate() {
            let Stmt::Macro(statement) = statement else {
                statements.push(statement);
                continue;
            };
            let tail = index + 1 == count && statement.semi_token.is_none();
            match macro_calls::read_statement(&statement.mac, tail) {
                Call::Pins(pins) => statements.extend(super::inner_macros::pinned(pins)),
                Call::Opaque
                    if macro_calls::contains_await_tokens(statement.mac.tokens.clone()) =>
                {
                    self.refuse(opaque(&statement.mac));
                }
                Call::Awaiting(_) | Call::Arguments(_) | Call::Unknown(_) | Call::OwnBlock(_) => {
                    let expr = Expr::Macro(ExprMacro {
                        attrs: statement.attrs,
                        mac: statement.mac,
                    });
                    let semi = statement.semi_token.unwrap_or_default();
                    statements.push(Stmt::Expr(expr, (!tail).then_some(semi)));
                }
                _ if defines_items(&statement.mac) => {
                    statements.push(Stmt::Item(Item::Macro(syn::ItemMacro {
                        attrs: statement.attrs,
                        ident: None,
                        mac: statement.mac,
                        semi_token: statement.semi_token,
                    })));
                }
                _ => statements.push(Stmt::Macro(statement)),
            }
        }
        block.stmts = statements;
        visit_mut::visit_block_mut(self, block);
    }
}

/// Whether the macro is known to become items, which stand wherever the block's own items do.
fn defines_items(mac: &Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| {
        let name = name.to_string();
        let asserts_of_types = ["const_assert", "assert_impl_", "assert_not_impl_"];
        let declaring = [
            "thread_local",
            "task_local",
            "lazy_static",
            "pin_project",
            "bitflags",
        ];
        declaring.contains(&name.as_str())
            || asserts_of_types.iter().any(|known| name.starts_with(known))
    })
}

/// The error for a macro whose awaits cannot be seen.
pub fn opaque(mac: &Macro) -> syn::Error {
    let name = mac
        .path
        .segments
        .last()
        .map_or(String::new(), |segment| segment.ident.to_string());
    syn::Error::new_spanned(
        &mac.path,
        format!(
            "`{name}!` holds an `.await` that #[state_future] cannot see into\nhelp: await first, `let value = ..await;`, and give the macro the value"
        ),
    )
}

fn contains_awaiting(expr: &Expr) -> bool {
    crate::flow::contains_await(expr)
}
