//! Places that are operands of what awaits in a later operand.
//!
//! They stay places, for what uses them may borrow them only when it runs. What is done with them before is to find them,
//! which may panic, and to copy what the later operand may change.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, parse_quote};

use super::build::Builder;
use super::ir::Operation;
use crate::resolve::{Use, VariableId, for_each_place, mention_id, overlap, place_of};

impl Builder {
    /// Copies what is in the place now, if it is of a type that can be copied and `later` operands mention it. Gives the
    /// variable of the copy.
    pub(super) fn read_early<'e>(
        &mut self,
        place: &Expr,
        later: impl IntoIterator<Item = &'e Expr>,
    ) -> syn::Result<Option<VariableId>> {
        let Some((mention, path)) = place_of(place) else {
            return Ok(None);
        };
        let variable = self.names.mentions[mention].variable;
        let mut is_mentioned = false;
        for expr in later {
            for_each_place(expr.to_token_stream(), &mut |other, within| {
                is_mentioned |=
                    self.names.mentions[other].variable == variable && overlap(&path, &within);
            });
        }
        if !is_mentioned || self.names.mentions[mention].captured_by.is_some() {
            return Ok(None);
        }
        let place = self.looked_at(place.clone());
        let early = self.statement_variable(
            parse_quote!({
                use __state_future::{ReadsEarly as _, StaysInPlace as _};
                (&__state_future::InPlace(&raw const #place)).early()
            }),
            "early",
        )?;
        Ok(Some(early))
    }

    /// `with` the copy that has been made, or with the place.
    pub(super) fn read_or_place(
        &mut self,
        early: VariableId,
        place: Expr,
        with: impl Fn(Expr) -> Expr,
    ) -> Expr {
        let mentions: Vec<Expr> = (0..4).map(|_| self.mention(early, Use::Place)).collect();
        let [is_copied, copied, value, left] = &mentions[..] else {
            return with(place);
        };
        let of_copy = with(parse_quote!((*#value.value())));
        let of_place = with(place);
        parse_quote!((if #is_copied.is_copied() {
            #copied.copied();
            #of_copy
        } else {
            #left.left();
            #of_place
        }))
    }

    /// Finds a place with an index in it, which panics if there is none.
    pub(super) fn find(&mut self, place: &Expr) -> syn::Result<()> {
        if !has_index(place) {
            return Ok(());
        }
        let place = self.looked_at(place.clone());
        let found = self.leaf(parse_quote!(&raw const #place))?;
        self.push(Operation::Evaluate(found));
        Ok(())
    }

    /// The same place, whose variables are only looked at.
    pub(super) fn looked_at(&mut self, mut place: Expr) -> Expr {
        LookedAt(self).visit_expr_mut(&mut place);
        place
    }
}

struct LookedAt<'a>(&'a mut Builder);

impl VisitMut for LookedAt<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let Expr::Path(path) = expr else { return };
        if let Some(id) = path.path.get_ident().and_then(mention_id) {
            let names = &mut self.0.names;
            let (variable, span) = (names.mentions[id].variable, names.mentions[id].span);
            *expr = names.mention(variable, Use::Place, None, span);
        }
    }
}

fn has_index(place: &Expr) -> bool {
    match place {
        Expr::Index(_) => true,
        Expr::Field(field) => has_index(&field.base),
        Expr::Paren(inner) => has_index(&inner.expr),
        Expr::Group(inner) => has_index(&inner.expr),
        _ => false,
    }
}
