// The macros of std with awaits in their arguments and inline captures of locals that cross awaits.

use std::fmt::Write;

#[lower]
async fn format_with_awaits(a: Noisy) -> String {
    let text = format!("{} {:?} {}", leaf("one", 1, 1).await, a.view().look(), leaf("two", 1, "two").await);
    mark("after statement");
    text
}

#[lower]
async fn format_with_named_arguments(a: Noisy) -> String {
    format!("{number} {a} {number:>4} {other:?}", number = leaf("number", 1, 5).await, other = a.peek().await)
}

/// The type of what stands before the await is known only from what is awaited.
#[lower]
async fn compared_with_none(a: Noisy) {
    assert_eq!(None, leaf("one", 1, None::<Noisy>).await.as_ref().map(Noisy::look));
    assert_ne!(None, Some(a.peek().await));
}

#[lower]
async fn format_with_inline_captures(count: u32) -> String {
    let name = noisy("name");
    let width = 6;
    let precision = 2;
    let ratio = 0.123_456;
    tick("pause").await;
    format!("{name} {name:?} {count:width$} {ratio:.precision$} {{braces}} {}", leaf("extra", 1, 'x').await)
}

#[lower]
async fn format_with_inline_capture_as_last_mention() -> String {
    let name = noisy("name");
    let other = noisy("other");
    tick("before").await;
    let text = format!("{name}");
    tick("after").await;
    text
}

#[lower]
async fn format_with_positions() -> String {
    format!("{1} {0} {1:?} {:>width$} {0:<1$}", leaf("zero", 1, 0).await, leaf("one", 1, 1).await, width = leaf("width", 1, 3).await)
}

#[lower]
async fn format_of_a_temporary_receiver(a: Noisy) -> String {
    format!("{} {}", a.view().load().await, noisy("temporary"))
}

#[lower]
async fn format_of_a_consumed_output() -> String {
    let first = format!("{}", succeed("one", noisy("a")).await.unwrap().look());
    tick("between").await;
    first + &format!("{:?} {}", succeed("two", 2).await.ok(), Box::new(noisy("b")).consume().await)
}

#[lower]
async fn print_family(a: Noisy) {
    let name = "print";
    print!("{}", leaf("print", 1, "").await);
    println!("{name} {}", a.peek().await);
    eprint!("{}", leaf("eprint", 1, "").await);
    eprintln!("{a} {}", leaf("eprintln", 1, 1).await);
    println!();
}

#[lower]
async fn write_to_a_string(a: Noisy) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    write!(text, "{} ", leaf("first", 1, 1).await)?;
    writeln!(text, "{a} {}", a.peek().await)?;
    write!(&mut text, "{}", leaf("third", 1, 3).await)?;
    writeln!(text)?;
    Ok(text)
}

#[lower]
async fn write_reads_its_target() -> String {
    let mut text = String::from("start");
    let length = text.len();
    write!(text, " {length} {}", leaf("length", 1, length).await).unwrap();
    text
}

#[lower]
async fn assert_family(a: Noisy) -> u32 {
    assert!(leaf("condition", 1, true).await);
    assert!(a.peek().await > 0, "message {}", a.look());
    assert_eq!(leaf("left", 1, 1).await, 1);
    assert_eq!(a.view().look(), a.view().load().await - 1 + leaf("one", 1, 0).await, "with {a}");
    3
}

#[lower]
async fn assert_holds(a: Noisy) -> u32 {
    assert!(leaf("condition", 1, true).await);
    assert_eq!(leaf("left", 1, 1).await, leaf("right", 1, 1).await);
    assert_ne!(a.view().load().await, leaf("right", 1, 100).await, "{}", a.look());
    debug_assert!(leaf("debug", 1, true).await, "debug");
    debug_assert_eq!(leaf("left", 1, 2).await, 2);
    debug_assert_ne!(leaf("left", 1, 2).await, 3);
    4
}

#[lower]
async fn assert_fails_with_a_message(a: Noisy) {
    let local = noisy("local");
    assert!(leaf("condition", 1, false).await, "{local} {}", leaf("message", 1, 5).await);
}

