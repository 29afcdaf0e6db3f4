//! Signatures before and after.

use quote::ToTokens;
use syn::{ItemFn, ItemImpl, parse_str};

/// The normalised signature of `signature`, printed as `prettyplease` prints it.
fn normalised(signature: &str) -> String {
    let item: ItemFn = parse_str(&format!("{signature} {{}}")).expect("a function");
    let function =
        crate::input::function::normalised((item.attrs, item.vis, item.sig, *item.block))
            .expect("a good signature");
    printed(function.signature)
}

fn printed(signature: impl ToTokens) -> String {
    let signature = signature.to_token_stream().to_string();
    let file = syn::parse_file(&format!("trait Holder {{ {signature}; }}")).expect("a declaration");
    let text = prettyplease::unparse(&file);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let joined = lines.collect::<Vec<_>>().join(" ");
    let inside = joined
        .trim_start_matches("trait Holder {")
        .trim_end_matches('}')
        .trim()
        .trim_end_matches(';');
    inside
        .replace("( ", "(")
        .replace(", )", ")")
        .replace("< ", "<")
        .replace(", >", ">")
}

#[track_caller]
fn assert_normalised(before: &str, after: &str) {
    assert_eq!(normalised(before), after);
}

#[test]
fn every_elided_lifetime_gets_a_name_after_its_parameter() {
    assert_normalised(
        "async fn f<'a, T>(x: &str, y: &'a T, z: (&u8, Cow<'_, str>))",
        "async fn f<'a, '_x, '_z, '_z_2, T>(x: &'_x str, y: &'a T, z: (&'_z u8, Cow<'_z_2, str>))",
    );
}

#[test]
fn a_name_in_use_is_not_taken_again() {
    assert_normalised(
        "async fn f<'_x>(x: &str, y: &'_x str)",
        "async fn f<'_x, '_x_2>(x: &'_x_2 str, y: &'_x str)",
    );
}

#[test]
fn function_pointers_and_bounds_keep_their_own_elision() {
    assert_normalised(
        "async fn f(x: fn(&str) -> &str, y: &dyn Fn(&u8) -> &u8)",
        "async fn f<'_y>(x: fn(&str) -> &str, y: &'_y dyn Fn(&u8) -> &u8)",
    );
}

#[test]
fn the_output_borrows_from_the_only_lifetime() {
    assert_normalised(
        "async fn f(x: &str, n: u8) -> &str",
        "async fn f<'_x>(x: &'_x str, n: u8) -> &'_x str",
    );
    assert_normalised(
        "async fn f<'a>(x: &'a u8, y: &'a u8) -> &u8",
        "async fn f<'a>(x: &'a u8, y: &'a u8) -> &'a u8",
    );
    assert_normalised(
        "async fn f(x: &u8) -> Box<dyn Iterator<Item = &u8> + '_>",
        "async fn f<'_x>(x: &'_x u8) -> Box<dyn Iterator<Item = &'_x u8> + '_x>",
    );
}

#[test]
fn an_ambiguous_output_is_left_to_the_compiler() {
    assert_normalised(
        "async fn f(x: &u8, y: &u8) -> &u8",
        "async fn f<'_x, '_y>(x: &'_x u8, y: &'_y u8) -> &u8",
    );
}

#[test]
fn the_output_of_a_method_borrows_from_self() {
    assert_normalised(
        "async fn f(&self, x: &u8) -> &u8",
        "async fn f<'_self, '_x>(&'_self self, x: &'_x u8) -> &'_self u8",
    );
    assert_normalised(
        "async fn f(self: Pin<&mut Self>, x: &u8) -> &u8",
        "async fn f<'_self, '_x>(self: Pin<&'_self mut Self>, x: &'_x u8) -> &'_self u8",
    );
    assert_normalised(
        "async fn f(self: &Arc<Self>, x: &u8) -> &u8",
        "async fn f<'_self, '_x>(self: &'_self Arc<Self>, x: &'_x u8) -> &'_self u8",
    );
    assert_normalised(
        "async fn f(self, x: &u8) -> &u8",
        "async fn f<'_x>(self, x: &'_x u8) -> &'_x u8",
    );
}

#[test]
fn a_bound_lifetime_is_no_source_for_the_output() {
    assert_normalised(
        "async fn f<'a>(x: &'a dyn for<'b> Look<'b>) -> &u8",
        "async fn f<'a>(x: &'a dyn for<'b> Look<'b>) -> &'a u8",
    );
}

#[test]
fn argument_types_become_parameters() {
    assert_normalised(
        "async fn f<T, const N: usize>(read_from: &mut impl Read, x: Vec<impl Iterator<Item = impl Debug>>) -> impl Debug",
        "async fn f<'_read_from, T, const N: usize, ImplReadFrom: Read, ImplX: Debug, ImplX_2: Iterator<Item = ImplX>>\
         (read_from: &'_read_from mut ImplReadFrom, x: Vec<ImplX_2>) -> impl Debug",
    );
}

#[test]
fn patterns_give_way_to_names() {
    assert_normalised(
        "async fn f(mut self, mut x: u8, (a, b): (u8, u8), _: u8, ref y: u8, #[allow(unused)] z @ Some(_): Option<u8>)",
        "async fn f(mut self, x: u8, argument_3: (u8, u8), argument_4: u8, argument_5: u8, argument_6: Option<u8>)",
    );
}

#[test]
fn an_impl_header_names_what_it_left_out() {
    let mut block: ItemImpl =
        parse_str("impl<T> Service<&u8> for Client<'_, T> {}").expect("an impl block");
    super::name_header_lifetimes(&mut block);
    let expected: ItemImpl =
        parse_str("impl<'_impl, '_impl_2, T> Service<&'_impl_2 u8> for Client<'_impl, T> {}")
            .expect("an impl block");
    assert_eq!(block, expected);
}
