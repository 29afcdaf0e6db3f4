//! `Self` in a signature, replaced by the type it stands for.

use syn::visit_mut::{self, VisitMut};
use syn::{Path, Receiver, Signature, Type, TypePath, parse_quote};

/// In the declaration of a trait made for one type, `Self` would be any type, unsized ones included.
pub(super) struct ConcreteSelf<'a> {
    pub(super) self_type: &'a Type,
    pub(super) trait_path: &'a Path,
}

impl ConcreteSelf<'_> {
    pub(super) fn replace_in(&mut self, signature: &mut Signature) {
        self.visit_signature_mut(signature);
    }

    /// `Self` or `Self::Item`, in place.
    fn replace(&self, ty: &mut TypePath) -> Type {
        let (self_type, trait_path) = (self.self_type, self.trait_path);
        let rest: Vec<_> = ty.path.segments.iter().skip(1).collect();
        match (&*rest, self_type) {
            ([], Type::TraitObject(_)) => parse_quote!((#self_type)),
            ([], _) => self_type.clone(),
            _ => parse_quote!(<#self_type as #trait_path> #(::#rest)*),
        }
    }
}

impl VisitMut for ConcreteSelf<'_> {
    /// The type of `self` itself has to be written in terms of `Self`.
    fn visit_receiver_mut(&mut self, _: &mut Receiver) {}

    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::Path(path) = ty {
            let begins_with_self = path
                .path
                .segments
                .first()
                .is_some_and(|first| first.ident == "Self");
            if path.qself.is_none() && begins_with_self {
                *ty = self.replace(path);
            }
        }
    }
}