#[lower]
async fn assert_holds_with_a_message(a: Noisy) -> u32 {
    assert!(a.view().load().await > 0, "{}", leaf("not evaluated", 1, 5).await);
    debug_assert!(a.look() > 0 && leaf("condition", 1, true).await, "{a} {}", leaf("not evaluated", 1, 5).await);
    a.look()
}

#[lower]
async fn assert_fails_without_a_message(a: Noisy) {
    assert_ne!(a.peek().await, leaf("right", 1, 1).await);
}

#[lower]
async fn assert_text_of_the_condition(number: u32) {
    tick("pause").await;
    assert!(number > 5 && leaf("condition", 1, number).await > 6);
}

#[lower]
async fn vec_with_awaits() -> Vec<Noisy> {
    vec![noisy("one"), leaf("two", 1, noisy("two")).await, noisy("three")]
}

#[lower]
async fn vec_repeated() -> Vec<u32> {
    vec![leaf("element", 1, 7).await; leaf("length", 1, 2).await]
}

#[lower]
async fn vec_of_futures() -> u32 {
    let futures = vec![leaf("one", 1, 1), leaf("two", 2, 2)];
    let mut sum = 0;
    for future in futures {
        sum += future.await;
    }
    sum
}

#[lower]
async fn matches_with_await(a: Noisy) -> (bool, bool, bool) {
    (
        matches!(leaf("option", 1, Some(3)).await, Some(1..=5)),
        matches!(a.view().load().await, number if number > 5),
        matches!(a.peek().await, 0 | 1),
    )
}

#[lower]
async fn dbg_with_await(a: Noisy) -> u32 {
    let number = dbg!(leaf("number", 1, 1).await) + 1;
    let (left, right) = dbg!(number, a.peek().await);
    left + right
}

#[lower]
async fn panic_with_await(a: Noisy) -> u32 {
    panic!("{a} {}", leaf("number", 1, 1).await)
}

#[lower]
async fn unreachable_with_await(flag: bool) -> u32 {
    if flag { unreachable!("{}", leaf("number", 1, 1).await) } else { todo!("{}", leaf("number", 1, 2).await) }
}

#[lower]
async fn macros_without_awaits_between_awaits(a: Noisy) -> String {
    tick("one").await;
    let list = vec![a.look(), 2];
    tick("two").await;
    assert!(!list.is_empty(), "{a}");
    let text = concat!("con", "cat", 1);
    tick("three").await;
    format!("{list:?} {text} {} {}", stringify!(a + b), line!() > 0)
}

#[not_yet]
async fn own_macro_without_await(a: Noisy) -> u32 {
    macro_rules! look_twice {
        ($value:ident) => {
            $value.look() + $value.look()
        };
    }
    tick("one").await;
    let sum = look_twice!(a);
    tick("two").await;
    sum
}

#[lower]
async fn own_macro_that_returns_early(maybe: Option<u32>) -> Result<u32, Failure> {
    macro_rules! take {
        ($value:expr) => {
            match $value {
                Some(value) => value,
                None => return Err(Failure("nothing")),
            }
        };
    }
    let a = noisy("a");
    tick("one").await;
    let number = take!(maybe);
    tick("two").await;
    Ok(number)
}

#[lower]
async fn std_pin_macro() -> u32 {
    let future = std::pin::pin!(leaf("pinned", 1, 1));
    future.await + std::pin::pin!(leaf("inline", 1, 2)).await
}

#[lower]
async fn std_pin_macro_as_a_tail() -> u32 {
    use std::pin::pin;
    let future = leaf("future", 1, noisy("a"));
    let pinned = {
        tick("in the block").await;
        pin!(future)
    };
    let block = async {
        let inner = leaf("inner", 1, noisy("b"));
        let pinned = { pin!(inner) };
        pinned.await.spend()
    };
    tick("before").await;
    pinned.await.look() + block.await
}

#[lower]
async fn thread_local_and_env() -> usize {
    thread_local! {
        static COUNT: std::cell::Cell<usize> = const { std::cell::Cell::new(3) };
    }
    tick("pause").await;
    COUNT.with(|count| count.get()) + option_env!("NOT_SET_ANYWHERE").map_or(0, str::len)
}

