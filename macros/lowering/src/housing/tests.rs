//! What stands where after the attribute, with a core that answers `LOWERED`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::{Context, Lowered, Ownership, house};
use crate::input::{self, Function, Options};

/// A body for the machine that shows what it was told, and a probe with two answers.
fn lower(_: &Function, context: &Context) -> syn::Result<Lowered> {
    let probe = &context.ownership_path;
    Ok(Lowered {
        machine: quote!(LOWERED(#probe)),
        ownership: Some(Ownership {
            answers: 2,
            body: quote!((1, 2)),
        }),
        kept: Vec::new(),
        declared: None,
        may_borrow: true,
    })
}

/// The expansion, without the lists of lints.
fn housed(item: TokenStream) -> String {
    let options = Options::parse(TokenStream::new()).expect("no options");
    let tokens =
        house(input::parse(item).expect("a good item"), &options, lower).expect("a good housing");
    let mut file: syn::File = parse_quote!(#tokens);
    syn::visit_mut::visit_file_mut(&mut WithoutLints, &mut file);
    prettyplease::unparse(&file)
}

struct WithoutLints;

impl syn::visit_mut::VisitMut for WithoutLints {
    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        if let Ok(mut contents) = call.parse_body::<syn::File>() {
            self.visit_file_mut(&mut contents);
            call.tokens = quote!(#contents);
        }
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("allow"));
    }
}

#[track_caller]
fn assert_housed(item: TokenStream, expected: TokenStream) {
    let expected: syn::File = parse_quote!(#expected);
    assert_eq!(housed(item), prettyplease::unparse(&expected));
}

/// Whether each part stands in the expansion, however either is broken into lines.
#[track_caller]
fn assert_parts(item: TokenStream, parts: &[&str]) {
    let joined = |text: &str| {
        text.split_whitespace()
            .collect::<String>()
            .replace(",)", ")")
            .replace(",>", ">")
    };
    let text = housed(item);
    for part in parts {
        assert!(
            joined(&text).contains(&joined(part)),
            "{part} is missing in {text}"
        );
    }
}

#[test]
fn a_free_function_holds_everything_itself() {
    assert_housed(
        quote! {
            /// Fetches.
            pub async fn fetch<T: Clone>(addr: &str, (a, b): (T, u8), mut n: impl Into<u8>) -> Vec<T> { body(a, n) }
        },
        quote! {
            /// Fetches.
            #[inline]
            pub fn fetch<T: Clone>(
                addr: &str,
                argument_2: (T, u8),
                n: impl Into<u8>,
            ) -> impl ::state_future::StateFuture + ::core::future::Future<Output = Vec<T>> {
                async fn plain<T: Clone>(addr: &str, (a, b): (T, u8), mut n: impl Into<u8>) -> Vec<T> { body(a, n) }
                fn ownership<'_addr, T: Clone, ImplN: Into<u8>>(
                    addr: &'_addr str,
                    argument_2: (T, u8),
                    n: ImplN,
                ) -> (impl Sized, impl Sized,) {
                    (1, 2)
                }
                async fn machine<'_addr, T: Clone, ImplN: Into<u8>>(
                    addr: &'_addr str,
                    argument_2: (T, u8),
                    n: ImplN,
                ) -> ::state_future::__private::Machine<
                    impl Sized,
                    impl ::state_future::__private::Step<Output = Vec<T>>,
                > {
                    LOWERED(ownership::<T, ImplN>)
                }
                ::state_future::__private::hidden(machine::<T, _>, (addr, argument_2, n,))
            }
        },
    );
}

#[test]
fn names_in_use_are_not_taken() {
    assert_parts(
        quote!(
            async fn machine(plain: u8) {
                ownership(plain).await
            }
        ),
        &[
            "async fn plain_2(plain: u8)",
            "fn ownership_2(plain: u8)",
            "async fn machine_2(plain: u8)",
            "hidden(machine_2, (plain,))",
        ],
    );
}

#[test]
fn a_method_has_siblings() {
    assert_housed(
        quote! {
            impl<T> Client<'_, T> {
                #[cfg(unix)]
                async fn get(&self) -> &T { &self.value }
                fn plain(&self) {}
            }
        },
        quote! {
            impl<'_impl, T> Client<'_impl, T> {
                #[doc(hidden)]
                #[cfg(unix)]
                async fn __get_plain(&self) -> &T { &self.value }
                #[doc(hidden)]
                #[cfg(unix)]
                fn __get_ownership<'_self>(&'_self self) -> (impl Sized, impl Sized,) { (1, 2) }
                #[doc(hidden)]
                #[cfg(unix)]
                async fn __get_machine<'_self>(&'_self self) -> ::state_future::__private::Machine<
                    impl Sized,
                    impl ::state_future::__private::Step<Output = &'_self T>,
                > {
                    LOWERED(Self::__get_ownership)
                }
                #[cfg(unix)]
                #[inline]
                fn get(&self) -> impl ::state_future::StateFuture + ::core::future::Future<Output = &T> {
                    ::state_future::__private::hidden(Self::__get_machine, (self,))
                }
                fn plain(&self) {}
            }
        },
    );
}

