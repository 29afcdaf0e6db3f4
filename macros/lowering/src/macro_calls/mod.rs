//! Macro invocations, read as the expressions they evaluate.
//!
//! To the parser the inside of a macro invocation is a heap of tokens. To the lowering it is code: variables are
//! mentioned there (also inside a format string, as in `"{name}"`), and awaits stand there. [`read`] recognises the
//! macros of the standard library and of the crates asynchronous programs use most, and tells for each argument *how* the
//! macro uses it. Every answer can be edited in place and turned back into a macro invocation with `rebuild`, which
//! keeps the path, the delimiters, the spans and every token that is no expression.
//!
//! | module | job |
//! |---|---|
//! | `names` | which family a macro belongs to, by its path |
//! | `arguments` | the argument list, and building the invocation back |
//! | `builder` | collecting a list while it is parsed |
//! | `format_string` | the variables a format string captures |
//! | `standard` | macros of the standard library, errors (`bail!`, `ensure!`) |
//! | `logging` | the macros of `log` and `tracing` |
//! | `json` | `serde_json::json!` and others like it |
//! | `unknown` | anything else that reads as a list of expressions |
//! | `awaiting`, `select` | macros that await by themselves |
//! | `blocks` | macros that are an `async` block |
//! | `pins` | macros that declare pinned variables |
//! | `kept` | attributes of the lowering's own, kept in tokens |
//! | `patterns` | the variables a pattern binds |
//! | `source_text` | the text of an assertion's condition, for its message |
//! | `tokens` | questions to raw tokens |
//!
//! A macro is known by the name in its last path segment. A path of several segments must also start at a crate that
//! exports the macro; a bare name is taken for the well-known macro, and read as unknown if its tokens do not fit.

mod arguments;
mod awaiting;
mod blocks;
mod builder;
mod format_string;
mod json;
mod kept;
mod logging;
mod names;
mod patterns;
mod pins;
mod select;
mod source_text;
mod standard;
#[cfg(test)]
mod tests;
mod tokens;
mod unknown;

use syn::Macro;
use syn::parse::{ParseStream, Parser};
use syn::visit_mut::VisitMut;

pub use arguments::{Argument, ArgumentList, ArgumentMode};
pub use awaiting::{Awaiting, AwaitingCall, Flavor, Join};
pub use blocks::OwnBlock;
pub use names::diverges;
pub use patterns::pattern_bindings;
pub use pins::{PinDeclaration, Pins};
pub use select::{Branch, Fallback, FallbackKind, Precondition, Select, SelectArm};
pub use source_text::source_text;
pub use tokens::{contains_await_tokens, mentions};

use builder::Builder;
use names::{Family, family, leaves};

/// What is known about a macro invocation.
pub enum Call {
    /// A known macro: every argument is an expression, in the order in which the macro evaluates them. The list is empty
    /// for a macro that evaluates nothing (`stringify!`, `concat!`, `line!`).
    Arguments(ArgumentList),
    /// An unknown macro whose tokens read as expressions (optionally `name = expression`) separated by commas,
    /// semicolons or `=>`, or as a JSON text with expressions in it. What it does with them is not known: it may evaluate one twice or never, take it apart as a
    /// pattern, or leave the enclosing function.
    Unknown(ArgumentList),
    /// A macro that awaits inside, without an `.await` to be seen: `join!`, `select!` and their kin.
    Awaiting(AwaitingCall),
    /// A macro that is an `async move` block: `stream!`.
    OwnBlock(OwnBlock),
    /// A macro that declares variables: `tokio::pin!(a, b)`, `pin_mut!(a)`, `tokio::pin! { let a = future; }`.
    Pins(Pins),
    /// Tokens that cannot be read as expressions.
    Opaque,
}

