//! Collects an argument list while a macro's tokens are parsed.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, ExprGroup, ExprLit, ExprUnary, Ident, Lit, LitStr, Macro, Pat, Token};

use super::arguments::{Argument, ArgumentList, ArgumentMode, Condition, Piece, Shorthand};
use super::format_string::captures;
use super::patterns::starts_uppercase;

/// The parts of an argument list read so far.
#[derive(Default)]
pub(super) struct Builder {
    arguments: Vec<Argument>,
    pieces: Vec<Piece>,
    format_strings: Vec<LitStr>,
    /// The names of explicit format arguments, which are no captures.
    format_names: Vec<Ident>,
    pattern: Option<Pat>,
    condition: Option<Condition>,
}

impl Builder {
    /// Keeps tokens as they are.
    pub fn keep(&mut self, tokens: impl ToTokens) {
        self.pieces.push(Piece::Tokens(tokens.into_token_stream()));
    }

    /// Keeps all that is left of the input.
    pub fn keep_rest(&mut self, input: ParseStream) -> syn::Result<()> {
        let rest: TokenStream = input.parse()?;
        self.keep(rest);
        Ok(())
    }

    /// Keeps the next token if it is the separator `,`; says whether it was.
    pub fn comma(&mut self, input: ParseStream) -> syn::Result<bool> {
        let comma: Option<Token![,]> = input.parse()?;
        self.keep(comma);
        Ok(comma.is_some())
    }

    /// A comma, or the end of the input. Says whether more may follow.
    pub fn comma_or_end(&mut self, input: ParseStream) -> syn::Result<bool> {
        if input.is_empty() {
            return Ok(false);
        }
        let comma: Token![,] = input.parse()?;
        self.keep(comma);
        Ok(!input.is_empty())
    }

    /// Reads the next expression as an argument without a name.
    pub fn expression(&mut self, input: ParseStream, mode: ArgumentMode) -> syn::Result<()> {
        let expr = input.parse()?;
        self.argument(Argument {
            name: None,
            sigil: None,
            expr,
            mode,
        });
        Ok(())
    }

    /// Adds an argument whose name and sigil, if any, were kept before.
    pub fn argument(&mut self, argument: Argument) {
        self.pieces.push(Piece::Argument(self.arguments.len()));
        self.arguments.push(argument);
    }

    /// Adds an argument that stands there as a field without a value.
    pub fn shorthand(&mut self, argument: Argument, shorthand: Shorthand) {
        self.pieces
            .push(Piece::Shorthand(self.arguments.len(), shorthand));
        self.arguments.push(argument);
    }

    /// Reads `name = expression` or `expression`.
    pub fn optionally_named(&mut self, input: ParseStream, mode: ArgumentMode) -> syn::Result<()> {
        let name = if name_follows(input) {
            let name = input.call(Ident::parse_any)?;
            let equals: Token![=] = input.parse()?;
            self.keep(&name);
            self.keep(equals);
            self.format_names.push(name.unraw());
            Some(name)
        } else {
            None
        };
        let expr = input.parse()?;
        self.argument(Argument {
            name,
            sigil: None,
            expr,
            mode,
        });
        Ok(())
    }

    /// Keeps a constant: a literal, a macro that becomes one (`concat!`), or the path of a constant.
    pub fn constant(&mut self, input: ParseStream) -> syn::Result<Expr> {
        let expr: Expr = input.parse()?;
        if !is_constant(&expr) {
            return Err(syn::Error::new_spanned(expr, "a constant is expected here"));
        }
        self.keep(&expr);
        Ok(expr)
    }

    /// Reads a format string and its arguments, to the end. A format string that is no string literal is kept as it is.
    pub fn format(&mut self, input: ParseStream, mode: ArgumentMode) -> syn::Result<()> {
        if input.is_empty() {
            return Ok(());
        }
        let first = self.constant(input)?;
        self.format_strings.extend(string_literal(&first).cloned());
        while self.comma_or_end(input)? {
            self.optionally_named(input, mode)?;
        }
        Ok(())
    }

