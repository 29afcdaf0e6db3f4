//! Conditional compilation within bodies.
//!
//! What a body awaits and what lives across it depends on the statements that are there, and a macro cannot ask whether a
//! condition holds. So the item is written once for each way the conditions can turn out, and the compiler takes the one
//! that fits: with `#[cfg(unix)]` on a statement it becomes an item under `#[cfg(all(unix))]` that has the statement, and
//! one under `#[cfg(all(not(unix)))]` that has not.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, FnArg, GenericParam, Item, Meta, Signature, Stmt, Token};

/// The most conditions of an item: each doubles the number of its copies.
const CONDITIONS: usize = 5;

/// The item for each way its inner conditions can turn out, all under `attribute` again; nothing if there are none.
///
/// # Errors
/// If there are too many conditions, or one cannot be read.
pub fn each_way(attribute: &TokenStream, item: &TokenStream) -> syn::Result<Option<TokenStream>> {
    let Ok(item) = syn::parse2::<Item>(item.clone()) else {
        // What is wrong with it is said elsewhere.
        return Ok(None);
    };
    let mut walk = Walk::default();
    walk.visit_item_mut(&mut item.clone());
    walk.finish()?;
    let conditions = walk.conditions;
    if conditions.is_empty() {
        return Ok(None);
    }
    let mut copies = TokenStream::new();
    for way in 0..1_usize << conditions.len() {
        let holds = |index: usize| way & (1 << index) != 0;
        let mut walk = Walk {
            conditions: conditions.clone(),
            holds: Some((0..conditions.len()).map(holds).collect()),
            ..Walk::default()
        };
        let mut copy = item.clone();
        walk.visit_item_mut(&mut copy);
        walk.finish()?;
        let terms = conditions
            .iter()
            .enumerate()
            .map(|(index, (_, condition))| {
                if holds(index) {
                    condition.clone()
                } else {
                    quote!(not(#condition))
                }
            });
        copies.extend(quote!(#[cfg(all(#(#terms),*))] #[#attribute] #copy));
    }
    Ok(Some(copies))
}

/// Collects the conditions within functions, or takes away what is under one that does not hold.
#[derive(Default)]
struct Walk {
    /// Their texts and tokens.
    conditions: Vec<(String, TokenStream)>,
    /// Which of them hold; none is known while they are collected.
    holds: Option<Vec<bool>>,
    error: Option<syn::Error>,
    within: bool,
}

impl Walk {
    fn finish(&mut self) -> syn::Result<()> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// Whether `condition` holds.
    fn asks(&mut self, condition: &Meta) -> syn::Result<bool> {
        if let Meta::List(list) = condition {
            if list.path.is_ident("not") {
                return self.asks(&list.parse_args()?).map(|holds| !holds);
            }
        }
        let tokens = condition.to_token_stream();
        let text = tokens.to_string();
        let known = self.conditions.iter().position(|(known, _)| *known == text);
        let index = known.unwrap_or(self.conditions.len());
        if known.is_none() {
            if index == CONDITIONS {
                return Err(syn::Error::new_spanned(
                    condition,
                    format!(
                        "#[state_future] does not lower more than {CONDITIONS} conditions within one item\nhelp: use `if cfg!(..)`, or two functions under `#[cfg(..)]`"
                    ),
                ));
            }
            self.conditions.push((text, tokens));
        }
        Ok(self.holds.as_ref().is_none_or(|holds| holds[index]))
    }

    /// Settles the conditions among the attributes; says whether what they stand on is there.
    fn is_there(&mut self, attributes: &mut Vec<Attribute>) -> bool {
        if !self.within {
            return true;
        }
        let mut there = true;
        let mut settled = Vec::new();
        for attribute in attributes.drain(..) {
            match self.settle(&attribute, &mut settled) {
                Ok(holds) => there &= holds,
                Err(error) => match &mut self.error {
                    Some(errors) => errors.combine(error),
                    none => *none = Some(error),
                },
            }
        }
        *attributes = settled;
        there || self.holds.is_none()
    }

    fn settle(&mut self, attribute: &Attribute, settled: &mut Vec<Attribute>) -> syn::Result<bool> {
        if attribute.path().is_ident("cfg") {
            return self.asks(&attribute.parse_args()?);
        }
        if attribute.path().is_ident("cfg_attr") {
            let parts =
                attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
            let mut parts = parts.into_iter();
            let holds = parts
                .next()
                .map_or(Ok(false), |condition| self.asks(&condition))?;
            for meta in parts.filter(|_| holds) {
                let attribute = Attribute {
                    meta,
                    ..attribute.clone()
                };
                self.settle(&attribute, settled)?;
            }
        } else {
            settled.push(attribute.clone());
        }
        Ok(true)
    }

    fn elements(&mut self, elements: &mut Punctuated<Expr, Token![,]>) {
        self.those_there(elements, attributes_of);
    }

    fn those_there<T: Clone>(
        &mut self,
        all: &mut Punctuated<T, Token![,]>,
        attributes: impl Fn(&mut T) -> Option<&mut Vec<Attribute>>,
    ) {
        let there = |one: &mut T, walk: &mut Self| {
            attributes(one).is_none_or(|attributes| walk.is_there(attributes))
        };
        let trailing = all.trailing_punct();
        *all = std::mem::take(all)
            .into_iter()
            .filter_map(|mut one| there(&mut one, self).then_some(one))
            .collect();
        if trailing && !all.is_empty() {
            all.push_punct(Default::default());
        }
    }
}

impl VisitMut for Walk {
    fn visit_signature_mut(&mut self, signature: &mut Signature) {
        if signature.asyncness.is_some() {
            let outer = std::mem::replace(&mut self.within, true);
            self.those_there(&mut signature.generics.params, |parameter| {
                Some(match parameter {
                    GenericParam::Lifetime(parameter) => &mut parameter.attrs,
                    GenericParam::Type(parameter) => &mut parameter.attrs,
                    GenericParam::Const(parameter) => &mut parameter.attrs,
                })
            });
            self.those_there(&mut signature.inputs, |argument| {
                Some(match argument {
                    FnArg::Receiver(receiver) => &mut receiver.attrs,
                    FnArg::Typed(typed) => &mut typed.attrs,
                })
            });
            self.within = outer;
        }
    }

    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        self.function(&item.sig.clone(), |walk| {
            walk.visit_signature_mut(&mut item.sig);
            walk.visit_block_mut(&mut item.block);
        });
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        self.function(&item.sig.clone(), |walk| {
            walk.visit_signature_mut(&mut item.sig);
            walk.visit_block_mut(&mut item.block);
        });
    }

    fn visit_trait_item_fn_mut(&mut self, item: &mut syn::TraitItemFn) {
        self.function(&item.sig.clone(), |walk| {
            walk.visit_signature_mut(&mut item.sig);
            if let Some(body) = &mut item.default {
                walk.visit_block_mut(body);
            }
        });
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.retain_mut(|statement| {
            let attributes = match statement {
                Stmt::Local(local) => Some(&mut local.attrs),
                Stmt::Macro(call) => Some(&mut call.attrs),
                Stmt::Expr(expr, _) => attributes_of(leftmost(expr)),
                // Items are the compiler's.
                Stmt::Item(_) => None,
            };
            let there = attributes.is_none_or(|attributes| self.is_there(attributes));
            if there && !matches!(statement, Stmt::Item(_)) {
                self.visit_stmt_mut(statement);
            }
            there
        });
    }

    fn visit_expr_match_mut(&mut self, matching: &mut syn::ExprMatch) {
        matching
            .arms
            .retain_mut(|arm| self.is_there(&mut arm.attrs));
        visit_mut::visit_expr_match_mut(self, matching);
    }

    fn visit_expr_struct_mut(&mut self, literal: &mut syn::ExprStruct) {
        self.those_there(&mut literal.fields, |field| Some(&mut field.attrs));
        visit_mut::visit_expr_struct_mut(self, literal);
    }

    fn visit_pat_struct_mut(&mut self, pattern: &mut syn::PatStruct) {
        self.those_there(&mut pattern.fields, |field| Some(&mut field.attrs));
        visit_mut::visit_pat_struct_mut(self, pattern);
    }

    fn visit_expr_array_mut(&mut self, array: &mut syn::ExprArray) {
        self.elements(&mut array.elems);
        visit_mut::visit_expr_array_mut(self, array);
    }

    fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
        self.elements(&mut call.args);
        visit_mut::visit_expr_call_mut(self, call);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
        self.elements(&mut call.args);
        visit_mut::visit_expr_method_call_mut(self, call);
    }
}

impl Walk {
    /// Walks through a function, if it is one that is lowered.
    fn function(&mut self, signature: &Signature, walk: impl FnOnce(&mut Self)) {
        if signature.asyncness.is_some() {
            let outer = std::mem::replace(&mut self.within, true);
            walk(self);
            self.within = outer;
        }
    }
}

/// The expression that the parser gives the attributes of a statement to.
fn leftmost(expr: &mut Expr) -> &mut Expr {
    match expr {
        Expr::Assign(assign) => leftmost(&mut assign.left),
        Expr::Binary(binary) => leftmost(&mut binary.left),
        Expr::Cast(cast) => leftmost(&mut cast.expr),
        expr => expr,
    }
}

fn attributes_of(expr: &mut Expr) -> Option<&mut Vec<Attribute>> {
    Some(match expr {
        Expr::Array(expr) => &mut expr.attrs,
        Expr::Async(expr) => &mut expr.attrs,
        Expr::Await(expr) => &mut expr.attrs,
        Expr::Block(expr) => &mut expr.attrs,
        Expr::Break(expr) => &mut expr.attrs,
        Expr::Call(expr) => &mut expr.attrs,
        Expr::Closure(expr) => &mut expr.attrs,
        Expr::Continue(expr) => &mut expr.attrs,
        Expr::Field(expr) => &mut expr.attrs,
        Expr::ForLoop(expr) => &mut expr.attrs,
        Expr::If(expr) => &mut expr.attrs,
        Expr::Index(expr) => &mut expr.attrs,
        Expr::Lit(expr) => &mut expr.attrs,
        Expr::Loop(expr) => &mut expr.attrs,
        Expr::Macro(expr) => &mut expr.attrs,
        Expr::Match(expr) => &mut expr.attrs,
        Expr::MethodCall(expr) => &mut expr.attrs,
        Expr::Paren(expr) => &mut expr.attrs,
        Expr::Path(expr) => &mut expr.attrs,
        Expr::Reference(expr) => &mut expr.attrs,
        Expr::Return(expr) => &mut expr.attrs,
        Expr::Struct(expr) => &mut expr.attrs,
        Expr::Try(expr) => &mut expr.attrs,
        Expr::Tuple(expr) => &mut expr.attrs,
        Expr::Unary(expr) => &mut expr.attrs,
        Expr::Unsafe(expr) => &mut expr.attrs,
        Expr::While(expr) => &mut expr.attrs,
        _ => return None,
    })
}
