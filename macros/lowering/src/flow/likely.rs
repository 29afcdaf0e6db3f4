//! What type a variable probably has: a guess from how it is made and used, to choose its place by. Nothing else rests on it.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Lit, Type, UnOp, parse_quote};

use super::build::Builder;
use super::operators::gives_a_truth;
use crate::resolve::{Names, VariableId};

impl Builder {
    /// The variable is given this value.
    pub fn guess(&mut self, variable: VariableId, value: &Expr) {
        if self.names.variables[variable].likely.is_none() {
            self.names.variables[variable].likely = self.likely(value);
        }
    }

    /// The type that a value probably has.
    pub fn likely(&self, expr: &Expr) -> Option<Type> {
        likely(&self.names, expr)
    }

    /// The type that a range's bounds probably have.
    pub fn likely_bound(&self, range: &syn::ExprRange) -> Option<Type> {
        bound(&self.names, range)
    }
}

fn likely(names: &Names, expr: &Expr) -> Option<Type> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) if number.suffix().is_empty() => Some(parse_quote!(i32)),
            Lit::Int(number) => syn::parse_str(number.suffix()).ok(),
            Lit::Float(number) if number.suffix().is_empty() => Some(parse_quote!(f64)),
            Lit::Float(number) => syn::parse_str(number.suffix()).ok(),
            Lit::Bool(_) => Some(parse_quote!(bool)),
            Lit::Byte(_) => Some(parse_quote!(u8)),
            Lit::Char(_) => Some(parse_quote!(char)),
            Lit::Str(_) => Some(parse_quote!(&str)),
            _ => None,
        },
        Expr::Repeat(repeat) => {
            let (element, count) = (likely(names, &repeat.expr)?, &repeat.len);
            Some(parse_quote!([#element; #count]))
        }
        Expr::Range(range) => {
            let bound = bound(names, range)?;
            Some(parse_quote!(Range<#bound>))
        }
        Expr::Path(_) => names.variables[mentioned(names, expr)?].likely.clone(),
        Expr::Paren(inner) => likely(names, &inner.expr),
        Expr::Group(inner) => likely(names, &inner.expr),
        Expr::Cast(cast) => Some((*cast.ty).clone()),
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Index(_) => None,
            _ => Some(parse_quote!(&())),
        },
        Expr::Unary(unary) if !matches!(unary.op, UnOp::Deref(_)) => likely(names, &unary.expr),
        Expr::Binary(binary) if gives_a_truth(&binary.op) => Some(parse_quote!(bool)),
        Expr::Binary(binary) => {
            likely(names, &binary.left).or_else(|| likely(names, &binary.right))
        }
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "len" | "count" | "capacity" => Some(parse_quote!(usize)),
            "is_empty" | "is_some" | "is_none" | "is_ok" | "is_err" | "contains" => {
                Some(parse_quote!(bool))
            }
            "to_string" => Some(parse_quote!(String)),
            _ => None,
        },
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => Some(parse_quote!(Vec<()>)),
        Expr::Macro(mac) if mac.mac.path.is_ident("format") => Some(parse_quote!(String)),
        Expr::Call(call) => made(&call.func),
        _ => None,
    }
}

/// The type of `Type::new(..)`.
fn made(function: &Expr) -> Option<Type> {
    let Expr::Path(path) = function else {
        return None;
    };
    let mut path = path.path.clone();
    let function = path.segments.pop()?.into_value().ident;
    path.segments.pop_punct();
    let makes = ["new", "from", "default", "with_capacity"];
    let is_type = path
        .segments
        .last()?
        .ident
        .to_string()
        .starts_with(char::is_uppercase);
    (is_type && makes.iter().any(|name| function == name)).then(|| parse_quote!(#path))
}

fn bound(names: &Names, range: &syn::ExprRange) -> Option<Type> {
    let bounds = range.end.iter().chain(&range.start);
    bounds.filter_map(|bound| likely(names, bound)).next()
}

fn mentioned(names: &Names, expr: &Expr) -> Option<VariableId> {
    Some(names.mention_of(expr)?.variable)
}

/// Guesses the types of those variables of which no more is known than how the body uses them.
pub(super) fn from_use(names: &mut Names, body: &syn::Block, output: &Type) {
    if let Some(syn::Stmt::Expr(tail, None)) = body.stmts.last() {
        if let Some(variable) = mentioned(names, tail) {
            names.variables[variable]
                .likely
                .get_or_insert_with(|| output.clone());
        }
    }
    let mut uses = Uses {
        names,
        calculated: Vec::new(),
        lent: Vec::new(),
    };
    uses.visit_block(body);
    let Uses {
        calculated, lent, ..
    } = uses;
    for variable in calculated {
        names.variables[variable]
            .likely
            .get_or_insert_with(|| parse_quote!(i32));
    }
    // A type that is not known, but is hardly that of a number.
    for variable in lent {
        names.variables[variable]
            .likely
            .get_or_insert_with(|| parse_quote!(_));
    }
}

/// Finds what is calculated with, and what is borrowed or has a method or field.
struct Uses<'a> {
    names: &'a Names,
    calculated: Vec<VariableId>,
    lent: Vec<VariableId>,
}

impl<'ast> Visit<'ast> for Uses<'_> {
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let is_compared = matches!(binary.op, BinOp::Eq(_) | BinOp::Ne(_));
        if !is_compared {
            let sides = [&binary.left, &binary.right];
            let variables = sides
                .into_iter()
                .filter_map(|side| mentioned(self.names, side));
            self.calculated.extend(variables);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.lent.extend(mentioned(self.names, &call.receiver));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        self.lent.extend(mentioned(self.names, &reference.expr));
        visit::visit_expr_reference(self, reference);
    }

    fn visit_expr_field(&mut self, field: &'ast syn::ExprField) {
        self.lent.extend(mentioned(self.names, &field.base));
        visit::visit_expr_field(self, field);
    }
}
