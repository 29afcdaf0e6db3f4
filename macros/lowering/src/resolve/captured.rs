//! How closures and blocks capture variables, where no single mention tells.
//!
//! A `move` closure that mentions only fields of a variable takes these fields out of the variable, or copies them, and leaves
//! the others. Which places it takes exactly is the compiler's to say: a field behind a smart pointer takes the pointer.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Pat};

use super::names::{MentionId, Names, Use, VariableId, mention_id};
use super::parts::{Path, Site, Taken, for_each_place, place_of};

/// The fields of each variable that the tokens mention, where they mention no variable as a whole.
pub fn fields_of(
    names: &Names,
    tokens: TokenStream,
) -> BTreeMap<VariableId, Vec<(MentionId, Path)>> {
    let mut found: BTreeMap<VariableId, Vec<(MentionId, Path)>> = BTreeMap::new();
    for_each_place(tokens, &mut |mention, path| {
        let path = path.into_iter().take_while(|name| name != "await");
        let variable = names.mentions[mention].variable;
        found
            .entry(variable)
            .or_default()
            .push((mention, path.collect()));
    });
    found.retain(|variable, fields| {
        !names.variables[*variable].reference && fields.iter().all(|(_, path)| !path.is_empty())
    });
    found
}

/// Notes what the body's closures and blocks may take, as a whole or out of variables.
pub fn note_captures(names: &mut Names, body: &mut Block) {
    Captures { names }.visit_block_mut(body);
}

struct Captures<'a> {
    names: &'a mut Names,
}

impl Captures<'_> {
    fn closure(&mut self, attributes: &mut Vec<syn::Attribute>, body: TokenStream) {
        for (variable, fields) in fields_of(self.names, body.clone()) {
            let Some((first, _)) = fields.first() else {
                continue;
            };
            let exact = !is_taken_apart(self.names, variable, body.clone());
            let places: Option<Vec<Expr>> = fields
                .iter()
                .map(|(mention, path)| self.place(*mention, path))
                .collect();
            let Some(places) = places else { continue };
            let (node, attribute) = self.names.node();
            attributes.push(attribute);
            // That they are used within the closure says nothing of the variable.
            for (mention, _) in &fields {
                self.names.sites.remove(mention);
            }
            let site = Site {
                variable,
                node,
                path: common(&fields),
                place: places[0].clone(),
                taken: Taken::Captured { places, exact },
            };
            self.names.sites.insert(*first, site);
        }
    }

    /// Of a variable that a closure which does not `move` uses in several ways, one of which may consume it, only the whole
    /// closure tells how it is captured.
    fn used_in_several_ways(&mut self, attributes: &mut Vec<syn::Attribute>, body: TokenStream) {
        let mut unclear: BTreeMap<VariableId, Vec<MentionId>> = BTreeMap::new();
        crate::emit::for_each_ident(body, &mut |ident| {
            let Some(id) = mention_id(ident) else { return };
            let mention = &self.names.mentions[id];
            if matches!(mention.usage, Use::Unclear(_)) {
                unclear.entry(mention.variable).or_default().push(id);
            }
        });
        for (variable, mentions) in unclear {
            if mentions.len() > 1 && !self.names.variables[variable].reference {
                let (node, attribute) = self.names.node();
                attributes.push(attribute);
                self.names.captures.insert(node, variable);
                for mention in mentions {
                    self.names.mentions[mention].usage = Use::Unclear(node);
                }
            }
        }
    }

    /// The place that a mention and the fields behind it are.
    fn place(&self, mention: MentionId, path: &Path) -> Option<Expr> {
        let text = format!("__mention_{mention}.{}", path.join("."));
        let tokens: TokenStream = text.parse().ok()?;
        let span = self.names.mentions[mention].span;
        let spanned = tokens.into_iter().map(|mut token| {
            token.set_span(span);
            token
        });
        syn::parse2(spanned.collect()).ok()
    }
}

impl VisitMut for Captures<'_> {
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(closure) => {
                let body = closure.body.to_token_stream();
                match closure.capture {
                    Some(_) => self.closure(&mut closure.attrs, body),
                    None => self.used_in_several_ways(&mut closure.attrs, body),
                }
            }
            Expr::Async(block) => {
                let body = block.block.to_token_stream();
                match block.capture {
                    Some(_) => self.closure(&mut block.attrs, body),
                    None => self.used_in_several_ways(&mut block.attrs, body),
                }
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut syn::Macro) {
        use crate::macro_calls::{self, Call};
        if let Call::Arguments(mut list) | Call::Unknown(mut list) = macro_calls::read(mac) {
            let mut touched = false;
            for argument in &mut list.arguments {
                let nodes = self.names.nodes;
                self.visit_expr_mut(&mut argument.expr);
                touched |= self.names.nodes != nodes;
            }
            if touched {
                *mac = list.rebuild();
            }
        }
    }
}

