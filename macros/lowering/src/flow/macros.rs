//! Macros with awaits in their arguments.

use syn::{Expr, parse_quote};

use super::build::{Builder, refused};
use super::contains::contains_await;
use crate::macro_calls::{self, ArgumentMode, Call};

impl Builder {
    pub(super) fn macro_call(&mut self, mut mac: syn::ExprMacro) -> syn::Result<Expr> {
        let Call::Arguments(mut list) = macro_calls::read(&mac.mac) else {
            let name = mac
                .mac
                .path
                .segments
                .last()
                .map_or(String::new(), |segment| segment.ident.to_string());
            return Err(refused(
                &mac.mac.path,
                &format!(
                    "an `.await` in the arguments of `{name}!`, which may use them in any way"
                ),
                "await first, `let value = ..await;`, and give the macro the value",
            ));
        };
        let last = list
            .arguments
            .iter()
            .rposition(|argument| contains_await(&argument.expr));
        for (index, argument) in list.arguments.iter_mut().enumerate() {
            let later = last.is_some_and(|last| index < last);
            if !later && !contains_await(&argument.expr) {
                continue;
            }
            let expr = argument.expr.clone();
            argument.expr = match argument.mode {
                ArgumentMode::Value => self.value(expr, later)?,
                ArgumentMode::Borrowed | ArgumentMode::Compared => {
                    let place = self.place(expr, true)?;
                    let borrowed = self.spill(parse_quote!(&#place), "argument")?;
                    parse_quote!(*#borrowed)
                }
                ArgumentMode::Scrutinee => self.place(expr, false)?,
                ArgumentMode::Place => self.place(expr, later)?,
                _ => {
                    return Err(refused(
                        &expr,
                        "an `.await` in a macro's argument that may not be evaluated",
                        "await first, `let value = ..await;`, and give the macro the value",
                    ));
                }
            };
        }
        mac.mac = list.rebuild();
        Ok(Expr::Macro(mac))
    }
}

/// A macro whose expansion is a block with its arguments in a statement: their temporaries end within it.
pub fn ends_its_temporaries(mac: &syn::Macro) -> bool {
    let name = mac.path.segments.last().map(|segment| &segment.ident);
    name.is_some_and(|name| {
        ["format", "print", "println", "eprint", "eprintln"].contains(&name.to_string().as_str())
    })
}
