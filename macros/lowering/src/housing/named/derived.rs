//! The traits that a named machine derives.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Generics, parse_quote};

use super::super::attributes::Sorted;
use super::super::beside;
use super::Place;
use crate::input::Derive;

impl Place<'_> {
    /// What `#[derive(..)]` asks for, done by the machine in the room.
    pub(super) fn derived(
        &self,
        name: &Ident,
        generics: &Generics,
        sorted: &Sorted,
        private: &TokenStream,
        builder: &TokenStream,
        arity: &TokenStream,
    ) -> TokenStream {
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let (conditions, quiet) = (&sorted.conditions, beside::quiet());
        let (room, traits) = match sorted.is_declared {
            true => (quote!(DeclaredRoom), quote!(::core::marker::PhantomPinned)),
            false => (quote!(Room), quote!(#private::AutoTraits::new())),
        };
        // SAFETY, in each: the room holds what this very function item builds.
        let machine = |of: TokenStream| quote!(unsafe { #of.room.machine::<#arity, _>(&#builder) });
        let (own, other) = (machine(quote!(self)), machine(quote!(other)));
        let implementations = [
            (
                Derive::Clone,
                quote! {
                    fn clone(&self) -> Self {
                        #name {
                            room: #private::#room::new(::core::clone::Clone::clone(#own)),
                            traits: #traits,
                            lifetimes: ::core::marker::PhantomData,
                        }
                    }
                },
            ),
            (
                Derive::PartialEq,
                quote!(fn eq(&self, other: &Self) -> bool { (#own) == (#other) }),
            ),
            (Derive::Eq, quote!()),
            (
                Derive::Serialize,
                quote! {
                    fn serialize<S: #private::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                        #private::serde::Serialize::serialize(#own, serializer)
                    }
                },
            ),
            (
                Derive::Hash,
                quote! {
                    fn hash<H: ::core::hash::Hasher>(&self, hasher: &mut H) { ::core::hash::Hash::hash(#own, hasher) }
                },
            ),
        ];
        let mut restoring = generics.clone();
        restoring.params.insert(0, parse_quote!('__de));
        let (restoring, ..) = restoring.split_for_impl();
        let restored = sorted.derives.has(Derive::Deserialize).then(|| quote! {
            #(#conditions)*
            #quiet
            impl #restoring #private::serde::Deserialize<'__de> for #name #arguments #bounds {
                fn deserialize<D: #private::serde::Deserializer<'__de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                    let machine = #private::restored::<#arity, _, D>(&#builder, deserializer)?;
                    ::core::result::Result::Ok(#name {
                        room: #private::#room::new(machine),
                        traits: #traits,
                        lifetimes: ::core::marker::PhantomData,
                    })
                }
            }
        });
        let derived = implementations
            .into_iter()
            .filter(|(derive, _)| sorted.derives.has(*derive));
        derived
            .map(|(derive, contents)| {
                let path = derive.path(private);
                quote! {
                    #(#conditions)*
                    #quiet
                    impl #parameters #path for #name #arguments #bounds { #contents }
                }
            })
            .chain(restored)
            .collect()
    }
}
