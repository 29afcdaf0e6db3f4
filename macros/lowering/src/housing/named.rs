//! A machine with a name: `struct Fetch`, which holds the machine in place.
//!
//! The types of what the function awaits are known to nobody when the struct is written, but their size is a constant:
//! a `const fn` asks the machine function for it, and whether the machine is `Send` and `Sync`. That the struct mentions
//! no other machine's type makes it a wall like [`Hidden`](super), and a better one, as the compiler need not look
//! behind it for auto traits.

mod derived;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{
    Error, FnArg, GenericParam, Generics, ImplItem, ItemImpl, Path, ReturnType, Type, parse_quote,
};

use super::around::{Around, Shape};
use super::attributes::{Sorted, has_foreign};
use super::beside::{self, Beside, Names, generated_name};
use super::concrete_self::ConcreteSelf;
use super::{Core, entrance};
use crate::input::{Errors, Function, Members, Named, name_header_lifetimes};
use crate::machine::camel;

/// What the attribute on anything but a free function or an inherent block is told.
pub(super) fn misplaced(option: &Named, fix: &str) -> Error {
    Error::new(
        option.span,
        format!("a machine cannot be named here; {fix}"),
    )
}

/// A function of a module or of another function's body.
pub(super) fn house_free(
    function: &Function,
    option: &Named,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let name = function.original.ident.unraw();
    let twin = format!("__{name}_plain");
    let names = names(&name, &twin, TokenStream::new(), Generics::default());
    let place = Place {
        generics: Generics::default(),
        self_type: None,
        names,
    };
    let mut sorted = sorted(function, false)?;
    let (beside, named, visible) = place.parts(function, &mut sorted, option, core)?;
    let beside = beside::in_the_open(&beside, &sorted);
    Ok(quote!(#beside #named #visible))
}

/// Every function of an inherent `impl` block; the types stand behind it.
pub(super) fn house_inherent(
    members: Members<ItemImpl>,
    option: &Named,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let Members {
        mut block,
        functions,
    } = members;
    if let (Some(name), [_, _, ..]) = (&option.name, functions.as_slice()) {
        return Err(Error::new_spanned(
            name,
            "several functions cannot share a name; write `named` alone, which names each machine after its function, \
             or put the functions in blocks of their own",
        ));
    }
    if let Some(derive) = block
        .attrs
        .iter()
        .find(|attribute| attribute.path().is_ident("derive"))
    {
        return Err(Error::new_spanned(
            derive,
            "this must stand on the functions of the block whose machines are to have it",
        ));
    }
    let is_foreign = has_foreign(&block.attrs)?;
    name_header_lifetimes(&mut block);
    let (generics, self_type) = (block.generics.clone(), block.self_ty.clone());
    let self_type = &self_type;
    let mut errors = Errors::default();
    let mut behind = TokenStream::new();
    for (place, function) in &functions {
        let housed = sorted(function, is_foreign).and_then(|mut sorted| {
            let name = function.original.ident.unraw();
            let twin = format!("__{name}_plain");
            let place = Place {
                generics: generics.clone(),
                self_type: Some(self_type),
                names: names(&name, &twin, quote!(<#self_type>::), generics.clone()),
            };
            let (beside, named, visible) = place.parts(function, &mut sorted, option, core)?;
            let beside = beside::in_the_open(&beside, &sorted);
            behind.extend(named);
            Ok(quote!(#beside #visible))
        });
        if let Some(tokens) = errors.keep(housed) {
            block.items[*place] = ImplItem::Verbatim(tokens);
        }
    }
    errors.finish(quote!(#block #behind))
}

fn names(function: &Ident, twin: &str, path: TokenStream, around: Generics) -> Names {
    Names {
        plain: generated_name(twin),
        ownership: generated_name(&format!("__{function}_ownership")),
        machine: generated_name(&format!("__{function}_machine")),
        lowered: generated_name(&format!("__{function}_lowered")),
        path,
        around: Around {
            generics: around,
            shape: Shape::Named,
            ..Around::default()
        },
        entrance: None,
    }
}

fn sorted(function: &Function, is_foreign: bool) -> syn::Result<Sorted> {
    let sorted = Sorted::new(&function.attributes)?;
    if sorted.is_foreign || is_foreign {
        return Err(Error::new_spanned(
            &function.original.ident,
            "a function with a named machine is no `async fn` any more, which an attribute below may need it to be; \
             take that attribute or `named` away",
        ));
    }
    Ok(sorted)
}

/// Where a named machine's function stands.
struct Place<'a> {
    /// Those of the block, every lifetime named.
    generics: Generics,
    /// What `Self` is.
    self_type: Option<&'a Type>,
    names: Names,
}

impl Place<'_> {
    /// The functions beside the visible one, the type, and the visible function.
    fn parts(
        &self,
        function: &Function,
        sorted: &mut Sorted,
        option: &Named,
        core: &Core<'_>,
    ) -> syn::Result<(Vec<Beside>, TokenStream, TokenStream)> {
        let name = match &option.name {
            Some(name) => name.clone(),
            None => {
                let name = &function.original.ident;
                Ident::new(&camel(&name.to_string()), name.span())
            }
        };
        self.check(function)?;
        sorted.is_declared = self.is_generic(function);
        let beside = beside::lowered(function, &self.names, sorted, core)?;
        let named = self.named(&name, function, sorted, core);
        let visible = self.visible(&name, function, sorted);
        Ok((beside, named, visible))
    }

    /// Whether the machine's size depends on a type, and so is no constant.
    fn is_generic(&self, function: &Function) -> bool {
        let parameters = &self.all_generics(function).params;
        parameters
            .iter()
            .any(|parameter| !matches!(parameter, GenericParam::Lifetime(_)))
    }

    /// What nobody could name.
    fn check(&self, function: &Function) -> syn::Result<()> {
        let mut errors = Errors::default();
        let fix = "write a type, such as a `Box` of a trait, or take `named` away";
        for parameter in &self.generics.params {
            if !matches!(parameter, GenericParam::Lifetime(_)) {
                let message = format!(
                    "a named machine cannot depend on a type or const parameter of its block; write a function outside it, {fix}"
                );
                errors.push(Error::new_spanned(parameter, message));
            }
        }
        let arguments = function.original.inputs.iter();
        for opaque in arguments.filter_map(|argument| match argument {
            FnArg::Typed(typed) => opaque(&typed.ty),
            FnArg::Receiver(_) => None,
        }) {
            let message =
                format!("a named machine's size cannot depend on the type of an argument; {fix}");
            errors.push(Error::new_spanned(opaque, message));
        }
        if let ReturnType::Type(_, output) = &function.original.output {
            if let Some(opaque) = opaque(output) {
                errors.push(Error::new_spanned(
                    opaque,
                    "a named machine's output must have a name, too; write a type, or take `named` away",
                ));
            }
        }
        errors.finish(())
    }

    /// `struct Fetch`, with what makes it a future.
    fn named(
        &self,
        name: &Ident,
        function: &Function,
        sorted: &Sorted,
        core: &Core<'_>,
    ) -> TokenStream {
        let crate_path = core.crate_path;
        let private = quote!(#crate_path::__private);
        let quiet = beside::quiet();
        let generics = self.all_generics(function);
        let (parameters, arguments, bounds) = generics.split_for_impl();
        let lifetimes = generics.lifetimes().map(|parameter| &parameter.lifetime);
        let conditions = &sorted.conditions;
        let (documentation, visibility) = (documentation(sorted), &function.visibility);
        let layout = generated_name(&format!("__{}_layout", function.original.ident.unraw()));
        let (path, machine) = (&self.names.path, &self.names.machine);
        let own = beside::generic_arguments(&function.signature.generics);
        let builder = quote!(#path #machine #own);
        let arity = function.parameters.iter().map(|_| quote!(_,));
        let arity = quote!((#(#arity)*));
        let output = self.output(function, core);
        let unsafety = &function.original.unsafety;
        let inputs = self.inputs(function);
        let values = function.parameters.iter().map(|parameter| &parameter.name);
        let derived = self.derived(name, &generics, sorted, &private, &builder, &arity);
        let types = generics.type_params().map(|parameter| &parameter.ident);
        let markers = quote!((#(fn(&#lifetimes ()) -> &#lifetimes (),)* #(fn(#types) -> #types,)*));
        let states = generated_name(&format!("__{name}States"));
        let (room, traits, make, beside) = if sorted.is_declared {
            let variants = &sorted.declared;
            let room = quote!(#private::DeclaredRoom<#states #arguments>);
            let beside = quote! {
                #(#conditions)*
                #[doc(hidden)]
                #quiet
                #[repr(u8)]
                enum #states #parameters #bounds { #(#variants,)* Returned(::core::marker::PhantomData<#markers>) }
            };
            (
                room,
                quote!(::core::marker::PhantomPinned),
                quote!(#private::DeclaredRoom::new(machine)),
                beside,
            )
        } else {
            let room = quote!(#private::Room<{ #layout().size }, { #layout().align }>);
            let traits = quote!(#private::AutoTraits<{ #layout().send }, { #layout().sync }>);
            let make = quote!(#private::Room::new(#private::agreeing::<_, { #layout().send }, { #layout().sync }>(machine)));
            let beside = quote! {
                #(#conditions)*
                #[doc(hidden)]
                #quiet
                const fn #layout #parameters() -> #private::Layout #bounds {
                    let (send, sync) = (::core::marker::PhantomData, ::core::marker::PhantomData);
                    return #private::layout::<#arity, _, _, _>(&#builder, &send, &sync);
                    // The rest never runs: type inference alone answers.
                    use #private::{IfSend as _, IfSync as _, NotSend as _, NotSync as _};
                    let machine = #private::future_of::<#arity, _>(&#builder);
                    #private::agree(&send, &(&machine).send());
                    #private::agree(&sync, &(&machine).sync());
                }
            };
            (room, traits, make, beside)
        };
        let unpin = if sorted.is_declared {
            quote!(::core::marker::PhantomPinned)
        } else {
            quote!(#private::AutoTraits::new())
        };
        let equals = format!("Equals calling `{}`.", function.original.ident);
        quote! {
            #(#conditions)*
            #(#documentation)*
            #[must_use = "futures do nothing unless you `.await` or poll them"]
            #visibility struct #name #parameters #bounds {
                room: #room,
                traits: #traits,
                lifetimes: ::core::marker::PhantomData<#markers>,
            }

            #beside

            #(#conditions)*
            #quiet
            impl #parameters #name #arguments #bounds {
                #[doc = #equals]
                #[inline]
                #visibility #unsafety fn new(#(#inputs),*) -> Self {
                    let machine = #private::hidden(#builder, (#(#values,)*));
                    #name {
                        room: #make,
                        traits: #unpin,
                        lifetimes: ::core::marker::PhantomData,
                    }
                }
            }

            #(#conditions)*
            #quiet
            impl #parameters ::core::future::Future for #name #arguments #bounds {
                type Output = #output;
                #[inline]
                fn poll(self: ::core::pin::Pin<&mut Self>, context: &mut ::core::task::Context<'_>) -> ::core::task::Poll<#output> {
                    // SAFETY: the room is pinned with the struct, and holds what this very function item builds.
                    unsafe { self.get_unchecked_mut().room.poll::<#arity, _>(&#builder, context) }
                }
            }

            #(#conditions)*
            #quiet
            impl #parameters #crate_path::StateFuture for #name #arguments #bounds {
                fn state(&self) -> #crate_path::State<'_> {
                    // SAFETY: the room holds what this very function item builds.
                    unsafe { self.room.machine::<#arity, _>(&#builder) }.state()
                }
                fn picture() -> ::core::option::Option<&'static #crate_path::MachinePicture> {
                    ::core::option::Option::Some(#private::picture_of_builder::<#arity, _>(&#builder))
                }
            }

            #(#conditions)*
            #quiet
            impl #parameters ::core::fmt::Debug for #name #arguments #bounds {
                fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    // SAFETY: the room holds what this very function item builds.
                    ::core::fmt::Debug::fmt(unsafe { self.room.machine::<#arity, _>(&#builder) }, formatter)
                }
            }

            #derived

            #(#conditions)*
            #quiet
            impl #parameters ::core::ops::Drop for #name #arguments #bounds {
                #[inline]
                fn drop(&mut self) {
                    // SAFETY: the room holds what this very function item builds, for the last time.
                    unsafe { self.room.clear::<#arity, _>(&#builder) }
                }
            }
        }
    }

    /// The function itself: `fn fetch(..) -> Fetch<'_>`.
    fn visible(&self, name: &Ident, function: &Function, sorted: &Sorted) -> TokenStream {
        let attributes = &sorted.visible;
        let visibility = &function.visibility;
        let mut signature = function.signature.clone();
        signature.asyncness = None;
        let generics = self.all_generics(function);
        let (_, arguments, _) = generics.split_for_impl();
        signature.output = parse_quote!(-> #name #arguments);
        beside::name_parameters(&mut signature, function);
        let values = super::visible::arguments(function);
        let call = quote!(#name::new(#(#values),*));
        let call = match signature.unsafety {
            // SAFETY: the two are one function.
            Some(_) => quote!(unsafe { #call }),
            None => call,
        };
        quote! {
            #(#attributes)*
            #[allow(clippy::needless_lifetimes, clippy::too_many_arguments, clippy::type_complexity, clippy::double_must_use)]
            #[inline]
            #visibility #signature { #call }
        }
    }

    /// The block's generics and the function's.
    fn all_generics(&self, function: &Function) -> Generics {
        let mut signature = function.signature.clone();
        self.replace_self(&mut signature);
        entrance::joined(&self.generics, &signature.generics)
    }

    fn replace_self(&self, signature: &mut syn::Signature) {
        if let Some(self_type) = self.self_type {
            // An inherent block has no trait: `Self::Item` stands for the type's own items.
            let trait_path: Path = parse_quote!(Self);
            let concrete = ConcreteSelf {
                self_type,
                trait_path: &trait_path,
                defined: &Default::default(),
                siblings: None,
                is_parameter: false,
            };
            concrete.replace_in(signature);
        }
    }

    /// `name: Type` for each parameter, `self` too.
    fn inputs(&self, function: &Function) -> Vec<syn::FnArg> {
        let mut signature = function.signature.clone();
        for (argument, parameter) in signature.inputs.iter_mut().zip(&function.parameters) {
            let (name, ty) = (&parameter.name, &parameter.ty);
            *argument = parse_quote!(#name: #ty);
        }
        self.replace_self(&mut signature);
        signature.inputs.into_iter().collect()
    }

    fn output(&self, function: &Function, core: &Core<'_>) -> TokenStream {
        let mut signature = function.signature.clone();
        self.replace_self(&mut signature);
        beside::output_of(&signature.output, core.crate_path)
    }
}

/// What the type's documentation is: the function's.
fn documentation(sorted: &Sorted) -> impl Iterator<Item = &syn::Attribute> {
    let is_documentation = |attribute: &&syn::Attribute| attribute.path().is_ident("doc");
    sorted.visible.iter().filter(is_documentation)
}

/// The first `impl Trait` in a type.
fn opaque(ty: &Type) -> Option<&Type> {
    struct Search<'a>(Option<&'a Type>);
    impl<'ast> syn::visit::Visit<'ast> for Search<'ast> {
        fn visit_type(&mut self, ty: &'ast Type) {
            match ty {
                Type::ImplTrait(_) => self.0 = self.0.or(Some(ty)),
                _ => syn::visit::visit_type(self, ty),
            }
        }
    }
    let mut search = Search(None);
    syn::visit::Visit::visit_type(&mut search, ty);
    search.0
}
