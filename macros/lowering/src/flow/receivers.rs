//! What a call is made on while its arguments await.

use syn::{Expr, parse_quote};

use super::build::Builder;
use super::contains::contains_await;
use super::ir::Operation;
use super::tails::marked_part;
use super::temporaries::is_place;
use crate::resolve::{Taken, Use, VariableId, is_part_of_temporary, root};

impl Builder {
    /// A method's receiver; awaits may stand in it or in the `arguments`.
    pub(super) fn receiver(
        &mut self,
        receiver: Expr,
        node: Option<usize>,
        arguments: bool,
    ) -> syn::Result<Expr> {
        if late_part(&receiver).is_some() {
            return Ok(receiver);
        }
        let part = match marked_part(&receiver) {
            Some(part) => Some(part.clone()),
            None if arguments && is_part_of_temporary(&receiver) && !self.is_lent(&receiver) => {
                Some(receiver.clone())
            }
            None => None,
        };
        if let Some(part) = part {
            let asked = node.map(|node| (node, Taken::Receiver));
            let place = self.in_temporary(part, asked)?;
            return match arguments {
                true => self.part_taken_up(place),
                false => Ok(place),
            };
        }
        if contains_await(&receiver) {
            if is_place(&receiver) {
                let place = self.place(receiver, arguments)?;
                if arguments {
                    self.found_late(&place);
                }
                return Ok(place);
            }
            let value = self.awaiting(receiver)?;
            if arguments {
                return self.lent_early(value, node);
            }
            return Ok(if self.is_temporary(&value) {
                parse_quote!(({ #value }))
            } else {
                value
            });
        }
        if !arguments {
            return Ok(receiver);
        }
        if is_place(&receiver) {
            self.found_late(&receiver);
            if let Some(late) = self.taken_before_its_arguments(&receiver)? {
                return Ok(late);
            }
            let place = self.place(receiver, true)?;
            self.find(&place)?;
            self.initialise(&place)?;
            return Ok(place);
        }
        self.lent_early(receiver, node)
    }

    /// A static whose `Deref` initialises it does so before the arguments, though the method is called after them. (The type of a
    /// variable may not be known yet where this would be asked of it.)
    fn initialise(&mut self, place: &Expr) -> syn::Result<()> {
        let root = root(place);
        if !matches!(root, Expr::Path(_)) || self.names.mention_of(root).is_some() {
            return Ok(());
        }
        let touch = self.leaf(parse_quote!({
            use __state_future::{Dereferences as _, StaysAsItIs as _};
            (&__state_future::Touched(&#place)).touch();
        }))?;
        self.push(Operation::Evaluate(touch));
        Ok(())
    }

    /// A variable that a method may consume is taken up before its arguments are evaluated.
    fn taken_before_its_arguments(&mut self, receiver: &Expr) -> syn::Result<Option<Expr>> {
        if self.names.site(receiver).is_some() {
            let place = self.place(receiver.clone(), true)?;
            self.find(&place)?;
            return self.part_taken_up(place).map(Some);
        }
        let Some(mention) = self.names.mention_of(receiver) else {
            return Ok(None);
        };
        let (variable, usage) = (mention.variable, mention.usage);
        let Use::Unclear(node) = usage else {
            return Ok(None);
        };
        if !mention.last || self.names.variables[variable].reference {
            return Ok(None);
        }
        self.taken_up(variable, node).map(Some)
    }

    /// What a method may consume becomes an operand, if it does, before its arguments are evaluated.
    fn taken_up(&mut self, variable: VariableId, node: usize) -> syn::Result<Expr> {
        self.questions.insert(node);
        let site = quote::format_ident!("__site_{}", node);
        let held = self.held(variable);
        let early = self.spill(parse_quote!(#held.lend_early(#site)), "receiver")?;
        let held = self.held(variable);
        Ok(parse_quote!(#held.lend_late(#early, #site).place))
    }

    /// A part that a method may consume becomes an operand, if it does.
    fn part_taken_up(&mut self, place: Expr) -> syn::Result<Expr> {
        let Some((mention, site)) = self.names.site(&place) else {
            return Ok(place);
        };
        if !matches!(site.taken, Taken::Receiver) || !self.names.may_take(mention) {
            return Ok(place);
        }
        let site = quote::format_ident!("__site_{}", site.node);
        let late = self.looked_at(place.clone());
        let early = self.spill(parse_quote!(__state_future::part_early(#place)), "receiver")?;
        Ok(parse_quote!(__state_future::part_late(#early, #late, #site)))
    }

    /// A function that is called with arguments that await. A closure is taken up before them, by value or by reference.
    pub(super) fn callee(&mut self, callee: Expr) -> syn::Result<Expr> {
        if late_part(&callee).is_some() {
            return Ok(callee);
        }
        if self.names.site(&callee).is_some() {
            self.found_late(&callee);
            return self.part_taken_up(callee);
        }
        let Some(mention) = self.names.mention_of(&callee) else {
            return Ok(callee);
        };
        let Use::Unclear(node) = mention.usage else {
            return Ok(callee);
        };
        if !mention.last {
            return Ok(callee);
        }
        let variable = mention.variable;
        let held = self.held(variable);
        let site = quote::format_ident!("__site_{}", node);
        self.questions.insert(node);
        let callee = self.spill(parse_quote!(#held.lend(#site)), "callee")?;
        Ok(parse_quote!((#callee.place)))
    }

    /// A temporary receiver that exists before its arguments are evaluated.
    fn lent_early(&mut self, value: Expr, node: Option<usize>) -> syn::Result<Expr> {
        let value = self.lasting(value)?;
        let variable = self.temporary("receiver");
        let held = self.held(variable);
        let fill = self.leaf(parse_quote!(#held.fill(#value)))?;
        self.push(Operation::Evaluate(fill));
        let place = self.mention(variable, Use::Place);
        self.found_late(&place);
        Ok(match node {
            // What is consumed is an operand from now on, and what is borrowed is a temporary.
            Some(node) => self.taken_up(variable, node)?,
            None => self.mention(variable, Use::Place),
        })
    }
}

/// The part that is taken up here, if a method may consume it that is called later.
pub fn early_part(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Call(call) if is_own(call, "part_early") => call.args.first(),
        _ => None,
    }
}

/// The receiver that has been taken up: the operand, the place, and what tells whether it was.
pub fn late_part(expr: &Expr) -> Option<[&Expr; 3]> {
    match expr {
        Expr::Call(call) if is_own(call, "part_late") => {
            let mut arguments = call.args.iter();
            Some([arguments.next()?, arguments.next()?, arguments.next()?])
        }
        _ => None,
    }
}

fn is_own(call: &syn::ExprCall, name: &str) -> bool {
    let Expr::Path(function) = &*call.func else {
        return false;
    };
    let mut segments = function.path.segments.iter();
    segments
        .next()
        .is_some_and(|first| first.ident == "__state_future")
        && segments.next().is_some_and(|second| second.ident == name)
}