#[test]
fn a_method_of_a_trait_has_a_trait_of_its_own() {
    assert_housed(
        quote! {
            impl<T: Clone> far::Service<T> for Client<'_, T> {
                async fn call(&self, other: Self) -> T { other.value }
            }
        },
        quote! {
            impl<T: Clone> far::Service<T> for Client<'_, T> {
                #[inline]
                fn call(&self, other: Self) -> impl ::core::future::Future<Output = T> {
                    use far::Service as _;
                    trait Siblings<'_impl, T: Clone> {
                        async fn plain(&self, other: Client<'_impl, T>) -> T;
                        fn ownership<'_self>(&'_self self, other: Client<'_impl, T>) -> (impl Sized, impl Sized,);
                        async fn machine<'_self>(
                            &'_self self,
                            other: Client<'_impl, T>,
                        ) -> ::state_future::__private::Machine<
                            impl Sized,
                            impl ::state_future::__private::Step<Output = T>,
                        >;
                    }
                    impl<'_impl, T: Clone> Siblings<'_impl, T> for Client<'_impl, T> {
                        async fn plain(&self, other: Self) -> T { other.value }
                        fn ownership<'_self>(&'_self self, other: Self) -> (impl Sized, impl Sized,) { (1, 2) }
                        async fn machine<'_self>(
                            &'_self self,
                            other: Self,
                        ) -> ::state_future::__private::Machine<
                            impl Sized,
                            impl ::state_future::__private::Step<Output = T>,
                        > {
                            LOWERED(<Self as Siblings<T>>::ownership)
                        }
                    }
                    ::state_future::__private::hidden(<Self as Siblings<T>>::machine, (self, other,))
                }
            }
        },
    );
}

#[test]
fn a_trait_serves_whoever_implements_it() {
    assert_parts(
        quote! {
            trait Source<T = u8>: Sized {
                async fn take(self) -> Option<Self::Item> { self.next() }
                async fn required(&self);
            }
        },
        &[
            "trait Siblings<T>: Source<T>",
            "impl<T, Implementor: Source<T> + ?Sized> Siblings<T> for Implementor",
            "hidden(<Self as Siblings<T>>::machine, (self,))",
            "async fn required(&self);",
        ],
    );
}

#[test]
fn related_lifetimes_come_in_through_a_function() {
    assert_parts(
        quote! {
            impl<'a, 'b: 'a, T> Visit<'a, T> for Client<'b, T> {
                async fn visit<U>(&mut self, value: U) -> &'a Self { value }
            }
        },
        &[
            "async fn enter<'a, 'b: 'a, '_self, T, U>",
            "this: &'_self mut Client<'b, T>",
            "<Client<'b, T> as Siblings<T>>::machine::<U>(this, value).await",
            "hidden(enter::<T, U>, (self, value))",
        ],
    );
}

