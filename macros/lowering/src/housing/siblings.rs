//! Functions of a whole `impl Trait for Type` or `trait` block. Nothing can stand beside them there, so the functions they
//! need are those of a trait of their own, declared in the visible function and implemented for the same type.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    GenericParam, Generics, ImplItem, ItemImpl, ItemTrait, LifetimeParam, Path, PathArguments,
    Signature, TraitItem, Type, TypeParam, WherePredicate, parse_quote,
};

use super::around::{Around, Shape};
use super::async_trait;
use super::attributes::{Sorted, has_foreign};
use super::beside::{self, Beside, Entrance, Names, generated_name, type_and_const_names};
use super::concrete_self::{self, ConcreteSelf};
use super::outlives::{self, Outlives};
use super::{Core, entrance, visible};
use crate::input::tokens::{free_name, has_path_from_self, has_word, identifiers};
use crate::input::{Errors, Function, Members, name_header_lifetimes};

/// Every function of an `impl Trait for Type` block.
pub(super) fn house_impl(members: Members<ItemImpl>, core: &Core<'_>) -> syn::Result<TokenStream> {
    let Members {
        mut block,
        functions,
    } = members;
    let is_foreign = has_foreign(&block.attrs)?;
    let mut errors = Errors::default();
    let mut header = block.clone();
    header.items.clear();
    name_header_lifetimes(&mut header);
    let (_, trait_path, _) = header.trait_.as_ref().expect("only trait impls come here");
    let whole = Whole {
        taken: identifiers(&block),
        import: import(trait_path),
        generics: &header.generics,
        has_entrance: entrance::relates_lifetimes(&header.generics),
        implementor: None,
        self_type: &header.self_ty,
        trait_path,
        defined: block.items.iter().filter_map(defined).cloned().collect(),
        demands_send: false,
        owner: quote!(Self),
    };
    for (place, function) in &functions {
        if let Some(tokens) = errors.keep(house(function, &whole, is_foreign, core)) {
            block.items[*place] = ImplItem::Verbatim(tokens);
        }
    }
    errors.finish(block.into_token_stream())
}

