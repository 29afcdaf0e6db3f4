//! How closures and blocks capture variables, where no single mention tells.
//!
//! A `move` closure that mentions only fields of a variable takes these fields out of the variable, or copies them, and leaves
//! the others. Which places it takes exactly is the compiler's to say: a field behind a smart pointer takes the pointer.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Pat, parse_quote};

use super::names::{MentionId, Names, Use, VariableId, mention_id};
use super::parts::{Path, Site, Taken, for_each_place, place_of};
use super::patterns::leaves_something;
use super::visited::visited;

/// The fields of each variable that the tokens mention, where they use no variable as a whole.
pub fn fields_of(
    names: &Names,
    tokens: TokenStream,
) -> BTreeMap<VariableId, Vec<(MentionId, Path)>> {
    let apart = taken_apart(names, tokens.clone());
    let mut found: BTreeMap<VariableId, Vec<(MentionId, Path)>> = BTreeMap::new();
    let mut wholes = BTreeSet::new();
    for_each_place(tokens, &mut |mention, path| {
        let variable = names.mentions[mention].variable;
        let path = path.into_iter().take_while(|name| name != "await");
        let path: Path = path.collect();
        let fields = found.entry(variable).or_default();
        match apart.get(&mention) {
            Some(apart) => fields.extend(apart.paths.iter().map(|path| (mention, path.clone()))),
            None => {
                if path.is_empty() {
                    wholes.insert(variable);
                }
                fields.push((mention, path));
            }
        }
    });
    found.retain(|variable, _| !names.variables[*variable].reference && !wholes.contains(variable));
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
        let apart = taken_apart(self.names, body.clone());
        for (variable, fields) in fields_of(self.names, body) {
            let Some((first, _)) = fields.first() else {
                continue;
            };
            let mut mentions: Vec<(MentionId, &Path)> = Vec::new();
            for (mention, path) in &fields {
                if mentions.iter().all(|(other, _)| other != mention) {
                    mentions.push((*mention, path));
                }
            }
            let mut exact = true;
            let mut places = Vec::new();
            for (mention, path) in mentions {
                match apart.get(&mention) {
                    Some(TakenApart {
                        captured: Some(captured),
                        ..
                    }) => places.push(captured.clone()),
                    Some(apart) => {
                        exact = false;
                        places.push(apart.place.clone());
                    }
                    None => places.extend(self.place(mention, path)),
                }
            }
            if places.is_empty() {
                continue;
            }
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

/// A place that a closure's body does not use as a whole, but takes apart.
struct TakenApart {
    place: Expr,
    /// An expression that captures the same of it, if that is known.
    captured: Option<Expr>,
    /// What may be captured of the variable, not more exact than the pattern tells.
    paths: Vec<Path>,
}

/// The places that a closure's body takes apart by a pattern, or looks at without capturing them: what is captured is then less than the
/// place.
fn taken_apart(names: &Names, body: TokenStream) -> BTreeMap<MentionId, TakenApart> {
    struct Search<'a> {
        names: &'a Names,
        found: BTreeMap<MentionId, TakenApart>,
    }
    impl Search<'_> {
        /// The patterns are tried one after the other; those that are `Refutable` surely go with others that may match.
        fn matched<'p>(
            &mut self,
            expr: &Expr,
            patterns: impl IntoIterator<Item = (&'p Pat, Refutable)>,
        ) {
            let patterns: Vec<(&Pat, Refutable)> = patterns.into_iter().collect();
            let Some((mention, root)) = place_of(expr) else {
                return;
            };
            let is_variant = tells_variants(&patterns);
            let patterns: Vec<&Pat> = patterns.into_iter().map(|(pattern, _)| pattern).collect();
            let is_whole = is_variant
                || patterns.iter().any(|pattern| is_read(pattern))
                || !patterns.iter().any(|pattern| leaves_something(pattern));
            if is_whole || self.names.variables[self.names.mentions[mention].variable].reference {
                return;
            }
            let visited = patterns.iter().flat_map(|pattern| visited(pattern, &root));
            // What variant it is is asked of structs that have but one, where fields are.
            let deep = visited.filter(|visited| !visited.is_shallow);
            let mut paths: Vec<Path> = deep.map(|visited| visited.path).collect();
            if paths.is_empty() {
                paths.push(root);
            }
            let patterns = patterns.into_iter().cloned().map(|mut pattern| {
                Sharing.visit_pat_mut(&mut pattern);
                pattern
            });
            let captured = parse_quote!(match #expr { #(#patterns => {})* _ => {} });
            self.note(mention, expr, Some(captured), paths);
        }

        fn note(
            &mut self,
            mention: MentionId,
            place: &Expr,
            captured: Option<Expr>,
            paths: Vec<Path>,
        ) {
            let place = place.clone();
            let apart = TakenApart {
                place,
                captured,
                paths,
            };
            self.found.insert(mention, apart);
        }
    }
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_local(&mut self, local: &'ast syn::Local) {
            if let Some(init) = &local.init {
                let pattern = match &local.pat {
                    Pat::Type(typed) => &typed.pat,
                    pattern => pattern,
                };
                self.matched(&init.expr, [(pattern, init.diverge.is_some())]);
            }
            visit::visit_local(self, local);
        }
        fn visit_expr_let(&mut self, condition: &'ast syn::ExprLet) {
            self.matched(&condition.expr, [(&*condition.pat, true)]);
            visit::visit_expr_let(self, condition);
        }
        fn visit_expr_match(&mut self, matching: &'ast syn::ExprMatch) {
            let last = matching.arms.len().saturating_sub(1);
            let patterns = matching.arms.iter().enumerate();
            let patterns =
                patterns.map(|(index, arm)| (&arm.pat, index < last && arm.guard.is_none()));
            self.matched(&matching.expr, patterns);
            visit::visit_expr_match(self, matching);
        }
        fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
            let destructures = !matches!(&*assign.left, Expr::Path(_) | Expr::Field(_));
            if let (true, Some((mention, path))) = (destructures, place_of(&assign.right)) {
                self.note(mention, &assign.right, None, vec![path]);
            }
            visit::visit_expr_assign(self, assign);
        }
        fn visit_expr_struct(&mut self, literal: &'ast syn::ExprStruct) {
            let base = literal.rest.as_ref();
            if let Some((base, (mention, path))) =
                base.and_then(|base| Some((base, place_of(base)?)))
            {
                let mut captured = literal.clone();
                for field in &mut captured.fields {
                    field.expr = parse_quote!(::core::unreachable!());
                    field.colon_token = Some(Default::default());
                }
                self.note(mention, base, Some(Expr::Struct(captured)), vec![path]);
            }
            visit::visit_expr_struct(self, literal);
        }
        fn visit_macro(&mut self, mac: &'ast syn::Macro) {
            use crate::macro_calls::{self, ArgumentMode, Call};
            if let Call::Arguments(list) | Call::Unknown(list) = macro_calls::read(mac) {
                for argument in &list.arguments {
                    if argument.mode == ArgumentMode::Scrutinee {
                        let pattern = list.pattern().cloned();
                        let pattern = pattern.unwrap_or_else(|| parse_quote!(_));
                        self.matched(&argument.expr, [(&pattern, false)]);
                    }
                    self.visit_expr(&argument.expr);
                }
            }
        }
    }
    let found = BTreeMap::new();
    let mut search = Search { names, found };
    if let Ok(body) = syn::parse2::<Expr>(body) {
        search.visit_expr(&body);
    }
    search.found
}

