//! The arguments of a macro invocation, and the invocation built back from them.

use proc_macro2::extra::DelimSpan;
use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{Expr, Ident, LitStr, Macro, Pat};

use super::source_text::source_text;

/// How a macro uses an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgumentMode {
    /// Evaluated once and used by reference (the format family). The argument is a place expression context: a variable
    /// is borrowed, not moved, and temporaries live to the end of the statement around the macro.
    Borrowed,
    /// Evaluated once and used by value: elements of `vec!`, operands of `dbg!`, the condition of `assert!`.
    Value,
    /// Evaluated once into a temporary that the value of the macro borrows: `std::pin::pin!`. It lives as long as the
    /// operand of `&mut { value }` in the same place would, to the end of the block if that is a `let` initialiser.
    Pinned,
    /// Taken by reference in a `match (&left, &right)`: both sides of `assert_eq!`. Temporaries live to the end of the
    /// statement.
    Compared,
    /// Matched against a pattern as the scrutinee of a `match`, a place if it is one: the first argument of `matches!`.
    Scrutinee,
    /// The guard after a pattern, evaluated only if the pattern matches, with the pattern's bindings in scope
    /// ([`ArgumentList::pattern`]).
    Guard,
    /// A place the macro works on: the destination of `write!`, which is the receiver of a call of `write_fmt` (found by
    /// auto-reference, two-phase borrowed while the other arguments are evaluated), and the operand of `addr_of!`.
    Place,
    /// Evaluated only sometimes, then once and by reference: messages of assertions, arguments of logging macros.
    Lazy,
    /// An argument of an unknown macro.
    Unknown,
}

/// One expression among the arguments of a macro.
pub struct Argument {
    /// The name before the argument: `x` of `x = 1`, `parent` of `parent: &span`, `cmd` of the shorthand field `?cmd`.
    /// Names that are no plain identifier (`http.status`, `"a key"`) are not shown.
    pub name: Option<Ident>,
    /// The tokens that ask for a certain representation: `?` or `%` in `tracing`, what follows the colon in `log`.
    pub sigil: Option<TokenStream>,
    /// The expression, to be edited in place.
    pub expr: Expr,
    /// How the macro uses it.
    pub mode: ArgumentMode,
}

/// The arguments of a macro invocation, to be edited and built back.
pub struct ArgumentList {
    /// The expressions, in the order in which they stand. Edit them in place; the number must stay the same.
    pub arguments: Vec<Argument>,
    /// The variables that format strings among the arguments mention by name, each once, in order. They have the span
    /// and the hygiene of their literal.
    pub captures: Vec<Ident>,
    /// Whether the macro does nothing, and evaluates nothing, where debug assertions are off.
    pub debug_only: bool,
    /// Whether a known macro may leave the enclosing function with a `return` of its own: `bail!`, `ensure!`, `ready!`.
    pub leaves: bool,
    pub(super) pattern: Option<Pat>,
    pub(super) condition: Option<Condition>,
    pub(super) replacements: Vec<(Ident, Expr)>,
    pub(super) pieces: Vec<Piece>,
    /// The invocation without its tokens.
    pub(super) template: Macro,
}

/// A stretch of the invocation.
pub(super) enum Piece {
    /// Tokens that are kept.
    Tokens(TokenStream),
    /// The argument at this index.
    Argument(usize),
    /// The argument at this index, written as a field whose name is its value.
    Shorthand(usize, Shorthand),
    /// Pieces between delimiters.
    Group(Delimiter, DelimSpan, Vec<Piece>),
}

/// A field written without a value: `?cmd`, `peer.address`, `key:?`.
pub(super) struct Shorthand {
    pub name: TokenStream,
    pub sigil: TokenStream,
    /// Whether the sigil belongs to the value (`name = ?value`) or to the name (`name:? = value`).
    pub sigil_on_value: bool,
}

/// The condition of an assertion without a message of its own, which shows the source of the condition.
pub(super) struct Condition {
    original: String,
    message: LitStr,
}

