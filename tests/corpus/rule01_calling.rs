// Calling runs nothing. Every parameter is captured, `_` and unused ones too.

#[lower]
async fn empty() {}

#[lower]
async fn no_await(a: Noisy) -> u32 {
    mark("body");
    a.look()
}

#[lower]
async fn one_await() -> u32 {
    mark("body");
    leaf("answer", 2, 42).await
}

#[lower]
async fn unused_parameter(unused: Noisy) {
    mark("body");
    tick("pause").await;
    mark("end");
}

#[lower]
async fn underscore_parameter(_: Noisy) {
    mark("body");
    tick("pause").await;
    mark("end");
}

#[lower]
async fn underscore_named_parameter(_first: Noisy, _second: Noisy) -> u32 {
    mark("body");
    leaf("answer", 1, 1).await
}

#[lower]
async fn only_underscores(_: Noisy, _: Noisy, _: Noisy) {}

#[lower]
async fn mutable_parameter(mut a: Noisy) -> u32 {
    let first = a.touch();
    tick("pause").await;
    first + a.touch()
}

#[lower]
async fn ready_leaf_only() -> u32 {
    leaf("ready", 0, 3).await
}

#[lower]
async fn last_expression_is_unit(a: Noisy) {
    tick("pause").await
}

#[lower]
async fn returns_parameter(a: Noisy, b: Noisy) -> Noisy {
    tick("pause").await;
    a
}

#[lower]
async fn parameter_moved_before_await(a: Noisy, b: Noisy) {
    drop(a);
    tick("pause").await;
    mark("end");
}

#[lower]
async fn calls_without_awaiting(a: Noisy) -> u32 {
    let future = one_await();
    a.look();
    drop(future);
    mark("after drop");
    2
}

#[lower]
async fn stores_the_future_and_awaits_later(a: Noisy) -> u32 {
    let future = returns_parameter(a, noisy("b"));
    mark("between");
    future.await.look()
}

#[lower]
async fn drops_a_called_future_after_an_await(a: Noisy) {
    let future = returns_parameter(a, noisy("b"));
    tick("pause").await;
    drop(future);
    mark("end");
}

#[lower]
async fn discards_a_called_future(a: Noisy) {
    let _ = returns_parameter(a, noisy("b"));
    tick("pause").await;
}

cases! {
    empty(),
    no_await(noisy("a")),
    one_await(),
    unused_parameter(noisy("unused")),
    underscore_parameter(noisy("underscore")),
    underscore_named_parameter(noisy("first"), noisy("second")),
    only_underscores(noisy("a"), noisy("b"), noisy("c")),
    mutable_parameter(noisy("a")),
    ready_leaf_only(),
    last_expression_is_unit(noisy("a")),
    returns_parameter(noisy("a"), noisy("b")),
    parameter_moved_before_await(noisy("a"), noisy("b")),
    calls_without_awaiting(noisy("a")),
    stores_the_future_and_awaits_later(noisy("a")),
    drops_a_called_future_after_an_await(noisy("a")),
    discards_a_called_future(noisy("a")),
}