    /// Takes the last argument for a format string if it is a string literal.
    pub fn last_may_be_format_string(&mut self) {
        let last = self.arguments.last();
        self.format_strings.extend(
            last.and_then(|argument| string_literal(&argument.expr))
                .cloned(),
        );
    }

    /// Reads the next group with `reader`.
    pub fn group(
        &mut self,
        input: ParseStream,
        reader: impl FnOnce(&mut Self, ParseStream) -> syn::Result<()>,
    ) -> syn::Result<()> {
        use proc_macro2::Delimiter;
        let outer = std::mem::take(&mut self.pieces);
        let content;
        let (delimiter, span) = if input.peek(syn::token::Paren) {
            (
                Delimiter::Parenthesis,
                syn::parenthesized!(content in input).span,
            )
        } else if input.peek(syn::token::Bracket) {
            (Delimiter::Bracket, syn::bracketed!(content in input).span)
        } else {
            (Delimiter::Brace, syn::braced!(content in input).span)
        };
        reader(self, &content)?;
        let inner = std::mem::replace(&mut self.pieces, outer);
        self.pieces.push(Piece::Group(delimiter, span, inner));
        Ok(())
    }

    /// Reads `pattern` or `pattern if guard`.
    pub fn pattern(&mut self, input: ParseStream) -> syn::Result<()> {
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        self.keep(&pattern);
        self.pattern = Some(pattern);
        let guard: Option<Token![if]> = input.parse()?;
        if guard.is_some() {
            self.keep(guard);
            self.expression(input, ArgumentMode::Guard)?;
        }
        Ok(())
    }

    /// Notes that the first argument is a condition that is shown if it fails.
    pub fn shows_condition(&mut self) {
        self.condition = self
            .arguments
            .first()
            .map(|argument| Condition::new(&argument.expr));
    }

    /// The list, for the invocation it was read from.
    pub fn finish(self, mac: &Macro) -> ArgumentList {
        let mut found: Vec<Ident> = Vec::new();
        for capture in self.format_strings.iter().flat_map(captures) {
            if !self.format_names.contains(&capture.unraw()) && !found.contains(&capture) {
                found.push(capture);
            }
        }
        ArgumentList {
            arguments: self.arguments,
            captures: found,
            debug_only: false,
            leaves: false,
            pattern: self.pattern,
            condition: self.condition,
            replacements: Vec::new(),
            pieces: self.pieces,
            template: Macro {
                path: mac.path.clone(),
                bang_token: mac.bang_token,
                delimiter: mac.delimiter.clone(),
                tokens: TokenStream::new(),
            },
        }
    }
}

/// Whether `name =` follows, and neither `==` nor `=>`.
pub(super) fn name_follows(input: ParseStream) -> bool {
    input.peek(Ident::peek_any)
        && input.peek2(Token![=])
        && !input.peek2(Token![==])
        && !input.peek2(Token![=>])
}

/// The string literal that `expr` is, also if it was handed on by a `macro_rules!` macro.
fn string_literal(expr: &Expr) -> Option<&LitStr> {
    match expr {
        Expr::Lit(ExprLit {
            lit: Lit::Str(literal),
            ..
        }) => Some(literal),
        Expr::Group(ExprGroup { expr, .. }) => string_literal(expr),
        _ => None,
    }
}

/// Whether `expr` is a string literal.
pub(super) fn is_string_literal(expr: &Expr) -> bool {
    string_literal(expr).is_some()
}

/// Whether `expr` mentions no variable for sure.
fn is_constant(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) | Expr::Macro(_) => true,
        Expr::Unary(ExprUnary { expr, .. }) | Expr::Group(ExprGroup { expr, .. }) => {
            is_constant(expr)
        }
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| starts_uppercase(&segment.ident)),
        _ => false,
    }
}