/// Whether a pattern is tried although another may have to match instead of it.
type Refutable = bool;

/// Whether the patterns are surely of an enum with several variants: which it is is read, and so the whole is captured.
fn tells_variants(patterns: &[(&Pat, Refutable)]) -> bool {
    let mut names = BTreeSet::new();
    let mut is_refuted = false;
    for (pattern, refutable) in patterns {
        let cases = match pattern {
            Pat::Or(alternatives) => alternatives.cases.iter().collect(),
            pattern => vec![*pattern],
        };
        for case in cases {
            let (path, fields): (_, Vec<&Pat>) = match case {
                Pat::TupleStruct(tuple) => (&tuple.path, tuple.elems.iter().collect()),
                Pat::Struct(literal) => {
                    let fields = literal.fields.iter().map(|field| &*field.pat);
                    (&literal.path, fields.collect())
                }
                _ => continue,
            };
            let always = |pattern: &&Pat| match pattern {
                Pat::Ident(binding) => {
                    let name = binding.ident.to_string();
                    binding.subpat.is_none() && !name.starts_with(char::is_uppercase)
                }
                pattern => matches!(pattern, Pat::Wild(_) | Pat::Rest(_)),
            };
            is_refuted |= *refutable && fields.iter().all(always);
            names.extend(
                path.segments
                    .last()
                    .map(|segment| segment.ident.to_string()),
            );
        }
    }
    is_refuted || names.len() > 1
}

/// What a pattern borrows uniquely is borrowed: the closure that it stands in is never called.
struct Sharing;

impl VisitMut for Sharing {
    fn visit_pat_ident_mut(&mut self, binding: &mut syn::PatIdent) {
        if binding.by_ref.is_some() {
            binding.mutability = None;
        }
        visit_mut::visit_pat_ident_mut(self, binding);
    }
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
