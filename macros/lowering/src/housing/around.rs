//! What a function needs to know of where it stands.

use std::collections::BTreeSet;

use syn::{Generics, Ident, Type};

use super::outlives;

/// The block around a function, if there is one.
#[derive(Default)]
pub(super) struct Around {
    /// The block's generics, every lifetime named; none if there is no block, or it cannot be seen.
    pub(super) generics: Generics,
    /// Which of them the block's type mentions.
    pub(super) mentioned_by_self: BTreeSet<Ident>,
    /// Whether what `Self` stands for can be seen.
    pub(super) is_type_seen: bool,
    /// Whether there is a block that cannot be seen.
    pub(super) is_unseen: bool,
    /// Whether it has a lifetime which its type does not mention, so that every call chooses it anew.
    pub(super) is_loose: bool,
    /// What the visible function may look like.
    pub(super) shape: Shape,
}

/// How free we are with the signature of a visible function.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Shape {
    /// It may have one more lifetime parameter.
    #[default]
    Free,
    /// A trait says what its parameters are.
    OfTrait,
    /// Likewise, and it stays an `async fn` in any case.
    AsyncOfTrait,
    /// It returns a type with a name, in which no machine's type stands.
    Named,
}

impl Around {
    /// An inherent block.
    pub(super) fn inherent(generics: &Generics, self_type: &Type) -> Around {
        let mentioned_by_self = outlives::mentioned(self_type);
        let is_loose = generics
            .lifetimes()
            .any(|parameter| !mentioned_by_self.contains(&parameter.lifetime.ident));
        Around {
            generics: generics.clone(),
            mentioned_by_self,
            is_type_seen: true,
            is_loose,
            ..Around::default()
        }
    }

    /// A block of a trait, or one that implements it for `self_type`.
    pub(super) fn of_trait(generics: &Generics, self_type: Option<&Type>, shape: Shape) -> Around {
        Around {
            generics: generics.clone(),
            mentioned_by_self: self_type.map(outlives::mentioned).unwrap_or_default(),
            is_type_seen: self_type.is_some(),
            shape,
            ..Around::default()
        }
    }

    /// Whether it is the block of a trait, whose `Self` is a type parameter in effect.
    pub(super) fn is_of_implementor(&self) -> bool {
        matches!(self.shape, Shape::OfTrait | Shape::AsyncOfTrait) && !self.is_type_seen
    }

    /// Whatever is around a method that carries the attribute itself.
    pub(super) fn unseen(shape: Shape) -> Around {
        Around {
            is_unseen: true,
            shape,
            ..Around::default()
        }
    }
}
