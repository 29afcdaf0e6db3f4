//! Macros that await by themselves.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Expr, Ident, Macro, Path, Token};

use super::select::{self, Select};

/// An invocation of a macro that awaits, to be edited and built back.
pub struct AwaitingCall {
    /// Which crate's macro it is.
    pub flavor: Flavor,
    /// What it awaits.
    pub awaiting: Awaiting,
    /// The invocation without its tokens.
    template: Macro,
}

/// Which crate's macro it is: they differ in what they do with their operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavor {
    /// `tokio` (and `monoio`). Every operand is an expression evaluated first, in order, and its value is owned by the
    /// macro. In `select!` all preconditions are evaluated before all operands, and an operand is evaluated even if its
    /// precondition is false; the futures are dropped before the handler of the winner runs.
    Tokio,
    /// `futures`, `futures-util`. As with `tokio`, but an operand of `select!` that is a path is borrowed mutably where
    /// it stands, and can be used again afterwards.
    Futures,
    /// `state_future::runtime`.
    Runtime,
}

/// What a macro awaits.
pub enum Awaiting {
    /// `join!(a, b)`, `try_join!(a, b)`: all of them.
    Join(Join),
    /// `race!(a, b)`, and a `select!` that is a mere list: the first of them.
    Race(Punctuated<Expr, Token![,]>),
    /// `select! { .. }`: the first of them, with a handler for each.
    Select(Select),
    /// `poll!(a)`: polls once; suspends never.
    Poll(Expr),
    /// `pending!()`: suspends once.
    Pending,
}

/// The operands of `join!` and `try_join!`.
pub struct Join {
    /// Whether it is `try_join!`, which ends with the first `Err`.
    pub fallible: bool,
    /// `biased;` in front: poll in the order in which the operands are written.
    pub biased: Option<(Ident, Token![;])>,
    pub operands: Punctuated<Expr, Token![,]>,
}

impl AwaitingCall {
    /// The invocation with its expressions as they are now; everything else is kept.
    pub fn rebuild(mut self) -> Macro {
        self.expressions_mut()
            .into_iter()
            .for_each(|expr| super::kept::group().visit_expr_mut(expr));
        let tokens = match &self.awaiting {
            Awaiting::Join(join) => join.to_token_stream(),
            Awaiting::Race(operands) => operands.to_token_stream(),
            Awaiting::Select(select) => select.to_token_stream(),
            Awaiting::Poll(operand) => operand.to_token_stream(),
            Awaiting::Pending => TokenStream::new(),
        };
        Macro {
            tokens,
            ..self.template.clone()
        }
    }

    /// All expressions the macro evaluates in the enclosing function, in the order in which they stand: operands,
    /// preconditions and handlers.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expr> {
        match &mut self.awaiting {
            Awaiting::Join(join) => join.operands.iter_mut().collect(),
            Awaiting::Race(operands) => operands.iter_mut().collect(),
            Awaiting::Select(select) => select.expressions_mut(),
            Awaiting::Poll(operand) => vec![operand],
            Awaiting::Pending => Vec::new(),
        }
    }
}

impl ToTokens for Join {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        select::write_biased(&self.biased, tokens);
        self.operands.to_tokens(tokens);
    }
}

pub(super) fn read_join(mac: &Macro, fallible: bool) -> Option<AwaitingCall> {
    let parser = |input: ParseStream| {
        let biased = select::biased(input)?;
        Ok(Join {
            fallible,
            biased,
            operands: Punctuated::parse_terminated(input)?,
        })
    };
    let join = parser.parse2(mac.tokens.clone()).ok()?;
    Some(call(mac, flavor(&mac.path), Awaiting::Join(join)))
}

pub(super) fn read_race(mac: &Macro) -> Option<AwaitingCall> {
    let operands = Punctuated::parse_terminated
        .parse2(mac.tokens.clone())
        .ok()?;
    Some(call(mac, Flavor::Runtime, Awaiting::Race(operands)))
}

/// Reads `select!` and `select_biased!`. A bare name is told apart by its grammar, and taken for tokio's if that does
/// not tell.
pub(super) fn read_select(mac: &Macro, always_futures: bool) -> Option<AwaitingCall> {
    let named = always_futures || mac.path.segments.len() > 1;
    let flavor = if always_futures {
        Flavor::Futures
    } else {
        flavor(&mac.path)
    };
    if let Ok(select) = syn::parse2::<Select>(mac.tokens.clone()) {
        let (for_tokio, for_futures) = (select.is_only_tokio(), select.is_only_futures());
        let flavor = match flavor {
            Flavor::Tokio if !named && for_futures => Flavor::Futures,
            flavor => flavor,
        };
        let fits = match flavor {
            Flavor::Tokio => !for_futures,
            Flavor::Futures => !for_tokio,
            Flavor::Runtime => !(for_tokio && for_futures),
        };
        return fits.then(|| call(mac, flavor, Awaiting::Select(select)));
    }
    if flavor == Flavor::Runtime {
        read_race(mac)
    } else {
        None
    }
}

pub(super) fn read_poll(mac: &Macro) -> Option<AwaitingCall> {
    let operand = Expr::parse.parse2(mac.tokens.clone()).ok()?;
    Some(call(mac, Flavor::Futures, Awaiting::Poll(operand)))
}

pub(super) fn read_pending(mac: &Macro) -> Option<AwaitingCall> {
    mac.tokens
        .is_empty()
        .then(|| call(mac, Flavor::Futures, Awaiting::Pending))
}

fn call(mac: &Macro, flavor: Flavor, awaiting: Awaiting) -> AwaitingCall {
    let template = Macro {
        tokens: TokenStream::new(),
        ..mac.clone()
    };
    AwaitingCall {
        flavor,
        awaiting,
        template,
    }
}

fn flavor(path: &Path) -> Flavor {
    match path
        .segments
        .first()
        .map(|segment| segment.ident.to_string())
        .as_deref()
    {
        Some("futures" | "futures_util") => Flavor::Futures,
        Some("runtime" | "runtime_lite" | "state_future") => Flavor::Runtime,
        _ => Flavor::Tokio,
    }
}
