//! The variables a pattern binds.

use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, FieldPat, Ident, Pat, PatIdent};

/// The variables `pattern` binds, each once, in the order in which they are written.
///
/// An identifier that starts with an uppercase letter, without `ref`, `mut` and a subpattern, counts as a constant or
/// a unit variant: `None` binds nothing. As a shorthand field (`Point { X }`) it binds all the same.
pub fn pattern_bindings(pattern: &Pat) -> Vec<Ident> {
    let mut bindings = Bindings::default();
    bindings.visit_pat(pattern);
    bindings.found
}

/// Whether a name is written like a constant or a variant.
pub(super) fn starts_uppercase(name: &Ident) -> bool {
    name.unraw()
        .to_string()
        .trim_start_matches('_')
        .starts_with(char::is_uppercase)
}

#[derive(Default)]
struct Bindings {
    found: Vec<Ident>,
}

impl Bindings {
    fn add(&mut self, name: &Ident) {
        if !self.found.contains(name) {
            self.found.push(name.clone());
        }
    }
}

impl<'ast> Visit<'ast> for Bindings {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        let plain =
            pattern.by_ref.is_none() && pattern.mutability.is_none() && pattern.subpat.is_none();
        if !(plain && starts_uppercase(&pattern.ident)) {
            self.add(&pattern.ident);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_field_pat(&mut self, field: &'ast FieldPat) {
        match &*field.pat {
            Pat::Ident(shorthand) if field.colon_token.is_none() => self.add(&shorthand.ident),
            pattern => self.visit_pat(pattern),
        }
    }

    /// Expressions in patterns (bounds of ranges, `const` blocks) bind nothing for the outside.
    fn visit_expr(&mut self, _: &'ast Expr) {}
}
