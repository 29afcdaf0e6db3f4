//! The variables patterns bind.

use syn::Pat;
use syn::parse::Parser;

use super::super::pattern_bindings;

#[track_caller]
fn assert_bindings(source: &str, expected: &[&str]) {
    let pattern = Pat::parse_multi_with_leading_vert
        .parse_str(source)
        .expect("a pattern");
    let found: Vec<String> = pattern_bindings(&pattern)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn names() {
    assert_bindings("x", &["x"]);
    assert_bindings("mut x", &["x"]);
    assert_bindings("_", &[]);
    assert_bindings("_unused", &["_unused"]);
    assert_bindings("r#type", &["r#type"]);
}

#[test]
fn constants_and_variants() {
    assert_bindings("None", &[]);
    assert_bindings("MAX", &[]);
    assert_bindings("_MAX", &[]);
    assert_bindings("module::constant", &[]);
    assert_bindings("ref X", &["X"]);
    assert_bindings("mut X", &["X"]);
    assert_bindings("X @ 1..=5", &["X"]);
    assert_bindings("low..=HIGH", &[]);
}

#[test]
fn nested() {
    assert_bindings("Some((a, [b, .., c @ 1..]))", &["a", "b", "c"]);
    assert_bindings("Point { x, y: Some(z), ref mut w, .. }", &["x", "z", "w"]);
    assert_bindings("Matrix { X, y: None }", &["X"]);
    assert_bindings("| Ok(a) | Err(a)", &["a"]);
    assert_bindings("all @ &(first, ref second)", &["all", "first", "second"]);
    assert_bindings("[head, tail @ ..]", &["head", "tail"]);
}
