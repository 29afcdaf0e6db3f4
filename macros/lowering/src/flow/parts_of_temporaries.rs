//! Parts of temporaries: `pair().0`, `*boxed().await`.
//!
//! A part may be moved out, by a method's receiver as well, and the other parts live to the end of the statement. So the
//! temporary becomes a variable, which is evaluated before, and what is used is a part of that.

use syn::Expr;

use super::build::Builder;
use crate::resolve::{NodeId, Taken, is_part_of_temporary, node_of, place_of, root_mut};

impl Builder {
    /// `place`, which lies in a temporary, as a place in a variable of the statement. The expression of the node may take it as it
    /// is `taken`.
    pub(super) fn in_temporary(
        &mut self,
        mut place: Expr,
        asked: Option<(NodeId, Taken)>,
    ) -> syn::Result<Expr> {
        let root = root_mut(&mut place);
        let value = std::mem::replace(root, Expr::PLACEHOLDER);
        let value = self.value(value, false)?;
        *root_mut(&mut place) = self.evaluated(value)?;
        if let (Some((node, taken)), Some((mention, _))) = (asked, place_of(&place)) {
            self.names.mentions[mention].last = true;
            self.names.part(&place, node, taken);
        }
        Ok(place)
    }

    /// The value of a part of a temporary, if `expr` is that.
    pub(super) fn part_of_temporary(&mut self, expr: &Expr) -> syn::Result<Option<Expr>> {
        match used_part(expr) {
            Some(node) => {
                self.level += 1;
                let part = self.in_temporary(expr.clone(), Some((node, Taken::Value)))?;
                self.level -= 1;
                Ok(Some(part))
            }
            None => Ok(None),
        }
    }
}

/// The node that tells whether the expression moves a part out of a temporary, if it is one that may.
pub(super) fn used_part(expr: &Expr) -> Option<NodeId> {
    let attributes = match expr {
        Expr::Field(field) => &field.attrs,
        Expr::Unary(unary) => &unary.attrs,
        _ => return None,
    };
    node_of(attributes).filter(|_| is_part_of_temporary(expr))
}
