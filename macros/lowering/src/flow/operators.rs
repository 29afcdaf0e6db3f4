//! Operators with awaits in their operands.
//!
//! Which operand is evaluated first, and whether it is borrowed or copied while the other is, depends on the operator and
//! on what the operands are.

use quote::ToTokens;
use syn::{BinOp, Expr, parse_quote};

use super::blocks::Ending;
use super::build::{Builder, refused};
use super::contains::contains_await;
use super::expressions::is_constant;
use super::ir::{Block, Operation};
use crate::resolve::{Use, node_of};

impl Builder {
    pub(super) fn binary(&mut self, mut binary: syn::ExprBinary) -> syn::Result<Expr> {
        match binary.op {
            BinOp::And(_) | BinOp::Or(_) => {
                let and = matches!(binary.op, BinOp::And(_));
                self.lazy(*binary.left, *binary.right, and)
            }
            operator if is_comparison(&operator) => {
                let later = contains_await(&binary.right);
                if later && self.assigns(&binary.right, &binary.left) {
                    // An operand that the other one may assign is not borrowed by the comparison, so it is copied first.
                    *binary.left = self.spill((*binary.left).clone(), "operand")?;
                }
                let early = match later && !contains_await(&binary.left) {
                    true => self.read_early(&binary.left, [&*binary.right])?,
                    false => None,
                };
                let mut left = self.place((*binary.left).clone(), later)?;
                if later && self.is_found(&left) {
                    if early.is_some() {
                        self.find(&left)?;
                        self.found_late(&left);
                    } else {
                        let borrowed = self.spill(parse_quote!(&#left), "operand")?;
                        left = parse_quote!(*#borrowed);
                    }
                }
                *binary.right = self.place(*binary.right, false)?;
                let with = |left: Expr| {
                    let mut compared = binary.clone();
                    *compared.left = left;
                    Expr::Binary(compared)
                };
                Ok(match early {
                    Some(early) => self.read_or_place(early, left, with),
                    None => with(left),
                })
            }
            BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_) => {
                if !is_quiet_place(&binary.left) {
                    return self.compound(binary);
                }
                if contains_await(&binary.right) {
                    self.assigned_late(&binary.left, &binary.right);
                }
                *binary.right = self.value(*binary.right, false)?;
                Ok(Expr::Binary(binary))
            }
            _ => {
                self.values([&mut *binary.left, &mut *binary.right])?;
                Ok(Expr::Binary(binary))
            }
        }
    }

    /// `left && right` or `left || right`.
    fn lazy(&mut self, left: Expr, right: Expr, and: bool) -> syn::Result<Expr> {
        let destination = self.names.temporary("value");
        self.push(Operation::Declare(destination));
        let condition = self.condition(left)?;
        let right = self.ending(right, true, Ending::Alone)?;
        let known = Block {
            tail: Some(if and {
                parse_quote!(false)
            } else {
                parse_quote!(true)
            }),
            ..Block::default()
        };
        let (then, otherwise) = if and { (right, known) } else { (known, right) };
        let join = self.new_label();
        self.push(Operation::If {
            condition,
            then,
            otherwise,
            destination: Some(destination),
            join,
        });
        Ok(self.mention(destination, Use::Value))
    }

    /// A compound assignment to a computed place. Primitive types evaluate their right side first, overloaded operators
    /// their left side; the compiler is asked which it is.
    fn compound(&mut self, mut binary: syn::ExprBinary) -> syn::Result<Expr> {
        if is_constant(&binary.right) || self.is_temporary(&binary.right) {
            *binary.left = self.place(*binary.left, false)?;
            return Ok(Expr::Binary(binary));
        }
        let awaits = contains_await(&binary.left);
        let simple = matches!(&*binary.left, Expr::Index(index) if is_quiet_place(&index.expr));
        let (Some(node), true) = (node_of(&binary.attrs), simple || !awaits) else {
            return Err(refused(
                &binary.left,
                "this kind of place in a compound assignment with an `.await`",
                "await in a `let` before: which side is evaluated first depends on the type",
            ));
        };
        self.questions.insert(node);
        let site = quote::format_ident!("__site_{}", node);
        let place = (*binary.left).clone();
        let early = self.temporary("left");
        let held = self.held(early);
        let borrowed: Expr = parse_quote!(&mut #place);
        let borrowed = if awaits {
            borrowed
        } else {
            self.pinned(borrowed)
        };
        self.effect_of(parse_quote!(if !__state_future::leaves(#site) { #held.fill(#borrowed); }))?;
        // Its temporaries end with the statement.
        let right = self.lasting((*binary.right).clone())?;
        let right = self.spill(right, "right")?;
        let held = self.held(early);
        let mut late = binary.clone();
        *late.right = right.clone();
        *binary.left = parse_quote!(**#held.at);
        *binary.right = right;
        self.effect_of(
            parse_quote!(if __state_future::leaves(#site) { #late; } else { #binary; }),
        )?;
        Ok(parse_quote!(()))
    }

    fn effect_of(&mut self, expr: Expr) -> syn::Result<()> {
        if contains_await(&expr) {
            return self.effect(expr);
        }
        let expr = self.leaf(expr)?;
        self.push(Operation::Evaluate(expr));
        Ok(())
    }

    /// Whether evaluating `expr` assigns the variable in which `place` lies.
    pub(super) fn assigns(&self, expr: &Expr, place: &Expr) -> bool {
        let Some(variable) = self.root(place) else {
            return false;
        };
        let mut search = Assigns {
            builder: self,
            variable,
            found: false,
        };
        syn::visit::Visit::visit_expr(&mut search, expr);
        search.found
    }

    fn root(&self, place: &Expr) -> Option<usize> {
        match place {
            Expr::Path(_) => Some(self.names.mention_of(place)?.variable),
            Expr::Field(field) => self.root(&field.base),
            Expr::Index(index) => self.root(&index.expr),
            Expr::Paren(inner) => self.root(&inner.expr),
            _ => None,
        }
    }
}

/// Comparisons take their operands by reference.
pub fn is_comparison(operator: &BinOp) -> bool {
    use BinOp::*;
    matches!(operator, Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

/// Whether the operator gives a `bool`, overloaded or not.
pub fn gives_a_truth(operator: &BinOp) -> bool {
    is_comparison(operator) || matches!(operator, BinOp::And(_) | BinOp::Or(_))
}

/// A place whose evaluation has no effect.
fn is_quiet_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(field) => is_quiet_place(&field.base),
        Expr::Paren(inner) => is_quiet_place(&inner.expr),
        Expr::Unary(unary) => {
            matches!(unary.op, syn::UnOp::Deref(_)) && is_quiet_place(&unary.expr)
        }
        _ => false,
    }
}

struct Assigns<'a> {
    builder: &'a Builder,
    variable: usize,
    found: bool,
}

impl<'ast> syn::visit::Visit<'ast> for Assigns<'_> {
    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        self.found |= self.builder.root(&assign.left) == Some(self.variable);
        syn::visit::visit_expr_assign(self, assign);
    }
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let assigns = !matches!(binary.op, BinOp::And(_) | BinOp::Or(_))
            && binary.op.to_token_stream().to_string().len() > 1;
        let compares = matches!(
            binary.op,
            BinOp::Eq(_)
                | BinOp::Ne(_)
                | BinOp::Le(_)
                | BinOp::Ge(_)
                | BinOp::Shl(_)
                | BinOp::Shr(_)
        );
        self.found |=
            assigns && !compares && self.builder.root(&binary.left) == Some(self.variable);
        syn::visit::visit_expr_binary(self, binary);
    }
    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        self.found |= reference.mutability.is_some()
            && self.builder.root(&reference.expr) == Some(self.variable);
        syn::visit::visit_expr_reference(self, reference);
    }
}