// As the one of `async_stream` does.
macro_rules! stream {
    ($($tokens:tt)*) => {
        async move { $($tokens)* }
    };
}

#[lower]
async fn block_of_a_macro(a: Noisy, b: Noisy) -> u32 {
    let local = noisy("local");
    tick("before").await;
    let mut future = Box::pin(stream! {
        let inner = noisy("inner");
        tick("in the block").await;
        a.look() + local.look() + inner.look()
    });
    tick("between").await;
    let sum = future.as_mut().await;
    tick("after").await;
    sum + b.look()
}

// As in `tokio_test`.
macro_rules! assert_ok {
    ($result:expr) => { assert_ok!($result,) };
    ($result:expr,) => {{
        match $result {
            Ok(value) => value,
            Err(error) => panic!("not ok: {error:?}"),
        }
    }};
    ($result:expr, $($message:tt)+) => {{
        match $result {
            Ok(value) => value,
            Err(error) => panic!("not ok: {error:?}, {}", format_args!($($message)+)),
        }
    }};
}

#[lower]
async fn assert_ok_with_awaits(a: Noisy) -> u32 {
    let number = assert_ok!(succeed("number", a.view().look()).await);
    assert_ok!(succeed("message", a.peek().await).await, "with {a} and {number}");
    let kept: Result<Noisy, Failure> = Ok(noisy("kept"));
    tick("between").await;
    let kept = assert_ok!(kept);
    tick("afterwards").await;
    kept.look() + number
}

#[lower]
async fn assert_ok_fails(a: Noisy) -> u32 {
    assert_ok!(fail::<u32>("failure").await, "with {a}")
}

// Nothing is known about these.
macro_rules! looked_at {
    ($name:expr) => { $name.look() };
}

macro_rules! used_up {
    ($name:expr) => { $name.spend() };
}

macro_rules! statements {
    ($name:expr, $other:expr) => {
        $name.look();
        $other.spend();
    };
}

macro_rules! give_up {
    ($name:expr) => { return Err(Failure($name)) };
}

macro_rules! one_statement {
    ($($name:expr),*) => { let_go(($($name,)*)); };
}

fn let_go<T>(_: T) {}

macro_rules! deferred {
    ($name:expr) => { let _guard = noisy($name); };
}

/// What such a macro declares lives to the end of its block, and no longer.
#[lower]
async fn unknown_macro_declares() -> u32 {
    let a = noisy("a");
    {
        deferred!("in a block");
        a.look();
    }
    one_statement!(noisy("b"), a.look());
    tick("between").await;
    one_statement!(a);
    tick("afterwards").await;
    let sum = leaf("last", 1, 1).await;
    deferred!("after the last await");
    sum + 1
}

#[lower]
async fn unknown_macro_is_statements() -> u32 {
    let a = noisy("a");
    let b = noisy("b");
    let c = noisy("c");
    tick("between").await;
    {
        statements!(a, b);
    }
    tick("afterwards").await;
    c.look()
}

#[lower]
async fn unknown_macro_borrows_a_field(pair: (Noisy, Noisy)) -> u32 {
    tick("between").await;
    let length = looked_at!(pair.0);
    tick("afterwards").await;
    length
}

#[lower]
async fn unknown_macro_leaves(early: bool) -> Result<u32, Failure> {
    let a = noisy("a");
    let length = leaf("length", 1, 3).await;
    if early {
        let b = noisy("b");
        tick("early").await;
        give_up!("early");
    }
    for turn in 0..2 {
        let c = noisy("c");
        if looked_at!(c) + turn > 1 + length {
            give_up!("never");
        }
        succeed("turn", turn).await?;
    }
    let late = || -> Result<u32, Failure> { give_up!("late") };
    late().or(Ok(a.spend()))
}

#[lower]
async fn unknown_macro_leaves_a_function_without_result(early: bool) {
    macro_rules! stop {
        () => { return };
    }
    let a = noisy("a");
    tick("between").await;
    if early {
        stop!();
    }
    tick("afterwards").await;
}

