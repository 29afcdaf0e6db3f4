//! The grammar of `select!`, of `tokio` and of `futures`.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::token::{Brace, Else};
use syn::{Expr, ExprBlock, Ident, Pat, Token};

use super::patterns::pattern_bindings;

/// The tokens of a `select!`.
pub struct Select {
    /// `biased;` in front (`tokio`): poll in the order in which the branches are written.
    pub biased: Option<(Ident, Token![;])>,
    /// All arms, in source order.
    pub arms: Vec<SelectArm>,
}

/// One arm of a `select!`.
pub enum SelectArm {
    Branch(Box<Branch>),
    Fallback(Box<Fallback>),
}

/// `pattern = future, if precondition => handler,`
pub struct Branch {
    pub pattern: Pat,
    pub equals: Token![=],
    /// The operand: an expression whose value is awaited.
    pub future: Expr,
    /// Only `tokio` has it.
    pub precondition: Option<Precondition>,
    pub arrow: Token![=>],
    /// Evaluated in the enclosing function, with the pattern's bindings in scope; may use `?`, `break`, `return`.
    pub handler: Expr,
    pub comma: Option<Token![,]>,
}

/// `, if condition`
pub struct Precondition {
    pub comma: Token![,],
    pub if_token: Token![if],
    pub condition: Expr,
}

/// `else => handler,`, `complete => handler,` or `default => handler,`
pub struct Fallback {
    pub kind: FallbackKind,
    pub arrow: Token![=>],
    pub handler: Expr,
    pub comma: Option<Token![,]>,
}

/// When a fallback runs.
pub enum FallbackKind {
    /// `tokio`: every branch is disabled, by its precondition or because its pattern did not match.
    Else(Else),
    /// `futures`: every future has terminated.
    Complete(Ident),
    /// `futures`: no future is ready. Such a `select!` never suspends.
    Default(Ident),
}

impl Select {
    /// The branches, in order.
    pub fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.arms.iter().filter_map(|arm| match arm {
            SelectArm::Branch(branch) => Some(&**branch),
            SelectArm::Fallback(_) => None,
        })
    }

    /// The arms that are no branches, in order.
    pub fn fallbacks(&self) -> impl Iterator<Item = &Fallback> {
        self.arms.iter().filter_map(|arm| match arm {
            SelectArm::Branch(_) => None,
            SelectArm::Fallback(fallback) => Some(&**fallback),
        })
    }

    /// The handler of tokio's `else` arm.
    pub fn else_handler(&self) -> Option<&Expr> {
        self.fallbacks()
            .find(|fallback| matches!(fallback.kind, FallbackKind::Else(_)))
            .map(|fallback| &fallback.handler)
    }

    /// All expressions, in source order.
    pub(super) fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        let mut expressions = Vec::new();
        for arm in &mut self.arms {
            match arm {
                SelectArm::Branch(branch) => {
                    let branch = &mut **branch;
                    expressions.push(&mut branch.future);
                    expressions.extend(
                        branch
                            .precondition
                            .as_mut()
                            .map(|precondition| &mut precondition.condition),
                    );
                    expressions.push(&mut branch.handler);
                }
                SelectArm::Fallback(fallback) => expressions.push(&mut fallback.handler),
            }
        }
        expressions
    }

    /// Whether only tokio's macro takes these tokens.
    pub(super) fn is_only_tokio(&self) -> bool {
        self.biased.is_some()
            || self.else_handler().is_some()
            || self.branches().any(|branch| branch.precondition.is_some())
    }

    /// Whether only the macro of `futures` takes these tokens.
    pub(super) fn is_only_futures(&self) -> bool {
        self.fallbacks()
            .any(|fallback| !matches!(fallback.kind, FallbackKind::Else(_)))
    }
}

impl Branch {
    /// The variables the handler receives.
    pub fn bindings(&self) -> Vec<Ident> {
        pattern_bindings(&self.pattern)
    }
}

impl Parse for Select {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let biased = biased(input)?;
        let mut arms = Vec::new();
        while !input.is_empty() {
            arms.push(match FallbackKind::parse_ahead(input)? {
                Some(kind) => SelectArm::Fallback(Box::new(Fallback::parse(kind, input)?)),
                None => SelectArm::Branch(Box::new(input.parse()?)),
            });
        }
        Ok(Select { biased, arms })
    }
}

impl Parse for Branch {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let equals = input.parse()?;
        let future = input.parse()?;
        let precondition = if input.peek(Token![,]) {
            Some(input.parse()?)
        } else {
            None
        };
        let arrow = input.parse()?;
        let (handler, comma) = handler(input)?;
        Ok(Branch {
            pattern,
            equals,
            future,
            precondition,
            arrow,
            handler,
            comma,
        })
    }
}

