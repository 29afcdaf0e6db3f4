//! Macros that await by themselves.

use quote::ToTokens;

use super::super::{Awaiting, Flavor, Select, SelectArm};
use super::{assert_same, awaiting, expression, invocation, kind, read};

fn select(source: &str) -> (Flavor, Select) {
    let call = awaiting(source);
    match call.awaiting {
        Awaiting::Select(select) => (call.flavor, select),
        _ => panic!("{source} is no select"),
    }
}

/// `pattern / future / precondition / handler` of each branch.
fn branches(select: &Select) -> Vec<String> {
    select
        .branches()
        .map(|branch| {
            let precondition = branch
                .precondition
                .as_ref()
                .map(|precondition| &precondition.condition);
            format!(
                "{} / {} / {} / {}",
                branch.pattern.to_token_stream(),
                branch.future.to_token_stream(),
                precondition
                    .map(|condition| condition.to_token_stream().to_string())
                    .unwrap_or_default(),
                branch.handler.to_token_stream(),
            )
        })
        .collect()
}

#[test]
fn branches_of_tokio() {
    let (flavor, select) = select(
        "tokio::select! {
            biased;
            Some(a) = next(), if open && !done => { a }
            _ = &mut timer => return,
            Ok(b) | Err(b) = other => (b, 1),
            else => panic!(),
        }",
    );
    assert_eq!(flavor, Flavor::Tokio);
    assert!(select.biased.is_some());
    assert_eq!(
        branches(&select),
        [
            "Some (a) / next () / open && ! done / { a }",
            "_ / & mut timer /  / return",
            "Ok (b) | Err (b) / other /  / (b , 1)",
        ]
    );
    assert_eq!(
        select
            .branches()
            .next()
            .map(|branch| branch.bindings())
            .unwrap_or_default(),
        ["a"]
    );
    let otherwise = select.else_handler().expect("there is an else arm");
    assert_eq!(otherwise.to_token_stream().to_string(), "panic ! ()");
}

#[test]
fn a_block_ends_its_arm() {
    let (_, select) = select("select! { a = x => { 1 } (b, c) = y => { 2 } [d] = z => {} }");
    assert_eq!(
        branches(&select),
        [
            "a / x /  / { 1 }",
            "(b , c) / y /  / { 2 }",
            "[d] / z /  / { }"
        ]
    );
}

#[test]
fn a_bare_select_is_told_by_its_grammar() {
    assert_eq!(
        select("select! { a = x => a, complete => 1 }").0,
        Flavor::Futures
    );
    assert_eq!(
        select("select! { default => 1, a = x => a }").0,
        Flavor::Futures
    );
    assert_eq!(select("select! { a = x, if b => a, }").0, Flavor::Tokio);
    assert_eq!(select("select! { a = x => a }").0, Flavor::Tokio);
    assert_eq!(select("futures::select! { a = x => a }").0, Flavor::Futures);
    assert_eq!(select("select_biased! { a = x => a }").0, Flavor::Futures);
    assert_eq!(
        select("state_future::runtime::select! { a = x => a }").0,
        Flavor::Runtime
    );
    assert_eq!(
        kind(&read(&invocation(
            "select! { a = x, if b => a, complete => 1 }"
        ))),
        "opaque"
    );
}

#[test]
fn keywords_of_fallbacks_can_be_variables() {
    let (_, select) = select("select! { complete = x => complete, default = y => default }");
    assert_eq!(
        branches(&select),
        ["complete / x /  / complete", "default / y /  / default"]
    );
    assert_eq!(select.fallbacks().count(), 0);
}

#[test]
fn joins() {
    let call = awaiting("tokio::try_join!(biased; a(), b)");
    let Awaiting::Join(join) = &call.awaiting else {
        panic!("no join")
    };
    assert!(join.fallible && join.biased.is_some());
    assert_eq!(join.operands.len(), 2);
    assert_eq!(awaiting("futures_util::join!(a)").flavor, Flavor::Futures);
    assert!(
        matches!(awaiting("runtime::race!(a, b)").awaiting, Awaiting::Race(operands) if operands.len() == 2)
    );
    assert!(matches!(awaiting("pending!()").awaiting, Awaiting::Pending));
    assert!(matches!(
        awaiting("futures::poll!(a)").awaiting,
        Awaiting::Poll(_)
    ));
}

#[test]
fn edited_expressions_are_built_in() {
    let mut call = awaiting("select! { a = x, if b => { c } d = y => { e } else => f }");
    let names: Vec<String> = call
        .expressions_mut()
        .iter()
        .map(|expression| expression.to_token_stream().to_string())
        .collect();
    assert_eq!(names, ["x", "b", "{ c }", "y", "{ e }", "f"]);
    for expr in call.expressions_mut() {
        *expr = expression("edited");
    }
    assert_same(
        &call.rebuild(),
        "select! { a = edited, if edited => edited, d = edited => edited, else => edited }",
    );
    let mut call = awaiting("join!(biased; a, b,)");
    *call.expressions_mut()[1] = expression("edited");
    assert_same(&call.rebuild(), "join!(biased; a, edited,)");
}

#[test]
fn arms_stay_in_order() {
    let (_, select) = select("select! { default => 1, a = x => a, complete => 2 }");
    let shown: Vec<&str> = select
        .arms
        .iter()
        .map(|arm| match arm {
            SelectArm::Branch(_) => "branch",
            SelectArm::Fallback(_) => "fallback",
        })
        .collect();
    assert_eq!(shown, ["fallback", "branch", "fallback"]);
}
