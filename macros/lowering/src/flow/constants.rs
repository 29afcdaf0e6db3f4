//! Constants of the program where one might see temporaries.
//!
//! A shared reference to a value that is made of constants only, and has neither something to drop nor a cell in it, is a reference
//! to a constant of the program: what borrows it may be used when its statement has ended. What looks like a constant is
//! made one, and is in a temporary besides, for its type may have something to drop after all.
//!
//! Reference: destructors.scope.const-promotion. RFC 1414.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, ExprReference, Ident, Lit, UnOp, parse_quote};

use super::build::Builder;

impl Builder {
    /// As [`is_static`]; a closure that captures nothing is a constant, too.
    pub(super) fn is_static(&self, reference: &ExprReference) -> bool {
        let is_sync =
            matches!(&*reference.expr, Expr::Closure(closure) if closure.asyncness.is_none());
        let is_constant =
            is_sync && reference.mutability.is_none() && self.captures_nothing(&reference.expr);
        is_constant || is_static(reference)
    }

    /// A reference that [`refers_to_constant`].
    pub(super) fn promoted(&mut self, mut reference: ExprReference) -> Expr {
        if is_constant(&reference.expr) {
            return self.in_a_constant(*reference.expr);
        }
        *reference.expr = self.promoted_part(*reference.expr);
        Expr::Reference(reference)
    }

