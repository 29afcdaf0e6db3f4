//! Variables captured by format strings.

use quote::quote;

use super::super::format_string::captures;
use super::{Call, assert_same, capture_names, expression, invocation, kind, known, read};

#[track_caller]
fn assert_captures(text: &str, expected: &[&str]) {
    let literal = syn::LitStr::new(text, proc_macro2::Span::call_site());
    let found: Vec<String> = captures(&literal).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn placeholders() {
    assert_captures(
        "{x} {y:?} {0} {w:>width$} {:.prec$} {{}}",
        &["x", "y", "w", "width", "prec"],
    );
    assert_captures("{}{:?}{:#x}{:08.3}{:e}", &[]);
    assert_captures("{{x}} {{{y}}}", &["y"]);
    assert_captures("{ x } {y :>5}", &["x", "y"]);
    assert_captures("{:}<w$} {:x^+#0width$.1$?}", &["w", "width"]);
    assert_captures("{:0$} {:1$.2$} {:.*} {a:00$}", &["a"]);
    assert_captures("{:0w$.0p$}", &["w", "p"]);
    assert_captures("{a:x?} {b:X} {c:p}", &["a", "b", "c"]);
    assert_captures("{_private} {größe}", &["_private", "größe"]);
    assert_captures("{self} {type}", &["self", "r#type"]);
    assert_captures("open {", &[]);
    assert_captures("{x", &["x"]);
}

#[test]
fn a_capture_is_told_once() {
    assert_eq!(
        capture_names(&known(r#"println!("{x} {x:?} {:x$}", 1)"#)),
        ["x"]
    );
}

#[test]
fn a_named_argument_is_no_capture() {
    let list = known(r#"println!("{x} {y}", x = 1)"#);
    assert_eq!(capture_names(&list), ["y"]);
    let list = known(r#"println!("{type}", r#type = 1)"#.replace("r#\"", "\"").as_str());
    assert!(list.captures.is_empty());
}

#[test]
fn escapes_are_read() {
    assert_eq!(capture_names(&known(r#"println!("\u{7b}x}")"#)), ["x"]);
    assert_eq!(capture_names(&known(r##"println!(r#"{x}"#)"##)), ["x"]);
}

#[test]
fn replaced_captures_become_named_arguments() {
    let mut list = known(r#"println!("{x} {y} {}", 1)"#);
    let captures = list.captures.clone();
    assert!(list.set_capture(&captures[0], expression("(*x)")));
    assert_same(&list.rebuild(), r#"println!("{x} {y} {}", 1, x = (*x))"#);
    assert!(list.set_capture(&captures[0], expression("other")));
    assert!(list.set_capture(&captures[1], expression("z")));
    assert_same(
        &list.rebuild(),
        r#"println!("{x} {y} {}", 1, x = other, y = z)"#,
    );
    assert!(!list.set_capture(&quote::format_ident!("unheard_of"), expression("z")));
}

#[test]
fn every_position_of_a_format_string() {
    for (source, expected) in [
        (r#"panic!("{x}",)"#, r#"panic!("{x}", x = (*x))"#),
        (r#"write!(f, "{x}")"#, r#"write!(f, "{x}", x = (*x))"#),
        (r#"assert!(a, "{x}")"#, r#"assert!(a, "{x}", x = (*x))"#),
        (
            r#"assert_eq!(a, b, "{x}")"#,
            r#"assert_eq!(a, b, "{x}", x = (*x))"#,
        ),
        (r#"matches!(a, b)"#, r#"matches!(a, b)"#),
        (r#"info!(a, "{x}")"#, r#"info!(a, "{x}", x = (*x))"#),
        (r#"info!(x = 1, "{x}")"#, r#"info!(x = 1, "{x}", x = (*x))"#),
        (
            r#"log::info!(a = 1; "{x}")"#,
            r#"log::info!(a = 1; "{x}", x = (*x))"#,
        ),
        (
            r#"event!(Level::INFO, { a }, "{x}")"#,
            r#"event!(Level::INFO, { a }, "{x}", x = (*x))"#,
        ),
        (r#"ensure!(a, "{x}")"#, r#"ensure!(a, "{x}", x = (*x))"#),
        (r#"bail!("{x}")"#, r#"bail!("{x}", x = (*x))"#),
        (r#"mine!(a, "{x}")"#, r#"mine!(a, "{x}", x = (*x))"#),
    ] {
        let mut list = match read(&invocation(source)) {
            Call::Arguments(list) | Call::Unknown(list) => list,
            other => panic!("{source} is read as {}", kind(&other)),
        };
        for capture in list.captures.clone() {
            assert_eq!(capture, "x");
            list.set_capture(&capture, expression("(*x)"));
        }
        assert_same(&list.rebuild(), expected);
    }
}

#[test]
fn names_of_spans_capture_nothing() {
    assert!(known(r#"info_span!("{x}", a)"#).captures.is_empty());
    assert!(known(r#"vec!["{x}"]"#).captures.is_empty());
}

#[test]
fn a_literal_handed_on_by_a_macro_is_a_format_string() {
    let literal = proc_macro2::Group::new(proc_macro2::Delimiter::None, quote!("{x}"));
    let mac: syn::Macro = syn::parse2(quote!(println!(#literal))).expect("an invocation");
    let Call::Arguments(list) = read(&mac) else {
        panic!("println! is known")
    };
    assert_eq!(capture_names(&list), ["x"]);
}

#[test]
fn a_capture_has_the_span_of_its_literal() {
    let list = known("println!(\n  \"{x}\")");
    assert_eq!(list.captures[0].span().start().line, 2);
}
