//! What is told about arguments, and what edits become.

use quote::ToTokens;

use super::super::{Pins, read_statement};
use super::{
    ArgumentMode, Call, assert_same, described, expression, invocation, kind, known, modes, read,
    unknown,
};

#[test]
fn format_arguments_are_borrowed() {
    let list = known(r#"println!("{} {a}", x.await, a = y)"#);
    assert_eq!(
        described(&list),
        ["x . await [Borrowed]", "a: y [Borrowed]"]
    );
    assert!(list.captures.is_empty());
}

#[test]
fn write_works_on_a_place() {
    let list = known(r#"write!(self.out, "{}", x)"#);
    assert_eq!(described(&list), ["self . out [Place]", "x [Borrowed]"]);
}

#[test]
fn assertions() {
    let list = known(r#"assert!(a.await, "{}", b)"#);
    assert_eq!(described(&list), ["a . await [Value]", "b [Lazy]"]);
    assert!(!list.debug_only);
    let list = known(r#"debug_assert_ne!(a, b, "{}", c)"#);
    assert_eq!(
        modes(&list),
        [
            ArgumentMode::Compared,
            ArgumentMode::Compared,
            ArgumentMode::Lazy
        ]
    );
    assert!(list.debug_only);
}

#[test]
fn an_edited_condition_keeps_its_words() {
    for (source, edited) in [
        (
            "assert!(!x.is_some() && a::b::<u8>(&c, -1) == v[0],)",
            "assert!(edited, \"assertion failed: !x.is_some() && a::b::<u8>(&c, -1) == v[0]\")",
        ),
        (
            "debug_assert!(matches!(x, A { .. }))",
            "debug_assert!(edited, \"assertion failed: matches!(x, A {{ .. }})\")",
        ),
        (
            "assert!(check(\n    a,\n    b,\n)\n.await)",
            "assert!(edited, \"assertion failed: check(a, b).await\")",
        ),
        ("assert!(a, \"words\")", "assert!(edited, \"words\")"),
    ] {
        let mut list = known(source);
        list.arguments[0].expr = expression("edited");
        assert_same(&list.rebuild(), edited);
    }
}

#[test]
fn matches_shows_guard_and_bindings() {
    let mut list = known("matches!(next().await, Some(a) | Other { a, .. } if a > limit)");
    assert_eq!(
        described(&list),
        ["next () . await [Scrutinee]", "a > limit [Guard]"]
    );
    let pattern = list.pattern().expect("the pattern is kept");
    assert_eq!(super::super::pattern_bindings(pattern), ["a"]);
    list.arguments[0].expr = expression("value");
    list.arguments[1].expr = expression("a > (*limit)");
    assert_same(
        &list.rebuild(),
        "matches!(value, Some(a) | Other { a, .. } if a > (*limit))",
    );
}

#[test]
fn elements_and_values() {
    assert_eq!(described(&known("vec![a; n]")), ["a [Value]", "n [Value]"]);
    assert_eq!(described(&known("dbg!(a, b)")), ["a [Value]", "b [Value]"]);
    let mut list = known("vec![first.await, second]");
    list.arguments[0].expr = expression("__first");
    assert_same(&list.rebuild(), "vec![__first, second]");
}

#[test]
fn constants_are_no_arguments() {
    for source in [
        "stringify!(x)",
        "concat!(\"x\", 1)",
        "line!()",
        "format!(concat!(\"{}\"))",
        "panic!(TEXT)",
    ] {
        assert!(known(source).arguments.is_empty(), "{source}");
    }
}

#[test]
fn what_leaves_the_function_is_told() {
    assert!(known("bail!(\"text\")").leaves);
    assert!(known("ensure!(a, \"text {b}\")").leaves);
    assert!(known("futures::ready!(a)").leaves);
    assert!(!known("anyhow!(error)").leaves);
    assert_eq!(
        described(&known("ensure!(a > b, Error(c))")),
        ["a > b [Value]", "Error (c) [Lazy]"]
    );
    assert_eq!(described(&known("bail!(\"{}\", c)")), ["c [Borrowed]"]);
}

#[test]
fn json_values_and_keys() {
    let mut list =
        known(r#"json!({ "id": id, (key): [a, null, { "b": b.await }], "none": null })"#);
    assert_eq!(
        described(&list),
        [
            "id [Borrowed]",
            "key [Value]",
            "a [Borrowed]",
            "b . await [Borrowed]"
        ]
    );
    list.arguments[3].expr = expression("__b");
    assert_same(
        &list.rebuild(),
        r#"json!({ "id": id, (key): [a, null, { "b": __b }], "none": null })"#,
    );
}

#[test]
fn unknown_macros_show_expressions() {
    let mut list = unknown("crate::check!(a, limit = b.await, \"{c}\")");
    assert_eq!(
        described(&list),
        [
            "a [Unknown]",
            "limit: b . await [Unknown]",
            "\"{c}\" [Unknown]"
        ]
    );
    assert_eq!(list.captures, ["c"]);
    list.arguments[1].expr = expression("__b");
    assert_same(&list.rebuild(), "crate::check!(a, limit = __b, \"{c}\")");
}

#[test]
fn a_variable_is_no_constant() {
    for source in [
        "format!(text)",
        "info!(logger.name(), \"x\")",
        "event!(level, \"x\")",
        "line!(x)",
        "concat!(a, b)",
    ] {
        let call = read(&invocation(source));
        let Call::Unknown(list) = &call else {
            panic!("{source} is read as {}", kind(&call))
        };
        assert!(!list.arguments.is_empty(), "{source}");
    }
}

#[test]
fn pins() {
    let variables = |call: Call| match call {
        Call::Pins(Pins::Variables(variables)) => {
            variables.iter().map(ToString::to_string).collect()
        }
        other => panic!("read as {}", kind(&other)),
    };
    let names: Vec<String> = variables(read(&invocation("tokio::pin!(a, b)")));
    assert_eq!(names, ["a", "b"]);
    let names: Vec<String> = variables(read(&invocation("pin_mut!(a,)")));
    assert_eq!(names, ["a"]);
    let names: Vec<String> = variables(read_statement(&invocation("pin!(a)"), false));
    assert_eq!(names, ["a"]);
    assert_eq!(described(&known("pin!(a)")), ["a [Pinned]"]);
    assert_eq!(described(&known("std::pin::pin!(a)")), ["a [Pinned]"]);
    assert_eq!(
        kind(&read_statement(&invocation("pin!(a())"), false)),
        "arguments"
    );
    assert_eq!(
        kind(&read_statement(&invocation("pin!(a)"), true)),
        "arguments"
    );
}

#[test]
fn pinned_declarations() {
    let call = read_statement(
        &invocation("pin! { let a = first(x); let b = second(); }"),
        false,
    );
    let Call::Pins(Pins::Declarations(declarations)) = call else {
        panic!("read as {}", kind(&call))
    };
    let shown: Vec<String> = declarations
        .iter()
        .map(|declaration| {
            format!(
                "{} = {}",
                declaration.name,
                declaration.value.to_token_stream()
            )
        })
        .collect();
    assert_eq!(shown, ["a = first (x)", "b = second ()"]);
}
