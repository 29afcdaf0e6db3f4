//! Parts of variables that an expression may move out: `pair.0`, `frame.head.name`, `*boxed`, or what a pattern binds.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Expr, ExprStruct, Member, Pat, UnOp};

use super::names::{MentionId, Names, NodeId, VariableId, mention_id};
use super::patterns::{leaves_something, takes_parts};

/// The fields that lead from a variable to a part of it. A dereference is no step: what a box holds is a part of the box,
/// and nothing is ever moved out from behind other pointers.
pub type Path = Vec<String>;

/// A place in a variable, where the expression around it may move the place's value out.
#[derive(Clone)]
pub struct Site {
    pub variable: VariableId,
    /// The node whose answer tells.
    pub node: NodeId,
    pub path: Path,
    /// The place as it is written.
    pub place: Expr,
    pub taken: Taken,
}

/// How the place is used.
#[derive(Clone)]
pub enum Taken {
    /// Its value is moved or copied.
    Value,
    /// It is a method's receiver, or called.
    Receiver,
    /// It is matched against these patterns, one after the other; some that take are `guarded`.
    Patterns { patterns: Vec<Pat>, guarded: bool },
    /// It is the base of this struct, which has its other fields.
    Base(Box<ExprStruct>),
    /// These places of the variable are captured by a `move` closure; or, if that is not `exact`, parts of them.
    Captured { places: Vec<Expr>, exact: bool },
}

impl Site {
    /// The places of a value that moving the `number`th part out takes: those of a pattern, or the whole.
    pub fn takes_all(&self, number: usize) -> bool {
        match &self.taken {
            Taken::Patterns { patterns, .. } => !leaves_something(&patterns[number]),
            Taken::Base(_) | Taken::Captured { .. } => false,
            Taken::Value | Taken::Receiver => true,
        }
    }

    /// Whether some parts of it may be taken and others left.
    pub fn is_partial(&self) -> bool {
        match &self.taken {
            Taken::Patterns { patterns, guarded } => *guarded || takes_parts(patterns),
            Taken::Base(_) => true,
            Taken::Value | Taken::Receiver | Taken::Captured { .. } => false,
        }
    }
}

/// The mention of the variable in which a place lies, and the way from there.
pub fn place_of(expr: &Expr) -> Option<(MentionId, Path)> {
    match expr {
        Expr::Path(path) => Some((path.path.get_ident().and_then(mention_id)?, Path::new())),
        Expr::Field(field) => {
            let (mention, mut path) = place_of(&field.base)?;
            path.push(match &field.member {
                Member::Named(name) => name.to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            });
            Some((mention, path))
        }
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => place_of(&unary.expr),
        Expr::Paren(inner) => place_of(&inner.expr),
        Expr::Group(inner) => place_of(&inner.expr),
        _ => None,
    }
}

/// Whether the expression is a place within a variable, not a variable as such.
pub fn is_within(expr: &Expr) -> bool {
    match expr {
        Expr::Field(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        Expr::Paren(inner) => is_within(&inner.expr),
        Expr::Group(inner) => is_within(&inner.expr),
        _ => false,
    }
}

/// Whether the expression is a place within a value that is not in a variable: `pair().0`, `*boxed()`.
pub fn is_part_of_temporary(expr: &Expr) -> bool {
    is_within(expr) && !matches!(root(expr), Expr::Path(_) | Expr::Index(_))
}

/// What a place lies in: a variable, or a value.
pub fn root(expr: &Expr) -> &Expr {
    match expr {
        Expr::Field(field) => root(&field.base),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => root(&unary.expr),
        Expr::Paren(inner) => root(&inner.expr),
        Expr::Group(inner) => root(&inner.expr),
        other => other,
    }
}

/// As [`root`].
pub fn root_mut(expr: &mut Expr) -> &mut Expr {
    let is_step = match &*expr {
        Expr::Field(_) | Expr::Paren(_) | Expr::Group(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        _ => false,
    };
    if !is_step {
        return expr;
    }
    match expr {
        Expr::Field(field) => root_mut(&mut field.base),
        Expr::Unary(unary) => root_mut(&mut unary.expr),
        Expr::Paren(inner) => root_mut(&mut inner.expr),
        Expr::Group(inner) => root_mut(&mut inner.expr),
        other => other,
    }
}

/// Whether one place lies in the other.
pub fn overlap(one: &[String], other: &[String]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// Calls `visit` on every mention in tokens that are not parsed, with the fields that follow it.
pub fn for_each_place(tokens: TokenStream, visit: &mut dyn FnMut(MentionId, Path)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => for_each_place(group.stream(), visit),
            TokenTree::Ident(ident) => {
                if let Some(mention) = mention_id(ident) {
                    visit(mention, fields_after(&tokens[index + 1..]));
                }
            }
            _ => {}
        }
    }
}

fn fields_after(mut tokens: &[TokenTree]) -> Path {
    let mut path = Path::new();
    while let [TokenTree::Punct(dot), member, rest @ ..] = tokens {
        let is_call = match rest.first() {
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            // A turbofish.
            Some(TokenTree::Punct(colon)) => colon.as_char() == ':',
            _ => false,
        };
        if dot.as_char() != '.' || is_call {
            break;
        }
        match member {
            TokenTree::Ident(name) => path.push(name.to_string()),
            // `pair.0.1` has the number `0.1` in it.
            TokenTree::Literal(number) => {
                path.extend(number.to_string().split('.').map(str::to_string))
            }
            _ => break,
        }
        tokens = rest;
    }
    path
}

impl Names {
    /// Notes that a part of a variable may be moved out where `expr` stands. Known references have nothing to move out.
    pub fn part(&mut self, expr: &Expr, node: NodeId, taken: Taken) {
        let Some((mention, path)) = place_of(expr) else {
            return;
        };
        let variable = self.mentions[mention].variable;
        if !self.variables[variable].reference {
            let site = Site {
                variable,
                node,
                path,
                place: expr.clone(),
                taken,
            };
            self.sites.insert(mention, site);
        }
    }

    /// The site at a place.
    pub fn site(&self, expr: &Expr) -> Option<(MentionId, &Site)> {
        let (mention, path) = place_of(expr)?;
        let site = self.sites.get(&mention)?;
        (site.path == path).then_some((mention, site))
    }

    /// Whether the site's place may be taken: nothing uses it later.
    pub fn may_take(&self, mention: MentionId) -> bool {
        let Some(site) = self.sites.get(&mention) else {
            return false;
        };
        self.mentions[mention].last || site.is_partial()
    }
}
