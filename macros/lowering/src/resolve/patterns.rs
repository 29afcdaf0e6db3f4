//! What patterns bind.

use syn::Pat;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, PatIdent};

/// Whether an identifier pattern names a constant or a unit variant by all appearances, not a variable.
pub fn is_constant(pattern: &PatIdent) -> bool {
    pattern.by_ref.is_none()
        && pattern.mutability.is_none()
        && pattern.subpat.is_none()
        && pattern
            .ident
            .to_string()
            .trim_start_matches("r#")
            .starts_with(|first: char| first.is_uppercase())
}

/// Calls `binding` on each binding of `pattern`, in order.
pub fn for_each_binding(pattern: &mut Pat, binding: &mut dyn FnMut(&mut PatIdent)) {
    struct Bindings<'a>(&'a mut dyn FnMut(&mut PatIdent));
    impl VisitMut for Bindings<'_> {
        fn visit_field_pat_mut(&mut self, field: &mut syn::FieldPat) {
            if field.colon_token.is_none() {
                field.colon_token = Some(Default::default());
            }
            visit_mut::visit_field_pat_mut(self, field);
        }
        fn visit_pat_ident_mut(&mut self, pattern: &mut PatIdent) {
            if !is_constant(pattern) {
                (self.0)(pattern);
            }
            visit_mut::visit_pat_ident_mut(self, pattern);
        }
        fn visit_expr_mut(&mut self, _: &mut Expr) {}
    }
    // `S { x }` has to become `S { x: x_2 }` before the binding is renamed; the member keeps the old name.
    Bindings(binding).visit_pat_mut(pattern);
}

/// The bindings of a pattern.
pub fn bindings(pattern: &Pat) -> Vec<Ident> {
    let mut found: Vec<Ident> = Vec::new();
    for_each_binding(&mut pattern.clone(), &mut |binding| {
        if !found.contains(&binding.ident) {
            found.push(binding.ident.clone());
        }
    });
    found
}

/// Whether some binding of the pattern may take something out of what it matches.
pub fn may_move(pattern: &Pat) -> bool {
    let mut moves = false;
    for_each_binding(&mut pattern.clone(), &mut |binding| {
        moves |= binding.by_ref.is_none()
    });
    moves
}

/// Whether the pattern binds something by reference of its own accord.
pub fn binds_by_reference(pattern: &Pat) -> bool {
    let mut found = false;
    for_each_binding(&mut pattern.clone(), &mut |binding| {
        found |= binding.by_ref.is_some()
    });
    found
}

/// Whether what these patterns match must stay where it is: one of them may take a part and leave another, or one may take
/// what another borrows.
pub fn takes_parts(patterns: &[Pat]) -> bool {
    let partial = |pattern: &Pat| may_move(pattern) && leaves_something(pattern);
    patterns.iter().any(partial)
        || patterns.iter().any(may_move) && patterns.iter().any(binds_by_reference)
}

/// Whether something must not be moved before guards are evaluated, for they may panic.
pub fn is_guarded(arms: &[syn::Arm]) -> bool {
    arms.iter().any(|arm| {
        let guard = arm.guard.as_ref();
        guard.is_some_and(|(_, guard)| !is_quiet(guard))
            && arms.iter().any(|arm| may_move(&arm.pat))
    })
}

/// Whether evaluating the expression surely cannot panic.
fn is_quiet(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Paren(inner) => is_quiet(&inner.expr),
        Expr::Group(inner) => is_quiet(&inner.expr),
        // Any other operator may be the user's.
        Expr::Binary(binary) if matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
            is_quiet(&binary.left) && is_quiet(&binary.right)
        }
        _ => false,
    }
}

/// Whether some part of a matched value stays where it is.
pub fn leaves_something(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) | Pat::Rest(_) => true,
        // `whole @ pattern` takes the whole.
        Pat::Ident(binding) => binding.by_ref.is_some(),
        Pat::Tuple(tuple) => tuple.elems.iter().any(leaves_something),
        Pat::TupleStruct(tuple) => tuple.elems.iter().any(leaves_something),
        Pat::Struct(fields) => {
            fields.rest.is_some()
                || fields
                    .fields
                    .iter()
                    .any(|field| leaves_something(&field.pat))
        }
        Pat::Slice(slice) => slice.elems.iter().any(leaves_something),
        Pat::Or(alternatives) => alternatives.cases.iter().any(leaves_something),
        Pat::Paren(inner) => leaves_something(&inner.pat),
        Pat::Type(typed) => leaves_something(&typed.pat),
        _ => false,
    }
}
