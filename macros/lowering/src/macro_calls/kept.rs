//! The lowering's own attributes, kept while expressions are written as tokens and read again.
//!
//! Read from tokens, an attribute in front of `a.first().second()` belongs to all of it. So what has one and stands in front of a
//! dot, a `?`, an index or arguments is written in parentheses, with a mark that tells them from the user's. (A group without
//! delimiters would not do: where a statement begins, attributes are read through it.)

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, ExprParen, parse_quote};

/// Puts parentheses around what would lose its attributes.
pub(super) fn group() -> impl VisitMut {
    Grouping
}

/// Takes them away.
pub(super) fn ungroup() -> impl VisitMut {
    Ungrouping
}

struct Grouping;

impl VisitMut for Grouping {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let base = match expr {
            Expr::MethodCall(call) => &mut call.receiver,
            Expr::Field(field) => &mut field.base,
            Expr::Await(inner) => &mut inner.base,
            Expr::Try(inner) => &mut inner.expr,
            Expr::Index(index) => &mut index.expr,
            Expr::Call(call) => &mut call.func,
            _ => return,
        };
        let Some(attributes) = own(base) else { return };
        attributes.insert(0, parse_quote!(#[__kept]));
        let inner = std::mem::replace(&mut **base, Expr::PLACEHOLDER);
        **base = Expr::Paren(ExprParen {
            attrs: Vec::new(),
            paren_token: Default::default(),
            expr: Box::new(inner),
        });
    }
}

struct Ungrouping;

impl VisitMut for Ungrouping {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        while let Expr::Paren(inner) = expr {
            let Some(attributes) = own(&mut inner.expr) else {
                break;
            };
            if !attributes[0].path().is_ident("__kept") {
                break;
            }
            attributes.remove(0);
            *expr = std::mem::replace(&mut *inner.expr, Expr::PLACEHOLDER);
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// The expression's attributes, if the first is the lowering's own.
fn own(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    let attributes = match expr {
        Expr::MethodCall(call) => &mut call.attrs,
        Expr::Call(call) => &mut call.attrs,
        Expr::Field(field) => &mut field.attrs,
        Expr::Unary(unary) => &mut unary.attrs,
        Expr::Await(inner) => &mut inner.attrs,
        Expr::Match(matching) => &mut matching.attrs,
        Expr::Struct(literal) => &mut literal.attrs,
        Expr::Path(path) => &mut path.attrs,
        _ => return None,
    };
    let name = attributes.first()?.path().get_ident()?.to_string();
    name.starts_with("__").then_some(attributes)
}