#[test]
fn a_lifetime_stands_for_others() {
    assert_parts(
        quote! {
            impl<T> Client<'_, T> {
                async fn send(&self, text: &str, all: &mut Vec<&str>) -> &str { self.call(text, all).await }
            }
        },
        &[
            "async fn __send_machine<'__borrowed, '_self, '_text, '_all, '_all_2>",
            "where '_impl: '__borrowed, T: '__borrowed, '_self: '__borrowed, '_text: '__borrowed, '_all: '__borrowed, \
             '_all_2: '__borrowed, Self: '__borrowed",
            "fn send<'_self, '_text, '_all, '_all_2>(&'_self self, text: &'_text str, all: &'_all mut Vec<&'_all_2 str>)",
            "Self::__send_machine::<'_self, '_self, '_self, '_self, '_self>",
            "self, unsafe { ::state_future::__private::lasting::<_, &'_self str>(text) }",
            "lasting::<_, &'_self mut Vec<&'_self str>>(all)",
        ],
    );
}

#[test]
fn a_lifetime_is_declared_where_none_is_outlived_by_all() {
    assert_parts(
        quote! {
            async fn show<'t, T: Display>(text: &'t str, value: T, other: &mut impl Read) -> Option<&'t str> {
                call(text, &value, other).await
            }
        },
        &[
            "fn show<'__borrowed, 't, '_other, T: Display>(text: &'t str, value: T, \
             other: &'_other mut (impl Read + '__borrowed))",
            "Output = Option<&'t str>> where T: '__borrowed",
            "returning::<Option<&'t str>, _>(machine::<'__borrowed, '__borrowed, '__borrowed, T, _>)",
            "lasting::<_, &'__borrowed str>(text)",
            "lasting_exclusive::<'__borrowed, _>(other)",
        ],
    );
}

#[test]
fn an_async_function_forgets_a_lifetime_where_a_trait_says_which_there_are() {
    assert_parts(
        quote! {
            impl Show for Text {
                async fn show<T: Display>(&self, value: T) { call(self, &value).await }
            }
        },
        &[
            "async fn show<T: Display>(&self, value: T)",
            "fn lowered<'__borrowed, '_self, T: Display>",
            "lowered::<T>(self, value).await",
        ],
    );
}

#[test]
fn a_foreign_attribute_sees_an_async_function() {
    assert_housed(
        quote! {
            #[tokio::main]
            #[allow(dead_code)]
            #[inline]
            async fn main(n: u8) { n }
        },
        quote! {
            #[tokio::main]
            #[inline]
            async fn main(n: u8) {
                ::state_future::__private::verbatim! {
                    async fn plain(n: u8) { n }
                    fn ownership(n: u8) -> (impl Sized, impl Sized,) { (1, 2) }
                    async fn machine(n: u8) -> ::state_future::__private::Machine<
                        impl Sized,
                        impl ::state_future::__private::Step<Output = ()>
                    > {
                        LOWERED(ownership)
                    }
                    fn lowered(n: u8) -> impl ::state_future::StateFuture + ::core::future::Future<Output = ()> {
                        ::state_future::__private::hidden(machine, (n,))
                    }
                }
                lowered(n).await
            }
        },
    );
}

#[test]
fn what_is_unsafe_stays_so_outside_and_is_said_once_inside() {
    assert_parts(
        quote!(
            async unsafe fn read(pointer: *const u8) -> ! {
                *pointer
            }
        ),
        &[
            "unsafe fn read(pointer: *const u8,) -> impl ::state_future::StateFuture + ::core::future::Future<Output = ::state_future::__private::Never,>",
            "async unsafe fn plain(pointer: *const u8) -> !",
            "async fn machine(",
            "unsafe { LOWERED(ownership) }",
        ],
    );
}

#[test]
fn expectations_go_where_the_lint_speaks() {
    let text = housed(quote! {
        #[expect(dead_code, unused_variables, reason = "a test")]
        #[track_caller]
        async fn f(n: u8) {}
    });
    let (visible, beside) = text
        .split_once("fn f")
        .expect("the visible function comes first");
    assert!(
        visible.contains("#[expect(dead_code, reason = \"a test\")]"),
        "{visible}"
    );
    assert!(!visible.contains("track_caller"), "{visible}");
    assert!(
        beside.contains("#[expect(unused_variables, reason = \"a test\")]"),
        "{beside}"
    );
    assert!(beside.contains("#[track_caller]"), "{beside}");
}