    fn promoted_part(&mut self, part: Expr) -> Expr {
        match part {
            Expr::Field(mut field) => {
                *field.base = self.promoted_part(*field.base);
                Expr::Field(field)
            }
            Expr::Index(mut index) => {
                *index.expr = self.promoted_part(*index.expr);
                *index.index = self.pinned(*index.index);
                Expr::Index(index)
            }
            whole => {
                let constant = self.in_a_constant(whole);
                parse_quote!((*#constant))
            }
        }
    }

    fn in_a_constant(&mut self, value: Expr) -> Expr {
        let drops = drops(&value);
        let temporary = self.pinned(value.clone());
        let variable = self.temporary("temporary");
        let held = self.held(variable);
        parse_quote!(__state_future::constant(#held.shared(#temporary), const { &#value }, #drops))
    }

    /// A constant that is a method's receiver. Besides what the node tells, it is to be known whether it is borrowed mutably, for then
    /// it is no constant.
    pub(super) fn promoted_receiver(&mut self, value: Expr, node: usize) -> Expr {
        let (shared, _) = self.names.node();
        self.names.shared.insert(node, shared);
        self.questions.extend([node, shared]);
        let [site, shared] = [node, shared].map(|node| quote::format_ident!("__site_{}", node));
        let drops = drops(&value);
        let temporary = self.pinned(value.clone());
        let variable = self.temporary("temporary");
        let held = self.held(variable);
        parse_quote!(
            #held.put_constant(#site, #shared, #temporary, const { &#value }, #drops).place
        )
    }
}

/// Whether the value, or one that it refers to, has something to drop, as the compiler will know.
fn drops(value: &Expr) -> Expr {
    struct Referenced(Vec<Expr>);
    impl Referenced {
        /// References may be coerced one by one, so what has them as elements is looked at element by element. They have nothing to drop.
        fn value(&mut self, value: &Expr) {
            match value {
                Expr::Reference(_) => {}
                value if is_promoted(value) => {}
                Expr::Paren(inner) => self.value(&inner.expr),
                Expr::Array(array) if refers(value) => {
                    array.elems.iter().for_each(|element| self.value(element));
                }
                Expr::Tuple(tuple) if refers(value) => {
                    tuple.elems.iter().for_each(|element| self.value(element));
                }
                value => self.0.push(value.clone()),
            }
        }
    }
    /// Whether some element is a reference.
    fn refers(value: &Expr) -> bool {
        match value {
            Expr::Reference(_) => true,
            Expr::Paren(inner) => refers(&inner.expr),
            Expr::Array(array) => array.elems.iter().any(refers),
            Expr::Tuple(tuple) => tuple.elems.iter().any(refers),
            _ => false,
        }
    }
    impl<'ast> Visit<'ast> for Referenced {
        fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
            self.value(&reference.expr);
            visit::visit_expr_reference(self, reference);
        }
    }
    let mut values = Referenced(Vec::new());
    values.value(value);
    values.visit_expr(value);
    let values = values.0;
    parse_quote!((false #(|| __state_future::drops(const { &(#values) }))*))
}

/// Whether what it refers to is no temporary but a constant of the program. Only an empty array is when it may be changed.
pub(super) fn is_static(reference: &ExprReference) -> bool {
    match (&reference.mutability, &*reference.expr) {
        (None, expr) => is_promoted(expr),
        (Some(_), Expr::Array(array)) => array.elems.is_empty(),
        (Some(_), _) => false,
    }
}

/// Whether it is a shared reference to a constant or a part of one. (A constant that has a name is no temporary.)
pub(super) fn refers_to_constant(reference: &ExprReference) -> bool {
    let mut root = &*reference.expr;
    loop {
        root = match root {
            Expr::Field(field) => &field.base,
            Expr::Index(index) => &index.expr,
            Expr::Paren(inner) => &inner.expr,
            Expr::Group(inner) => &inner.expr,
            Expr::Path(_) => return false,
            root => return reference.mutability.is_none() && is_constant(root),
        }
    }
}

/// Whether the receiver is a literal, or an array of some that the method surely does not change: what is borrowed is then a constant
/// of the program and needs no place.
pub(super) fn is_promoted_receiver(method: &Ident, receiver: &Expr) -> bool {
    const LOOKING: [&str; 12] = [
        "iter", "len", "is_empty", "first", "last", "get", "contains", "chunks", "windows",
        "concat", "join", "to_vec",
    ];
    match receiver {
        Expr::Lit(_) => is_promoted(receiver),
        Expr::Unary(unary) => {
            matches!(unary.op, UnOp::Neg(_)) && is_promoted_receiver(method, &unary.expr)
        }
        Expr::Paren(inner) => is_promoted_receiver(method, &inner.expr),
        Expr::Group(inner) => is_promoted_receiver(method, &inner.expr),
        Expr::Array(_) => is_promoted(receiver) && LOOKING.contains(&method.to_string().as_str()),
        _ => false,
    }
}

/// Whether it is made of constants only, by the look of it. If it is not, the compiler says so.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => !matches!(literal.lit, Lit::Verbatim(_)),
        Expr::Const(_) => true,
        Expr::Path(path) => {
            let last = path.path.segments.last();
            let name = last.map(|segment| segment.ident.to_string());
            name.is_some_and(|name| name.starts_with(char::is_uppercase))
        }
        Expr::Struct(literal) => {
            let mut fields = literal.fields.iter();
            literal.rest.is_none() && fields.all(|field| is_constant(&field.expr))
        }
        Expr::Call(call) => {
            (is_constant(&call.func) || is_promoted_function(&call.func))
                && call.args.iter().all(is_constant)
        }
        Expr::Array(array) => array.elems.iter().all(is_constant),
        Expr::Repeat(repeat) => is_constant(&repeat.expr),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_constant),
        Expr::Range(range) => {
            let mut ends = range.start.iter().chain(&range.end);
            ends.all(|end| is_constant(end))
        }
        Expr::Paren(inner) => is_constant(&inner.expr),
        Expr::Group(inner) => is_constant(&inner.expr),
        // Operators of a type of the user's are functions.
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_calculated(&unary.expr),
        Expr::Binary(binary) => {
            let operands = [&*binary.left, &*binary.right];
            !matches!(binary.op, BinOp::And(_) | BinOp::Or(_))
                && operands.into_iter().all(is_constant)
                && operands.into_iter().any(is_calculated)
        }
        Expr::Cast(cast) => is_constant(&cast.expr),
        Expr::Field(field) => !matches!(*field.base, Expr::Path(_)) && is_constant(&field.base),
        Expr::Reference(reference) => {
            reference.mutability.is_none() && is_constant(&reference.expr)
        }
        _ => false,
    }
}

/// Whether it is a constant that surely is of a primitive type.
fn is_calculated(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Cast(_) => is_constant(expr),
        Expr::Unary(unary) => is_calculated(&unary.expr),
        Expr::Binary(_) => is_constant(expr),
        Expr::Paren(inner) => is_calculated(&inner.expr),
        Expr::Group(inner) => is_calculated(&inner.expr),
        _ => false,
    }
}

/// The functions of the standard library that the compiler calls for a constant (`#[rustc_promotable]`).
fn is_promoted_function(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let mut segments = path.path.segments.iter().rev();
    let name = segments.next().map(|segment| segment.ident.to_string());
    let of = segments.next().map(|segment| segment.ident.to_string());
    matches!(
        (name.as_deref(), of.as_deref()),
        (Some("min_value" | "max_value"), Some(_))
            | (Some("size_of" | "align_of"), _)
            | (Some("null" | "null_mut"), Some("ptr"))
    )
}

/// Whether it surely becomes a constant of the program where a shared reference to it is taken.
fn is_promoted(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(literal) => !matches!(literal.lit, Lit::Verbatim(_)),
        Expr::Array(array) => array.elems.iter().all(is_promoted),
        Expr::Tuple(tuple) => tuple.elems.iter().all(is_promoted),
        Expr::Unary(unary) => !matches!(unary.op, UnOp::Deref(_)) && is_promoted(&unary.expr),
        Expr::Paren(inner) => is_promoted(&inner.expr),
        Expr::Group(inner) => is_promoted(&inner.expr),
        _ => false,
    }
}
