//! Parameters, as rustc desugars them: `let argument = argument; let pattern = argument;`, one parameter after the other.
//!
//! What a pattern leaves of its argument lives as long as a variable in the argument's place, a `Rest`.

use quote::format_ident;
use syn::{Expr, Ident, Pat, parse_quote};

use super::build::Builder;
use super::ir::Operation;
use crate::resolve::{Use, VariableId, for_each_binding, leaves_something};

impl Builder {
    /// Takes the arguments apart; gives the variables of the arguments, in order.
    pub fn parameters(
        &mut self,
        parameters: &[(VariableId, Option<Pat>)],
    ) -> syn::Result<Vec<VariableId>> {
        let mut arguments = Vec::new();
        let mut after_pattern = false;
        for (variable, pattern) in parameters {
            match pattern {
                Some(pattern) => {
                    after_pattern = true;
                    arguments.push(*variable);
                    self.parameter_pattern(*variable, pattern)?;
                }
                // What the patterns before it bind is dropped after it.
                None if after_pattern => {
                    let argument = self.names.temporary("argument");
                    arguments.push(argument);
                    let value = self.mention(argument, Use::Value);
                    self.bind(*variable, value);
                }
                None => arguments.push(*variable),
            }
        }
        Ok(arguments)
    }

    fn parameter_pattern(&mut self, argument: VariableId, pattern: &Pat) -> syn::Result<()> {
        let value = self.mention(argument, Use::Value);
        let whole_is_borrowed = matches!(pattern, Pat::Ident(_));
        let nothing_to_drop = self.names.variables[argument].reference && !whole_is_borrowed;
        if nothing_to_drop
            || !(leaves_something(pattern) || crate::resolve::binds_by_reference(pattern))
        {
            let variables = self.variables_of(pattern);
            self.push(Operation::Let {
                pattern: pattern.clone(),
                ty: None,
                value,
                otherwise: None,
                variables,
            });
            return Ok(());
        }
        let parts = Parts::of(pattern);
        let rest = self.names.temporary("rest");
        let moved = &parts.moved;
        self.bind(
            rest,
            parse_quote!(__state_future::Rest::new(#value, |mut __value| match __value {
                #pattern => ::core::mem::ManuallyDrop::new((#(#moved,)*))
            })),
        );
        let place = self.mention(rest, Use::Place);
        let (borrowing, lent, bound) = (&parts.borrowing, &parts.lent, &parts.bound);
        let value: Expr = parse_quote!(unsafe {
            let __rest = &raw mut #place;
            match *__state_future::Rest::place(__rest) {
                #borrowing => {
                    let (#(#moved,)*) = __state_future::Rest::parts(
                        __rest,
                        (#(::core::ptr::read(#lent),)*),
                    );
                    (#(#bound,)*)
                }
            }
        });
        let mutable = &parts.mutable;
        let variables = self.variables_of(pattern);
        self.push(Operation::Let {
            pattern: parse_quote!((#(#mutable,)*)),
            ty: None,
            value,
            otherwise: None,
            variables,
        });
        Ok(())
    }

    fn bind(&mut self, variable: VariableId, value: Expr) {
        let name = self.names.variables[variable].name.clone();
        self.push(Operation::Let {
            pattern: parse_quote!(mut #name),
            ty: None,
            value,
            otherwise: None,
            variables: vec![variable],
        });
    }
}

/// The bindings of a pattern that takes some parts of a value and leaves others.
struct Parts {
    /// All of them, in order.
    bound: Vec<Ident>,
    /// The same as patterns, `mut` where the user says so.
    mutable: Vec<Pat>,
    /// Those bound by value.
    moved: Vec<Ident>,
    /// What each of these is called in `borrowing`.
    lent: Vec<Ident>,
    /// The pattern with `ref` before all bindings.
    borrowing: Pat,
}

impl Parts {
    fn of(pattern: &Pat) -> Parts {
        let mut parts = Parts {
            bound: Vec::new(),
            mutable: Vec::new(),
            moved: Vec::new(),
            lent: Vec::new(),
            borrowing: pattern.clone(),
        };
        let mut borrowing = pattern.clone();
        for_each_binding(&mut borrowing, &mut |binding| {
            let name = binding.ident.clone();
            let is_new = !parts.bound.contains(&name);
            if is_new {
                parts.bound.push(name.clone());
            }
            let by_value = binding.by_ref.is_none();
            if is_new {
                let mutable = binding.mutability.filter(|_| by_value);
                parts.mutable.push(parse_quote!(#mutable #name));
            }
            if by_value {
                let lent = format_ident!("__{}_lent", name.to_string().trim_start_matches("r#"));
                binding.ident = lent.clone();
                binding.by_ref = Some(Default::default());
                binding.mutability = None;
                if is_new {
                    parts.moved.push(name);
                    parts.lent.push(lent);
                }
            }
        });
        parts.borrowing = borrowing;
        parts
    }
}
