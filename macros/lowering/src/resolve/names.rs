//! The tables of variables and mentions.

use std::collections::{BTreeMap, HashSet};

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::{Attribute, Expr, parse_quote};

use super::parts::Site;

pub type VariableId = usize;
pub type MentionId = usize;
pub type NodeId = usize;

/// A local variable: the user's, a parameter, or one that the lowering adds.
#[derive(Clone)]
pub struct Variable {
    /// A name that no other variable of the function has.
    pub name: Ident,
    /// What the user calls it, as may others that it hides or is hidden by.
    pub written: String,
    /// The variable is known to be a reference or raw pointer: it has nothing to drop.
    pub reference: bool,
    /// Added by the lowering.
    pub temporary: bool,
    /// The type written on a `let` without a value.
    pub ty: Option<syn::Type>,
    /// The type it probably has, for choosing where it lies; nothing else may rest on it. A parameter has it for sure.
    pub likely: Option<syn::Type>,
}

/// How a mention uses its variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Use {
    /// Its value: a move, or a copy.
    Value,
    /// Its place: borrowed, compared, assigned through, a field or element taken.
    Place,
    /// Assigned as a whole.
    Assign,
    /// Receiver of a method, scrutinee of a pattern, or captured by a closure: the node's syntax does not tell whether
    /// the variable is consumed.
    Unclear(NodeId),
    /// The variable itself, for the lowering's own methods of it.
    Held,
}

/// One mention of a variable.
#[derive(Clone)]
pub struct Mention {
    pub variable: VariableId,
    pub usage: Use,
    /// The closure or async block it stands in.
    pub captured_by: Option<NodeId>,
    /// No path from here mentions the variable, or the field of it that is mentioned here, again before it gets a new
    /// value.
    pub last: bool,
    pub span: Span,
}

/// Everything known about names.
#[derive(Clone)]
pub struct Names {
    pub variables: Vec<Variable>,
    pub mentions: Vec<Mention>,
    /// The mentions in whose place a part of the variable may be moved out.
    pub sites: BTreeMap<MentionId, Site>,
    /// Variables that are borrowed from where their value is used for the last time, which may be a copy then: what
    /// stays is for these nodes to tell.
    pub copies: BTreeMap<VariableId, NodeId>,
    /// The nodes of calls on constants, each with the node that tells whether the constant is only looked at.
    pub shared: BTreeMap<NodeId, NodeId>,
    /// The closures' nodes that tell whether a closure takes this variable.
    pub captures: BTreeMap<NodeId, VariableId>,
    pub nodes: usize,
    /// The variable that the user calls `self`.
    pub receiver: Option<VariableId>,
    pub taken: HashSet<String>,
}

impl Names {
    pub fn new(taken: HashSet<String>) -> Self {
        Names {
            variables: Vec::new(),
            mentions: Vec::new(),
            sites: BTreeMap::new(),
            copies: BTreeMap::new(),
            captures: BTreeMap::new(),
            shared: BTreeMap::new(),
            nodes: 0,
            receiver: None,
            taken,
        }
    }

    /// Adds a variable called `name`, or as nearly so as others allow.
    pub fn declare(&mut self, name: &Ident, reference: bool) -> VariableId {
        let plain = name.to_string().trim_start_matches("r#").to_string();
        let exists = self.variables.iter().any(|variable| variable.name == *name);
        let name = if exists {
            self.fresh(&plain, name.span())
        } else {
            name.clone()
        };
        self.push(Variable {
            name,
            written: plain,
            reference,
            temporary: false,
            ty: None,
            likely: None,
        })
    }

    /// Adds a variable of the lowering's own.
    pub fn temporary(&mut self, wish: &str) -> VariableId {
        let exists = self.taken.contains(wish);
        let name = if exists {
            self.fresh(wish, Span::call_site())
        } else {
            self.taken.insert(wish.to_string());
            Ident::new(wish, Span::call_site())
        };
        self.push(Variable {
            written: name.to_string(),
            name,
            reference: false,
            temporary: true,
            ty: None,
            likely: None,
        })
    }

