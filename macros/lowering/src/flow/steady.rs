//! What the machine finds, dereferences or coerces when a later operand's awaits are over.
//!
//! The compiler does it before. That makes a difference if an operator of the user's does it, which is for the types to tell.

use proc_macro2::Span;
use syn::{Expr, UnOp, parse_quote};

use super::build::Builder;
use super::temporaries::{is_constructor, is_place};
use crate::resolve::VariableId;

/// Something that no operator of the user's may have a part in.
pub enum Steady {
    /// This place is dereferenced.
    Dereferenced(Expr),
    /// It is indexed.
    Indexed(Expr),
    /// This place is dereferenced where another in it is assigned by an operator, unless that is of a primitive type.
    Assigned { base: Expr, place: Box<Expr> },
    /// The operand, if it is a reference, is coerced.
    Coerced { operand: VariableId, span: Span },
}

impl Builder {
    /// The place, a method's receiver or what is indexed, is found late.
    pub(super) fn found_late(&mut self, place: &Expr) {
        let looked_at = self.looked_at(place.clone());
        self.steady_parts(&looked_at);
        self.steady.push(Steady::Dereferenced(looked_at));
    }

    /// The place of a compound assignment is found late, as for primitive types it is by the compiler.
    pub(super) fn assigned_late(&mut self, place: &Expr, right: &Expr) {
        let looked_at = self.looked_at(place.clone());
        let first = self.steady.len();
        self.steady_parts(&looked_at);
        // An operator on a reference is a function.
        if matches!(right, Expr::Reference(_)) {
            return;
        }
        for steady in &mut self.steady[first..] {
            if let Steady::Dereferenced(base) = steady {
                *steady = Steady::Assigned {
                    base: base.clone(),
                    place: Box::new(looked_at.clone()),
                };
            }
        }
    }

    /// Whether operators of the user's may have a part in finding the place.
    pub(super) fn is_found(&self, place: &Expr) -> bool {
        match place {
            Expr::Field(field) => is_place(&field.base),
            Expr::Index(_) => true,
            // What the lowering refers to, it refers to by a reference.
            Expr::Unary(unary) => {
                matches!(unary.op, UnOp::Deref(_))
                    && is_place(&unary.expr)
                    && !self.is_temporary(&unary.expr)
            }
            Expr::Paren(inner) => self.is_found(&inner.expr),
            Expr::Group(inner) => self.is_found(&inner.expr),
            _ => false,
        }
    }

    fn steady_parts(&mut self, place: &Expr) {
        match place {
            Expr::Field(field) => {
                self.steady_parts(&field.base);
                self.steady
                    .push(Steady::Dereferenced((*field.base).clone()));
            }
            Expr::Unary(unary) if is_place(&unary.expr) => {
                self.steady_parts(&unary.expr);
                self.steady
                    .push(Steady::Dereferenced((*unary.expr).clone()));
            }
            Expr::Index(index) => {
                self.steady_parts(&index.expr);
                self.steady.push(Steady::Indexed((*index.expr).clone()));
            }
            Expr::Paren(inner) => self.steady_parts(&inner.expr),
            Expr::Group(inner) => self.steady_parts(&inner.expr),
            _ => {}
        }
    }
}

/// Whether the value may be a reference, by the look of it.
pub(super) fn may_refer(value: &Expr) -> bool {
    match value {
        Expr::Paren(inner) => may_refer(&inner.expr),
        Expr::Group(inner) => may_refer(&inner.expr),
        Expr::Call(call) => !is_constructor(&call.func),
        Expr::Reference(_)
        | Expr::Path(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::MethodCall(_)
        | Expr::Try(_)
        | Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::If(_)
        | Expr::Match(_) => true,
        _ => false,
    }
}

/// The place with values made up for its indices, in code that never runs.
pub fn without_indices(place: &Expr) -> Expr {
    let mut place = place.clone();
    struct Indices;
    impl syn::visit_mut::VisitMut for Indices {
        fn visit_expr_index_mut(&mut self, index: &mut syn::ExprIndex) {
            self.visit_expr_mut(&mut index.expr);
            if let Expr::Path(variable) = &*index.index {
                *index.index = parse_quote!(__state_future::place(&raw const #variable).made_up());
            }
        }
    }
    syn::visit_mut::VisitMut::visit_expr_mut(&mut Indices, &mut place);
    place
}
