//! Expressions that never yield a value, as far as syntax tells.
//!
//! What a branch takes before such an expression is not missed behind the branch. Macros are told by their names, as
//! everywhere. A function is told by its path, and the compiler has the last word: its call is emitted as `match call {}`,
//! which compiles only if the call's type has no value.

use syn::{Expr, ExprCall};

use crate::macro_calls;

/// Functions of the standard library that do not return, with the module they are in.
const FUNCTIONS: &[(&str, &str)] = &[
    ("process", "exit"),
    ("process", "abort"),
    ("panic", "resume_unwind"),
    ("panic", "panic_any"),
    ("hint", "unreachable_unchecked"),
];

/// Those whose bare name is hardly given to anything else.
const UNMISTAKABLE: &[&str] = &["resume_unwind", "panic_any", "unreachable_unchecked"];

/// Whether nothing is evaluated after the expression.
pub fn diverges(expr: &Expr) -> bool {
    match expr {
        Expr::Macro(call) => macro_calls::diverges(&call.mac.path),
        Expr::Call(call) => never_returns(call),
        Expr::Match(matching) => matching.arms.is_empty(),
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        _ => false,
    }
}

/// Whether the function that is called is one of those that never return.
pub fn never_returns(call: &ExprCall) -> bool {
    let Expr::Path(callee) = &*call.func else {
        return false;
    };
    let mut names = callee.path.segments.iter().rev().map(|one| &one.ident);
    let (Some(name), module) = (names.next(), names.next()) else {
        return false;
    };
    match module {
        Some(module) => FUNCTIONS
            .iter()
            .any(|known| module == known.0 && name == known.1),
        None => UNMISTAKABLE.iter().any(|known| name == known),
    }
}