    /// Adds the variable of an awaited future. No expression of the user's ever sees its name, so only variables count.
    pub fn future(&mut self, wish: &str) -> VariableId {
        let exists = |name: &str| self.variables.iter().any(|variable| variable.name == name);
        let mut name = wish.to_string();
        let mut number = 2;
        while exists(&name) {
            name = format!("{wish}_{number}");
            number += 1;
        }
        self.push(Variable {
            name: Ident::new(&name, Span::call_site()),
            written: name,
            reference: false,
            temporary: true,
            ty: None,
            likely: None,
        })
    }

    fn push(&mut self, variable: Variable) -> VariableId {
        self.variables.push(variable);
        self.variables.len() - 1
    }

    fn fresh(&mut self, wish: &str, span: Span) -> Ident {
        let number = (2..)
            .find(|number| !self.taken.contains(&format!("{wish}_{number}")))
            .unwrap_or(0);
        let name = format!("{wish}_{number}");
        self.taken.insert(name.clone());
        Ident::new(&name, span)
    }

    /// Adds a mention and gives the expression that stands for it.
    pub fn mention(
        &mut self,
        variable: VariableId,
        usage: Use,
        captured_by: Option<NodeId>,
        span: Span,
    ) -> Expr {
        let ident = self.mention_ident(variable, usage, captured_by, span);
        parse_quote!(#ident)
    }

    /// Adds a mention and gives its identifier.
    pub fn mention_ident(
        &mut self,
        variable: VariableId,
        usage: Use,
        captured_by: Option<NodeId>,
        span: Span,
    ) -> Ident {
        let id = self.mentions.len();
        self.mentions.push(Mention {
            variable,
            usage,
            captured_by,
            last: true,
            span,
        });
        format_ident!("__mention_{}", id, span = span)
    }

    /// A new identity for a node of the tree, as the attribute that carries it.
    pub fn node(&mut self) -> (NodeId, Attribute) {
        let id = self.nodes;
        self.nodes += 1;
        let ident = format_ident!("__node_{}", id);
        (id, parse_quote!(#[#ident]))
    }
}

/// Which mention an identifier stands for.
pub fn mention_id(ident: &Ident) -> Option<MentionId> {
    numbered(ident, "__mention_")
}

/// Which node's answer an identifier stands for.
pub fn site_id(ident: &Ident) -> Option<NodeId> {
    numbered(ident, "__site_")
}

fn numbered(ident: &Ident, prefix: &str) -> Option<usize> {
    ident.to_string().strip_prefix(prefix)?.parse().ok()
}

/// Which node the attributes identify.
pub fn node_of(attributes: &[Attribute]) -> Option<NodeId> {
    attributes
        .iter()
        .find_map(|attribute| numbered(attribute.path().get_ident()?, "__node_"))
}

impl Names {
    /// The mention that the expression is, if it is nothing else.
    pub fn mention_of(&self, expr: &Expr) -> Option<&Mention> {
        let Expr::Path(path) = expr else { return None };
        let id = path.path.get_ident().and_then(mention_id)?;
        Some(&self.mentions[id])
    }

    /// Whether a variable that `is_it` is mentioned somewhere in the tokens.
    pub fn has_mention(
        &self,
        tokens: impl quote::ToTokens,
        is_it: impl Fn(VariableId) -> bool,
    ) -> bool {
        let mut found = false;
        crate::emit::for_each_ident(tokens.into_token_stream(), &mut |ident| {
            found |= mention_id(ident).is_some_and(|id| is_it(self.mentions[id].variable));
        });
        found
    }

    /// How a closure with this body that does not `move` captures a variable: what its last unclear mention in the body
    /// does to it, or by reference if there is none.
    pub fn capture(&self, body: proc_macro2::TokenStream, variable: VariableId) -> Option<NodeId> {
        let mut asked = None;
        crate::emit::for_each_ident(body, &mut |ident| {
            if let Some(id) = mention_id(ident) {
                let mention = &self.mentions[id];
                if let (true, Use::Unclear(node)) = (mention.variable == variable, mention.usage) {
                    asked = Some(node);
                }
            }
        });
        asked
    }
}
