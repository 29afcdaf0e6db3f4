//! Where awaits stand.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAsync, ExprAwait, ExprClosure, Item, Macro};

use crate::macro_calls::{self, Call};

/// Whether evaluating the expression may await.
pub fn contains_await(expr: &Expr) -> bool {
    let mut search = Search(false);
    search.visit_expr(expr);
    search.0
}

/// Whether running the block may await.
pub fn block_contains_await(block: &Block) -> bool {
    let mut search = Search(false);
    search.visit_block(block);
    search.0
}

struct Search(bool);

impl<'ast> Visit<'ast> for Search {
    fn visit_expr_await(&mut self, _: &'ast ExprAwait) {
        self.0 = true;
    }
    fn visit_macro(&mut self, mac: &'ast Macro) {
        let is_own_block = matches!(macro_calls::read(mac), Call::OwnBlock(_));
        self.0 |= !is_own_block && macro_calls::contains_await_tokens(mac.tokens.clone());
    }
    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}
    fn visit_item(&mut self, _: &'ast Item) {}

    fn visit_expr(&mut self, expr: &'ast Expr) {
        if !self.0 {
            visit::visit_expr(self, expr);
        }
    }
}
