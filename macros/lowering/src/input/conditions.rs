//! Conditional compilation within bodies.
//!
//! What a body awaits and what lives across it depends on the statements that are there, and a macro cannot ask whether a
//! condition holds. So the item is written twice, and the compiler takes the one that fits: with `#[cfg(unix)]` on a statement it
//! becomes an item under `#[cfg(unix)]` that has the statement, and one under `#[cfg(not(unix))]` that has not. Both have the attribute again,
//! which does the same with the next condition, until none is left: the work is linear in the number of conditions.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, FnArg, GenericParam, Item, Meta, Signature, Stmt, Token};

use crate::macro_calls::{self, Call};

/// The item for both ways one of its inner conditions can turn out, under `attribute` again; nothing if there are none.
///
/// # Errors
/// If the condition cannot be read.
pub fn both_ways(attribute: &TokenStream, item: &TokenStream) -> syn::Result<Option<TokenStream>> {
    let Ok(item) = syn::parse2::<Item>(item.clone()) else {
        // What is wrong with it is said elsewhere.
        return Ok(None);
    };
    let way = |holds: bool| {
        let mut walk = Walk {
            condition: None,
            holds,
            error: None,
            within: false,
        };
        let mut copy = item.clone();
        walk.visit_item_mut(&mut copy);
        walk.error.map_or(Ok(()), Err)?;
        Ok::<_, syn::Error>(walk.condition.map(|(_, condition)| (condition, copy)))
    };
    let (Some((condition, with)), Some((_, without))) = (way(true)?, way(false)?) else {
        return Ok(None);
    };
    Ok(Some(quote! {
        #[cfg(#condition)] #[#attribute] #with
        #[cfg(not(#condition))] #[#attribute] #without
    }))
}

/// Settles the first condition within functions, wherever it stands: takes away what is there only if it turns out otherwise.
struct Walk {
    /// Its text and tokens, once it has been found.
    condition: Option<(String, TokenStream)>,
    holds: bool,
    error: Option<syn::Error>,
    within: bool,
}

impl Walk {
    /// Whether `condition` holds, if that is known.
    fn asks(&mut self, condition: &Meta) -> syn::Result<Option<bool>> {
        if let Meta::List(list) = condition {
            if list.path.is_ident("not") {
                let within = self.asks(&list.parse_args()?)?;
                return Ok(within.map(|holds| !holds));
            }
        }
        let tokens = condition.to_token_stream();
        let text = tokens.to_string();
        let (known, _) = self.condition.get_or_insert((text.clone(), tokens));
        Ok((*known == text).then_some(self.holds))
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
        there
    }

    /// Whether what the attribute stands on is there; the attribute goes to `settled` unless it says no more.
    fn settle(&mut self, attribute: &Attribute, settled: &mut Vec<Attribute>) -> syn::Result<bool> {
        if attribute.path().is_ident("cfg") {
            if let Some(holds) = self.asks(&attribute.parse_args()?)? {
                return Ok(holds);
            }
        } else if attribute.path().is_ident("cfg_attr") {
            let parts =
                attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)?;
            let mut parts = parts.into_iter();
            let holds = match parts.next() {
                Some(condition) => self.asks(&condition)?,
                None => Some(false),
            };
            if let Some(holds) = holds {
                let mut there = true;
                for meta in parts.filter(|_| holds) {
                    let attribute = Attribute {
                        meta,
                        ..attribute.clone()
                    };
                    there &= self.settle(&attribute, settled)?;
                }
                return Ok(there);
            }
        }
        settled.push(attribute.clone());
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

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        // Others may show their arguments' text, conditions and all.
        let is_vec = mac
            .path
            .segments
            .last()
            .is_some_and(|name| name.ident == "vec");
        if !is_vec || !mentions_conditions(mac.tokens.clone()) {
            return;
        }
        if let Call::Arguments(mut list) = macro_calls::read(mac) {
            for argument in &mut list.arguments {
                self.visit_expr_mut(&mut argument.expr);
            }
            *mac = list.rebuild();
        }
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

fn mentions_conditions(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions_conditions(group.stream()),
        TokenTree::Ident(ident) => ident == "cfg" || ident == "cfg_attr",
        _ => false,
    })
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
