//! Questions to raw tokens.

use super::super::{contains_await_tokens, mentions};

#[track_caller]
fn assert_awaits(source: &str, expected: bool) {
    assert_eq!(
        contains_await_tokens(source.parse().expect("tokens")),
        expected,
        "{source}"
    );
}

#[test]
fn awaits_are_found() {
    assert_awaits("a.await", true);
    assert_awaits("x => { let y = [f(a.0.await)]; }", true);
    assert_awaits("a . await ?", true);
    assert_awaits("async { 1 }.await", true);
    assert_awaits("async move {}; b.await", true);
    assert_awaits("(async || 1)().await", true);
    assert_awaits("[async |x| x, y.await]", true);
    assert_awaits("async fn f() {} f().await", true);
}

#[test]
fn awaits_of_others_are_not() {
    assert_awaits("", false);
    assert_awaits("await", false);
    assert_awaits("a.r#await", false);
    assert_awaits("a::await", false);
    assert_awaits("async { a.await }", false);
    assert_awaits("x, async move { a.await; b.await }, y", false);
    assert_awaits("async |x| x.await", false);
    assert_awaits("async move |x: u8| { x.await }, 3", false);
    assert_awaits("async fn f() -> u8 { a.await }", false);
    assert_awaits(
        "async unsafe fn f<T>(t: T) where T: Future { t.await }",
        false,
    );
}

#[track_caller]
fn assert_mentions(source: &str, expected: bool) {
    let name = quote::format_ident!("x");
    assert_eq!(
        mentions(source.parse().expect("tokens"), &name),
        expected,
        "{source}"
    );
}

#[test]
fn variables_are_found() {
    assert_mentions("x", true);
    assert_mentions("f(a, [x])", true);
    assert_mentions("0..x", true);
    assert_mentions("0 .. x . y", true);
    assert_mentions("r#x", true);
    assert_mentions("x != y", true);
    assert_mentions("format!(\"{x}\")", true);
    assert_mentions("\"{:x$}\"", true);
    assert_mentions("S { x }", true);
    assert_mentions("a ? x : b", true);
}

#[test]
fn other_names_are_not() {
    assert_mentions("xs", false);
    assert_mentions("a.x", false);
    assert_mentions("a.x()", false);
    assert_mentions("x::f()", false);
    assert_mentions("f::x", false);
    assert_mentions("'x", false);
    assert_mentions("x!(1)", false);
    assert_mentions("\"x {{x}}\"", false);
}