/// Reads a macro invocation that stands where an expression stands.
///
/// A bare `pin!(variable)` is taken for `std::pin::pin!`; see [`read_statement`].
pub fn read(mac: &Macro) -> Call {
    let mut call = read_tokens(mac);
    match &mut call {
        Call::Arguments(list) | Call::Unknown(list) => list
            .arguments
            .iter_mut()
            .for_each(|argument| kept::ungroup().visit_expr_mut(&mut argument.expr)),
        Call::Awaiting(call) => call
            .expressions_mut()
            .into_iter()
            .for_each(|expr| kept::ungroup().visit_expr_mut(expr)),
        Call::OwnBlock(call) => kept::ungroup().visit_block_mut(&mut call.block),
        Call::Pins(_) | Call::Opaque => {}
    }
    call
}

fn read_tokens(mac: &Macro) -> Call {
    match family(&mac.path) {
        Some(Family::Unreadable) => Call::Opaque,
        Some(Family::OwnBlock) if blocks::gives(mac) => {
            blocks::read(mac).map_or(Call::Opaque, Call::OwnBlock)
        }
        Some(Family::OwnBlock) => read_unknown(mac),
        // Were the arms read as expressions, their patterns would count as mentions.
        Some(family @ Family::Select { .. }) => read_known(mac, family).unwrap_or(Call::Opaque),
        Some(family) => read_known(mac, family).unwrap_or_else(|| read_unknown(mac)),
        None => read_unknown(mac),
    }
}

/// Reads a macro invocation that stands as a statement of its own.
///
/// The same as [`read`], but for a bare `pin!(variable);`: the value of `std::pin::pin!` would be thrown away there, so
/// it is taken for the macro that declares the variable anew (`tokio::pin!`, `futures_lite::pin!`). As the tail of a block it
/// is the block's value.
pub fn read_statement(mac: &Macro, is_tail: bool) -> Call {
    if mac.path.is_ident("pin") && !is_tail {
        if let Some(pins) = pins::read(mac) {
            return Call::Pins(pins);
        }
    }
    read(mac)
}

fn read_known(mac: &Macro, family: Family) -> Option<Call> {
    match family {
        Family::Join { fallible } => awaiting::read_join(mac, fallible).map(Call::Awaiting),
        Family::Race => awaiting::read_race(mac).map(Call::Awaiting),
        Family::Select { biased } => awaiting::read_select(mac, biased).map(Call::Awaiting),
        Family::Poll => awaiting::read_poll(mac).map(Call::Awaiting),
        Family::Pending => awaiting::read_pending(mac).map(Call::Awaiting),
        Family::DeclaringPin => pins::read(mac).map(Call::Pins),
        Family::AnyPin => pins::read_unless_expression(mac)
            .map(Call::Pins)
            .or_else(|| read_list(mac, Family::PinnedValue).map(Call::Arguments)),
        _ => read_list(mac, family).map(Call::Arguments),
    }
}

fn read_list(mac: &Macro, family: Family) -> Option<ArgumentList> {
    let mut list = build(mac, |builder, input| match family {
        Family::Event
        | Family::EventWithLevel
        | Family::Span
        | Family::SpanWithLevel
        | Family::Log => logging::read(builder, input, family),
        Family::Json => json::read(builder, input),
        _ => standard::read(builder, input, family),
    })?;
    list.debug_only = mac
        .path
        .segments
        .last()?
        .ident
        .to_string()
        .starts_with("debug_assert");
    list.leaves = leaves(&mac.path);
    Some(list)
}

fn read_unknown(mac: &Macro) -> Call {
    match build(mac, unknown::read).or_else(|| build(mac, json::read_unknown)) {
        Some(list) => Call::Unknown(list),
        None => Call::Opaque,
    }
}

/// Runs `reader` over the tokens of `mac`, all of which it has to consume.
fn build(
    mac: &Macro,
    reader: impl FnOnce(&mut Builder, ParseStream) -> syn::Result<()>,
) -> Option<ArgumentList> {
    let parser = |input: ParseStream| {
        let mut builder = Builder::default();
        reader(&mut builder, input)?;
        Ok(builder)
    };
    let builder = parser.parse2(mac.tokens.clone()).ok()?;
    Some(builder.finish(mac))
}