/// Every function of a `trait` block that has a body.
pub(super) fn house_trait(
    members: Members<ItemTrait>,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let Members {
        mut block,
        functions,
    } = members;
    let is_foreign = has_foreign(&block.attrs)?;
    let mut errors = Errors::default();
    let mut taken = identifiers(&block);
    let implementor = generated_name(&free_name("Implementor", &mut taken));
    let name = &block.ident;
    let (_, arguments, _) = block.generics.split_for_impl();
    let trait_path: Path = parse_quote!(#name #arguments);
    let whole = Whole {
        taken,
        import: TokenStream::new(),
        generics: &without_defaults(&block.generics),
        has_entrance: block.generics.lifetimes().next().is_some()
            || entrance::relates_lifetimes(&block.generics),
        implementor: Some(parse_quote!(#implementor: #trait_path + ?Sized)),
        self_type: &parse_quote!(#implementor),
        trait_path: &trait_path,
        defined: BTreeSet::new(),
        demands_send: async_trait::demands_send(&block.attrs),
        owner: quote!(Self),
    };
    let apart = Whole {
        taken: whole.taken.clone(),
        import: TokenStream::new(),
        implementor: None,
        self_type: &parse_quote!(()),
        defined: BTreeSet::new(),
        demands_send: false,
        owner: quote!(()),
        ..whole
    };
    let speaks_of_self = has_word(&block.generics.where_clause, "Self");
    for (place, function) in &functions {
        let whole = match speaks_of_self || mentions_self(function) {
            true => &whole,
            false => &apart,
        };
        if let Some(tokens) = errors.keep(house(function, whole, is_foreign, core)) {
            block.items[*place] = TraitItem::Verbatim(tokens);
        }
    }
    errors.finish(block.into_token_stream())
}

/// What the functions of a block have in common.
struct Whole<'a> {
    /// Names that stand somewhere in the block.
    taken: HashSet<String>,
    /// Brings the trait into scope, which it is in an `impl` of it, but not in that of another trait.
    import: TokenStream,
    /// The block's generics, every lifetime named, without defaults.
    generics: &'a Generics,
    /// Whether the machine functions are reached through functions of their own.
    has_entrance: bool,
    /// In a `trait` block, the type parameter that stands for whoever implements it.
    implementor: Option<TypeParam>,
    self_type: &'a Type,
    trait_path: &'a Path,
    /// The associated types that an `impl` block defines.
    defined: BTreeSet<Ident>,
    /// Whether `#[async_trait]` says of a `trait` block's methods what `Self` is.
    demands_send: bool,
    /// The type that has what stands beside a function. One that does not mention `Self` needs none, and says nothing of it.
    owner: TokenStream,
}

/// Whether the function is one of a type's, or says `Self`.
fn mentions_self(function: &Function) -> bool {
    function.signature.receiver().is_some()
        || has_word(&function.original, "Self")
        || has_word(&function.body, "Self")
}

fn house(
    function: &Function,
    whole: &Whole<'_>,
    is_foreign: bool,
    core: &Core<'_>,
) -> syn::Result<TokenStream> {
    let mut sorted = Sorted::new(&function.attributes)?;
    sorted.is_foreign |= is_foreign;
    sorted.is_of_trait = true;
    let shape = match sorted.is_foreign {
        true => Shape::AsyncOfTrait,
        false => Shape::OfTrait,
    };
    let mut taken = whole.taken.clone();
    let siblings = generated_name(&free_name("Siblings", &mut taken));
    let arguments = type_and_const_names(whole.generics);
    let sibling_path = quote!(#siblings<#(#arguments),*>);
    let mut names = Names {
        plain: generated_name(&free_name("plain", &mut taken)),
        ownership: generated_name(&free_name("ownership", &mut taken)),
        machine: generated_name(&free_name("machine", &mut taken)),
        lowered: generated_name(&free_name("lowered", &mut taken)),
        path: {
            let owner = &whole.owner;
            quote!(<#owner as #sibling_path>::)
        },
        around: whole.around(shape),
        entrance: whole.has_entrance.then(|| whole.entrance(&mut taken)),
    };
    let mut beside = beside::lowered(function, &names, &mut sorted, core)?;
    let outliving = whole.outliving_in_output(function);
    for one in &mut beside {
        if !outliving.is_empty() && one.signature.ident != names.ownership {
            one.signature = bounded(one, &names, function, &outliving);
        }
        whole.say_what_self_is(&mut one.signature, function);
    }
    let machine = beside
        .iter()
        .find(|one| one.signature.ident == names.machine);
    let machine = machine.expect("there always is a machine function");
    let machine = machine.signature.clone();
    if sorted.borrows.are_forgotten() {
        // The machine function's signature relates lifetimes.
        let entrance = || whole.entrance(&mut taken);
        names.entrance.get_or_insert_with(entrance);
    }
    let free = entrance::Free {
        function,
        machine: &machine,
        generics: &whole.generics_of_implementation(),
    };
    let mut outside = Vec::new();
    let mut inherited = BTreeSet::new();
    if let Some(entrance) = &names.entrance {
        let (_, all_arguments, _) = whole.generics.split_for_impl();
        let all_siblings = quote!(#siblings #all_arguments);
        let concrete = ConcreteSelf {
            siblings: Some(&all_siblings),
            ..whole.concrete_self()
        };
        if whole.implementor.is_none() {
            inherited = concrete.inherited_in(&function.signature);
        }
        outside.push(free.entrance(&entrance.name, &sibling_path, &concrete));
        if sorted.borrows.are_forgotten() {
            outside.push(free.lowered(&names.lowered, &entrance.name, &concrete, &sorted, core));
            names.path = TokenStream::new();
        }
    }
    if sorted.is_foreign && !sorted.borrows.are_forgotten() {
        let mut inner = visible::inner(function, &names, &sorted, core);
        whole.say_what_self_is(&mut inner.signature, function);
        beside.push(inner);
    }
    let import = &whole.import;
    let declaration = whole.declaration(&siblings, function, &beside, &inherited);
    let implementation = whole.implementation(&siblings, &beside, &inherited);
    let outside = outside.iter().map(Beside::definition);
    let before = quote!(#import #declaration #implementation #(#outside)*);
    Ok(visible::function(function, &names, &sorted, before, core))
}

/// A function's signature with more conditions, for which its lifetimes need names.
fn bounded(
    one: &Beside,
    names: &Names,
    function: &Function,
    conditions: &[WherePredicate],
) -> Signature {
    let mut signature = one.signature.clone();
    if signature.ident == names.plain {
        signature = Signature {
            ident: signature.ident,
            ..function.explicit.clone()
        };
    }
    let clause = signature.generics.make_where_clause();
    clause.predicates.extend(conditions.iter().cloned());
    signature
}

impl Whole<'_> {
    /// `trait Siblings<T> { type InheritedError; fn name(..) -> ..; .. }`
    fn declaration(
        &self,
        siblings: &Ident,
        function: &Function,
        beside: &[Beside],
        inherited: &BTreeSet<Ident>,
    ) -> TokenStream {
        let inherited = inherited.iter().map(concrete_self::inherited);
        let (parameters, bounds) = (angle_brackets(self.generics), &self.generics.where_clause);
        let supertrait = self.is_supertrait(function).then(|| {
            let path = self.trait_path;
            quote!(: #path)
        });
        let signatures = beside.iter().map(|one| {
            let mut signature = one.signature.clone();
            beside::name_parameters(&mut signature, function);
            if self.implementor.is_none() {
                self.concrete_self().replace_in_declaration(&mut signature);
            }
            signature
        });
        quote! {
            #[allow(warnings, dangerous_implicit_autorefs, unused, clippy::all)]
            trait #siblings #parameters #supertrait #bounds {
                #(type #inherited;)*
                #(#signatures;)*
            }
        }
    }

    /// `impl<T> Siblings<T> for Type { type InheritedError = Self::Error; fn name(..) -> .. { .. } .. }`
    fn implementation(
        &self,
        siblings: &Ident,
        beside: &[Beside],
        inherited: &BTreeSet<Ident>,
    ) -> TokenStream {
        let aliases = inherited.iter().map(concrete_self::inherited);
        let inherited = inherited.iter();
        let generics = self.generics_of_implementation();
        let (parameters, ..) = generics.split_for_impl();
        let (_, arguments, bounds) = self.generics.split_for_impl();
        let self_type = self.self_type;
        let definitions = beside.iter().map(Beside::definition);
        quote! {
            impl #parameters #siblings #arguments for #self_type #bounds {
                #(type #aliases = Self::#inherited;)*
                #(#definitions)*
            }
        }
    }

    /// The parameters of `impl Siblings`: the implementor is one more.
    fn generics_of_implementation(&self) -> Generics {
        let mut generics = self.generics.clone();
        generics
            .params
            .extend(self.implementor.clone().map(GenericParam::Type));
        generics
    }

    /// Says in the signature of what stands beside a function what `#[async_trait]` says in the function's own.
    fn say_what_self_is(&self, signature: &mut Signature, function: &Function) {
        if self.demands_send {
            let clause = signature.generics.make_where_clause();
            let condition = async_trait::condition(&function.original);
            clause.predicates.push(condition);
        }
    }

    /// What must be said in a declaration of the function: which of the parameters in its output outlive which lifetimes there.
    /// That a reference to `Self` tells it is known only where `Self` is.
    fn outliving_in_output(&self, function: &Function) -> Vec<WherePredicate> {
        let around = self.around(Shape::OfTrait);
        let mut output = outlives::mentioned(&function.output);
        if output.iter().any(|word| word == "Self") && self.implementor.is_none() {
            output.extend(outlives::mentioned(self.self_type));
        }
        let mut outliving = Vec::new();
        for lifetime in function.signature.generics.lifetimes() {
            let lifetime = &lifetime.lifetime;
            let outlives = Outlives::new(function, &around, &lifetime.ident);
            if !output.contains(&lifetime.ident) || !outlives.self_type() {
                continue;
            }
            let parameters = self.generics.params.iter();
            outliving.extend(parameters.filter_map(|parameter| match parameter {
                GenericParam::Type(TypeParam { ident, .. })
                    if output.contains(ident) && outlives.type_parameter(ident) =>
                {
                    Some(parse_quote!(#ident: #lifetime))
                }
                GenericParam::Lifetime(LifetimeParam {
                    lifetime: outer, ..
                }) if output.contains(&outer.ident) && outlives.lifetime(&outer.ident) => {
                    Some(parse_quote!(#outer: #lifetime))
                }
                _ => None,
            }));
        }
        outliving
    }

    fn around(&self, shape: Shape) -> Around {
        let self_type = self.implementor.is_none().then_some(self.self_type);
        Around::of_trait(self.generics, self_type, shape)
    }

    fn concrete_self(&self) -> ConcreteSelf<'_> {
        ConcreteSelf {
            self_type: self.self_type,
            trait_path: self.trait_path,
            defined: &self.defined,
            siblings: None,
            is_parameter: self.implementor.is_some(),
        }
    }

    /// The name of the way in, and the block's part of its generic arguments.
    fn entrance(&self, taken: &mut HashSet<String>) -> Entrance {
        let mut arguments: Vec<TokenStream> = type_and_const_names(self.generics)
            .into_iter()
            .map(ToTokens::to_token_stream)
            .collect();
        arguments.extend(self.implementor.is_some().then(|| quote!(Self)));
        Entrance {
            name: generated_name(&free_name("enter", taken)),
            arguments,
        }
    }

    /// `Self::Item` in a body is found only through a supertrait. A supertrait must be well-formed for every type, which
    /// the trait's own conditions can forbid, so it is written only where it may be needed.
    fn is_supertrait(&self, function: &Function) -> bool {
        self.implementor.is_some()
            || has_path_from_self(&function.original)
            || has_path_from_self(&function.body)
    }
}

/// The name of an associated type.
fn defined(item: &ImplItem) -> Option<&Ident> {
    match item {
        ImplItem::Type(item) => Some(&item.ident),
        _ => None,
    }
}

/// `<'a, T: Bound>`, or nothing.
fn angle_brackets(generics: &Generics) -> TokenStream {
    let (parameters, ..) = generics.split_for_impl();
    parameters.to_token_stream()
}

/// `use path::to::Trait as _;`; a trait named by a single word is in scope already.
fn import(trait_path: &Path) -> TokenStream {
    if trait_path.segments.len() == 1 {
        return TokenStream::new();
    }
    let mut path = trait_path.clone();
    for segment in &mut path.segments {
        segment.arguments = PathArguments::None;
    }
    quote! {
        #[allow(unused_imports)]
        use #path as _;
    }
}

/// A trait's parameters may have defaults (`Right = Self`), which only its own declaration needs.
fn without_defaults(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for parameter in &mut generics.params {
        match parameter {
            GenericParam::Type(parameter) => (parameter.eq_token, parameter.default) = (None, None),
            GenericParam::Const(parameter) => {
                (parameter.eq_token, parameter.default) = (None, None)
            }
            GenericParam::Lifetime(_) => {}
        }
    }
    generics
}