fn common(fields: &[(MentionId, Path)]) -> Path {
    let mut paths = fields.iter().map(|(_, path)| path);
    let first = paths.next().cloned().unwrap_or_default();
    paths.fold(first, |common, path| {
        let both = common.iter().zip(path);
        let same = both.take_while(|(one, other)| one == other).count();
        common[..same].to_vec()
    })
}

/// Whether a closure's body takes a field of the variable apart by a pattern, or looks at it without capturing it: what is
/// captured is then less than the field.
fn is_taken_apart(names: &Names, variable: VariableId, body: TokenStream) -> bool {
    struct Search<'a> {
        names: &'a Names,
        variable: VariableId,
        found: bool,
    }
    impl Search<'_> {
        fn matched(&mut self, expr: &Expr, pattern: &Pat) {
            let lies_within = place_of(expr)
                .is_some_and(|(mention, _)| self.names.mentions[mention].variable == self.variable);
            self.found |= lies_within && !is_read(pattern);
        }
    }
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_local(&mut self, local: &'ast syn::Local) {
            if let Some(init) = &local.init {
                let pattern = match &local.pat {
                    Pat::Type(typed) => &typed.pat,
                    pattern => pattern,
                };
                self.matched(&init.expr, pattern);
            }
            visit::visit_local(self, local);
        }
        fn visit_expr_let(&mut self, condition: &'ast syn::ExprLet) {
            self.matched(&condition.expr, &condition.pat);
            visit::visit_expr_let(self, condition);
        }
        fn visit_expr_match(&mut self, matching: &'ast syn::ExprMatch) {
            // The first arm that is read decides for all.
            let read = matching.arms.iter().any(|arm| is_read(&arm.pat));
            if !read {
                for arm in &matching.arms {
                    self.matched(&matching.expr, &arm.pat);
                }
            }
            visit::visit_expr_match(self, matching);
        }
        fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
            if !matches!(&*assign.left, Expr::Path(_) | Expr::Field(_)) {
                self.matched(&assign.right, &syn::parse_quote!(_));
            }
            visit::visit_expr_assign(self, assign);
        }
        fn visit_expr_struct(&mut self, literal: &'ast syn::ExprStruct) {
            if let Some(rest) = &literal.rest {
                self.matched(rest, &syn::parse_quote!(_));
            }
            visit::visit_expr_struct(self, literal);
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            use crate::macro_calls::{self, ArgumentMode, Call};
            if let Call::Arguments(list) | Call::Unknown(list) = macro_calls::read(mac) {
                for argument in &list.arguments {
                    if argument.mode == ArgumentMode::Scrutinee {
                        let pattern = list.pattern().cloned();
                        let pattern = pattern.unwrap_or_else(|| syn::parse_quote!(_));
                        self.matched(&argument.expr, &pattern);
                    }
                    self.visit_expr(&argument.expr);
                }
            }
        }
    }
    let mut search = Search {
        names,
        variable,
        found: false,
    };
    match syn::parse2::<Expr>(body) {
        Ok(body) => search.visit_expr(&body),
        Err(_) => return true,
    }
    search.found
}

/// Whether matching the pattern reads or binds the whole place.
fn is_read(pattern: &Pat) -> bool {
    match pattern {
        Pat::Lit(_) | Pat::Range(_) | Pat::Path(_) => true,
        Pat::Ident(binding) => binding.subpat.is_none(),
        Pat::TupleStruct(tuple) => tuple.path.segments.last().is_some_and(|segment| {
            ["Some", "Ok", "Err"].contains(&segment.ident.to_string().as_str())
        }),
        Pat::Or(alternatives) => alternatives.cases.iter().all(is_read),
        Pat::Paren(inner) => is_read(&inner.pat),
        _ => false,
    }
}

/// The variables whose fields alone a closure's body captures, with the mention that stands for what it takes.
pub fn captured_parts(names: &Names, body: TokenStream) -> BTreeMap<VariableId, MentionId> {
    let mut found = BTreeMap::new();
    crate::emit::for_each_ident(body, &mut |ident| {
        let Some(mention) = mention_id(ident) else {
            return;
        };
        if let Some(site) = names.sites.get(&mention) {
            if matches!(site.taken, Taken::Captured { .. }) {
                found.insert(site.variable, mention);
            }
        }
    });
    found
}
