//! Macros that declare pinned variables.

use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Macro, Token};

/// An invocation of `tokio::pin!`, `pin_mut!` and their kin.
pub enum Pins {
    /// `pin!(a, b)`. Each variable is moved into a hidden one, then declared anew as a mutable variable that holds a
    /// `Pin<&mut _>` to it: `let mut a = a; let mut a = Pin(&mut a);`.
    Variables(Vec<Ident>),
    /// `pin! { let a = value; let b = value; }`: the declarations, then the same as with `Variables` for each of them,
    /// after the last one.
    Declarations(Vec<PinDeclaration>),
}

/// One `let` of `pin! { let a = value; }`.
pub struct PinDeclaration {
    pub name: Ident,
    pub value: Expr,
}

/// Reads the invocation of a macro that declares variables.
pub(super) fn read(mac: &Macro) -> Option<Pins> {
    let declarations = |input: ParseStream| {
        let mut declarations = Vec::new();
        while !input.is_empty() {
            declarations.push(declaration(input)?);
        }
        Ok(declarations)
    };
    if let Ok(variables) =
        Punctuated::<Ident, Token![,]>::parse_terminated.parse2(mac.tokens.clone())
    {
        return Some(Pins::Variables(variables.into_iter().collect()));
    }
    declarations
        .parse2(mac.tokens.clone())
        .ok()
        .map(Pins::Declarations)
}

/// The same for a bare `pin!` where an expression stands: a single variable there is the operand of `std::pin::pin!`.
pub(super) fn read_unless_expression(mac: &Macro) -> Option<Pins> {
    read(mac).filter(|pins| !matches!(pins, Pins::Variables(variables) if variables.len() == 1))
}

fn declaration(input: ParseStream) -> syn::Result<PinDeclaration> {
    input.parse::<Token![let]>()?;
    let name = input.parse()?;
    input.parse::<Token![=]>()?;
    let value = input.parse()?;
    input.parse::<Token![;]>()?;
    Ok(PinDeclaration { name, value })
}