#[lower]
async fn unknown_macro_borrows() -> u32 {
    let a = noisy("a");
    tick("between").await;
    let length = looked_at!(a);
    tick("afterwards").await;
    length
}

#[lower]
async fn unknown_macro_consumes() -> u32 {
    let a = noisy("a");
    tick("between").await;
    let length = used_up!(a);
    tick("afterwards").await;
    length
}

/// As in `anyhow` and `snafu`: it returns from the function.
macro_rules! ensure {
    ($condition:expr, $($message:tt)*) => {
        if !$condition {
            return Err(format!($($message)*));
        }
    };
}

#[lower]
async fn ensure_returns_an_error(number: u32) -> Result<u32, String> {
    let a = noisy("a");
    ensure!(number > 1, "{number} is too small");
    tick("pause").await;
    ensure!(number > 2, "{} is too small after the pause", number);
    Ok(a.look() + number)
}

// As `doc!` of `bson` takes its values, and as `value!` of `async_graphql` looks at them.
macro_rules! document {
    ($($key:tt : $value:expr),* $(,)?) => { vec![$((String::from($key), $value.spend())),*] };
}

macro_rules! shown {
    ({ $($key:tt : $value:expr),* }) => { vec![$((String::from($key), $value.look())),*] };
}

#[lower]
async fn unknown_macro_with_a_text(name: String) -> (Vec<(String, u32)>, Vec<(String, u32)>) {
    let a = noisy("a");
    let b = noisy("b");
    let c = noisy("c");
    tick("between").await;
    let shown = shown!({ "a": a, "b": b });
    tick("then").await;
    let spent = document! { "b": b, (name): c };
    tick("afterwards").await;
    (shown, spent)
}

cases! {
    compared_with_none: compared_with_none(noisy("a")),
    unknown_macro_with_a_text(String::from("name")),
    format_of_a_consumed_output(),
    ensure_before_the_pause: ensure_returns_an_error(1),
    ensure_after_the_pause: ensure_returns_an_error(2),
    ensure_holds: ensure_returns_an_error(3),
    assert_ok_with_awaits(noisy("a")),
    assert_ok_fails(noisy("a")),
    unknown_macro_borrows(),
    unknown_macro_is_statements(),
    unknown_macro_declares(),
    unknown_macro_borrows_a_field((noisy("left"), noisy("right"))),
    unknown_macro_leaves_early: unknown_macro_leaves(true),
    unknown_macro_leaves_late: unknown_macro_leaves(false),
    stops_early: unknown_macro_leaves_a_function_without_result(true),
    stops_late: unknown_macro_leaves_a_function_without_result(false),
    unknown_macro_consumes(),
    block_of_a_macro(noisy("a"), noisy("b")),
    format_with_awaits(noisy("a")),
    format_with_named_arguments(noisy("a")),
    format_with_inline_captures(5),
    format_with_inline_capture_as_last_mention(),
    format_with_positions(),
    format_of_a_temporary_receiver(noisy("a")),
    print_family(noisy("a")),
    write_to_a_string(noisy("a")),
    write_reads_its_target(),
    assert_family(noisy("a")),
    assert_holds(noisy("a")),
    assert_fails_with_a_message(noisy("a")),
    assert_holds_with_a_message(noisy("a")),
    assert_fails_without_a_message(noisy("a")),
    assert_text_of_the_condition(6),
    vec_with_awaits(),
    vec_repeated(),
    vec_of_futures(),
    matches_with_await(noisy("a")),
    dbg_with_await(noisy("a")),
    panic_with_await(noisy("a")),
    unreachable_with_await_unreachable: unreachable_with_await(true),
    unreachable_with_await_todo: unreachable_with_await(false),
    macros_without_awaits_between_awaits(noisy("a")),
    own_macro_without_await(noisy("a")),
    own_macro_that_returns_early_some: own_macro_that_returns_early(Some(1)),
    own_macro_that_returns_early_none: own_macro_that_returns_early(None),
    std_pin_macro(),
    std_pin_macro_as_a_tail(),
    thread_local_and_env(),
}