impl ArgumentList {
    /// The pattern of `matches!`, whose bindings are in scope in the argument with the mode [`ArgumentMode::Guard`].
    pub fn pattern(&self) -> Option<&Pat> {
        self.pattern.as_ref()
    }

    /// Says what a variable captured by a format string stands for: `rebuild` appends the named argument
    /// `capture = replacement`. Returns whether there is such a capture.
    pub fn set_capture(&mut self, capture: &Ident, replacement: Expr) -> bool {
        let Some(name) = self
            .captures
            .iter()
            .find(|known| *known == capture)
            .cloned()
        else {
            return false;
        };
        match self
            .replacements
            .iter_mut()
            .find(|(known, _)| *known == name)
        {
            Some((_, earlier)) => *earlier = replacement,
            None => self.replacements.push((name, replacement)),
        }
        true
    }

    /// The invocation with its arguments as they are now. Everything else is kept: path, delimiters, spans, format
    /// strings, field names, patterns. A shorthand field whose value was edited is written out: `?cmd` becomes
    /// `cmd = ?(value)`. An `assert!` without a message whose condition was edited gets the message it would have had.
    pub fn rebuild(&self) -> Macro {
        let mut tokens = TokenStream::new();
        self.write(&self.pieces, &mut tokens);
        if let Some(condition) = self
            .condition
            .as_ref()
            .filter(|condition| condition.is_edited(&self.arguments))
        {
            append(&mut tokens, condition.message.to_token_stream());
        }
        for (name, replacement) in &self.replacements {
            append(&mut tokens, quote!(#name = #replacement));
        }
        Macro {
            tokens,
            ..self.template.clone()
        }
    }

    fn write(&self, pieces: &[Piece], tokens: &mut TokenStream) {
        for piece in pieces {
            match piece {
                Piece::Tokens(kept) => tokens.extend(kept.clone()),
                Piece::Argument(index) => {
                    let mut expr = self.arguments[*index].expr.clone();
                    super::kept::group().visit_expr_mut(&mut expr);
                    expr.to_tokens(tokens);
                }
                Piece::Shorthand(index, shorthand) => {
                    shorthand.write(&self.arguments[*index].expr, tokens)
                }
                Piece::Group(delimiter, span, inner) => {
                    let mut content = TokenStream::new();
                    self.write(inner, &mut content);
                    let mut group = Group::new(*delimiter, content);
                    group.set_span(span.join());
                    group.to_tokens(tokens);
                }
            }
        }
    }
}

impl Condition {
    pub fn new(condition: &Expr) -> Self {
        let tokens = condition.to_token_stream();
        let text = source_text(&tokens).replace('{', "{{").replace('}', "}}");
        let message = LitStr::new(&format!("assertion failed: {text}"), condition.span());
        Condition {
            original: tokens.to_string(),
            message,
        }
    }

    fn is_edited(&self, arguments: &[Argument]) -> bool {
        arguments
            .first()
            .is_some_and(|condition| condition.expr.to_token_stream().to_string() != self.original)
    }
}

impl Shorthand {
    fn write(&self, value: &Expr, tokens: &mut TokenStream) {
        let Shorthand {
            name,
            sigil,
            sigil_on_value,
        } = self;
        let value = value.to_token_stream();
        let edited = value.to_string() != name.to_string();
        match (edited, sigil_on_value) {
            (false, true) => tokens.extend(quote!(#sigil #value)),
            (false, false) => tokens.extend(quote!(#value #sigil)),
            (true, true) => tokens.extend(quote!(#name = #sigil (#value))),
            (true, false) => tokens.extend(quote!(#name #sigil = #value)),
        }
    }
}

/// Appends one more argument, with a comma before it where none stands yet.
fn append(tokens: &mut TokenStream, argument: TokenStream) {
    let separated = match tokens.clone().into_iter().last() {
        Some(proc_macro2::TokenTree::Punct(punct)) => punct.as_char() == ',',
        Some(_) => false,
        None => true,
    };
    if separated {
        tokens.extend(argument);
    } else {
        tokens.extend(quote!(, #argument));
    }
}