impl Parse for Precondition {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        Ok(Precondition {
            comma: input.parse()?,
            if_token: input.parse()?,
            condition: input.parse()?,
        })
    }
}

impl Fallback {
    fn parse(kind: FallbackKind, input: ParseStream) -> syn::Result<Self> {
        let arrow = input.parse()?;
        let (handler, comma) = handler(input)?;
        Ok(Fallback {
            kind,
            arrow,
            handler,
            comma,
        })
    }
}

impl FallbackKind {
    /// Reads the keyword of a fallback, if one follows.
    fn parse_ahead(input: ParseStream) -> syn::Result<Option<Self>> {
        if input.peek(Token![else]) {
            return input
                .parse()
                .map(|keyword| Some(FallbackKind::Else(keyword)));
        }
        if !(input.peek(Ident) && input.peek2(Token![=>])) {
            return Ok(None);
        }
        let keyword: Ident = input.parse()?;
        match keyword.to_string().as_str() {
            "complete" => Ok(Some(FallbackKind::Complete(keyword))),
            "default" => Ok(Some(FallbackKind::Default(keyword))),
            _ => Err(syn::Error::new(
                keyword.span(),
                "`=` is expected after a pattern",
            )),
        }
    }
}

/// Reads a handler with the comma after it, which only a block or the last arm can do without.
fn handler(input: ParseStream) -> syn::Result<(Expr, Option<Token![,]>)> {
    let handler = if input.peek(Brace) {
        Expr::Block(ExprBlock {
            attrs: Vec::new(),
            label: None,
            block: input.parse()?,
        })
    } else {
        input.parse()?
    };
    let comma: Option<Token![,]> = input.parse()?;
    if comma.is_none() && !is_block(&handler) && !input.is_empty() {
        return Err(input.error("a comma is expected after this handler"));
    }
    Ok((handler, comma))
}

/// Whether a handler may stand without a comma.
fn is_block(handler: &Expr) -> bool {
    matches!(handler, Expr::Block(block) if block.attrs.is_empty() && block.label.is_none())
}

/// Reads `biased;`, if it follows.
pub(super) fn biased(input: ParseStream) -> syn::Result<Option<(Ident, Token![;])>> {
    if input.peek(Ident) && input.peek2(Token![;]) && input.fork().parse::<Ident>()? == "biased" {
        return Ok(Some((input.parse()?, input.parse()?)));
    }
    Ok(None)
}

/// Writes `biased;`, if it was there.
pub(super) fn write_biased(biased: &Option<(Ident, Token![;])>, tokens: &mut TokenStream) {
    if let Some((keyword, semicolon)) = biased {
        keyword.to_tokens(tokens);
        semicolon.to_tokens(tokens);
    }
}

impl ToTokens for Select {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        write_biased(&self.biased, tokens);
        for (index, arm) in self.arms.iter().enumerate() {
            let last = index + 1 == self.arms.len();
            match arm {
                SelectArm::Branch(branch) => branch.write(last, tokens),
                SelectArm::Fallback(fallback) => fallback.write(last, tokens),
            }
        }
    }
}

impl Branch {
    fn write(&self, last: bool, tokens: &mut TokenStream) {
        self.pattern.to_tokens(tokens);
        self.equals.to_tokens(tokens);
        self.future.to_tokens(tokens);
        if let Some(Precondition {
            comma,
            if_token,
            condition,
        }) = &self.precondition
        {
            comma.to_tokens(tokens);
            if_token.to_tokens(tokens);
            condition.to_tokens(tokens);
        }
        self.arrow.to_tokens(tokens);
        write_handler(&self.handler, &self.comma, last, tokens);
    }
}

impl Fallback {
    fn write(&self, last: bool, tokens: &mut TokenStream) {
        match &self.kind {
            FallbackKind::Else(keyword) => keyword.to_tokens(tokens),
            FallbackKind::Complete(keyword) | FallbackKind::Default(keyword) => {
                keyword.to_tokens(tokens)
            }
        }
        self.arrow.to_tokens(tokens);
        write_handler(&self.handler, &self.comma, last, tokens);
    }
}

/// Writes a handler, with a comma where one stood or an edited handler needs one.
fn write_handler(handler: &Expr, comma: &Option<Token![,]>, last: bool, tokens: &mut TokenStream) {
    handler.to_tokens(tokens);
    if comma.is_some() {
        comma.to_tokens(tokens);
    } else if !last && !is_block(handler) {
        <Token![,]>::default().to_tokens(tokens);
    }
}
