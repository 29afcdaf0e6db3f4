//! Functions of modules, of functions, and of `macro_rules!`.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

#[state_future]
async fn nothing() {}

#[state_future]
pub(crate) async fn plain(addr: &str, n: usize) -> usize {
    pause().await;
    addr.len() + n
}

#[test]
fn arguments_and_output() {
    block_on(nothing());
    assert_eq!(block_on(sendable(plain("abc", 4))), 7);
}

#[test]
fn a_call_runs_nothing_and_captures_everything() {
    struct Loud<'a>(&'a std::cell::Cell<u32>);
    impl Drop for Loud<'_> {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    #[state_future]
    async fn hold(_: Loud<'_>, _unused: Loud<'_>, ran: &std::cell::Cell<u32>) {
        ran.set(ran.get() + 100);
    }
    let count = std::cell::Cell::new(0);
    let future = hold(Loud(&count), Loud(&count), &count);
    assert_eq!(count.get(), 0);
    drop(future);
    assert_eq!(count.get(), 2);
}

#[state_future]
async fn generic<T: Default + PartialEq, const N: usize>(list: [T; N]) -> usize
where
    T: Clone,
{
    pause().await;
    list.iter().filter(|item| **item == T::default()).count()
}

#[state_future]
async fn made<T: Default, const N: usize>() -> (T, usize) {
    pause().await;
    (T::default(), N)
}

#[test]
fn type_and_const_parameters() {
    assert_eq!(block_on(sendable(generic([0, 1, 0]))), 2);
    assert_eq!(block_on(made::<String, 5>()), (String::new(), 5));
}

#[state_future]
async fn longest<'a, 'b: 'a>(first: &'a str, second: &'b str) -> &'a str {
    pause().await;
    if first.len() > second.len() {
        first
    } else {
        second
    }
}

#[state_future]
async fn early<'a, T>(first: &'a T) -> String
where
    &'a T: Display,
{
    pause().await;
    first.to_string()
}

#[state_future]
async fn elided(text: &str, _n: usize) -> &str {
    pause().await;
    text.trim()
}

#[state_future]
async fn boxed(numbers: &[u8]) -> Box<dyn Iterator<Item = &u8> + '_> {
    pause().await;
    Box::new(numbers.iter())
}

struct Words<'a>(&'a str);

#[state_future]
async fn hidden_lifetimes(words: Words<'_>, f: fn(&str) -> &str) -> Words<'_> {
    pause().await;
    Words(f(words.0))
}

#[test]
fn lifetimes_named_and_elided() {
    let long = String::from("long");
    assert_eq!(block_on(longest(&long, "longer")), "longer");
    assert_eq!(block_on(early(&7)), "7");
    assert_eq!(block_on(elided(" x ", 0)), "x");
    assert_eq!(block_on(boxed(&[1, 2])).copied().sum::<u8>(), 3);
    assert_eq!(block_on(hidden_lifetimes(Words(" y"), str::trim)).0, "y");
}

/// A borrow of one argument may end before that of the other, so both must be captured.
#[test]
fn two_lifetimes_need_not_agree() {
    let long = 5;
    #[state_future]
    async fn add(first: &u32, second: &mut u32) -> u32 {
        pause().await;
        *second += 1;
        *first + *second
    }
    let sum = {
        let mut short = 6;
        block_on(add(&long, &mut short))
    };
    assert_eq!(sum, 12);
}

#[state_future]
async fn unnamed_types(
    show: impl Display,
    others: &[impl Debug],
    call: impl Fn(&str) -> usize,
) -> String {
    pause().await;
    format!("{show} {others:?} {}", call("four"))
}

#[state_future]
async fn both_kinds<T: Default + Debug>(show: impl Display) -> String {
    pause().await;
    format!("{show} {:?}", T::default())
}

#[state_future]
async fn returned(limit: u32) -> impl Iterator<Item = u32> {
    pause().await;
    0..limit
}

#[state_future]
async fn returned_borrow<'a>(text: &'a str) -> impl Iterator<Item = char> + 'a {
    pause().await;
    text.chars()
}

#[test]
fn impl_trait_in_arguments_and_results() {
    assert_eq!(
        block_on(sendable(unnamed_types(1, &["a"], str::len))),
        "1 [\"a\"] 4"
    );
    assert_eq!(block_on(both_kinds::<u8>("x")), "x 0");
    assert_eq!(block_on(sendable(returned(4))).sum::<u32>(), 6);
    assert_eq!(block_on(returned_borrow("ab")).last(), Some('b'));
}

#[state_future]
async fn patterns(
    (a, b): (u8, u8),
    [c, ..]: [u8; 3],
    mut d: u8,
    ref e: u8,
    f @ 0..: u8,
    Words(g): Words<'_>,
) -> usize {
    pause().await;
    d += a + b + c + *e + f;
    usize::from(d) + g.len()
}

#[test]
fn pattern_parameters() {
    assert_eq!(
        block_on(patterns((1, 2), [3, 0, 0], 4, 5, 6, Words("seven"))),
        26
    );
}

#[state_future]
async fn machine(ownership: u32) -> u32 {
    pause().await;
    ownership + 1
}

#[state_future]
async fn names_of_ours(plain: u32) -> u32 {
    machine(plain).await
}

#[test]
fn the_users_names_win() {
    assert_eq!(block_on(names_of_ours(1)), 2);
}

#[state_future]
async fn r#async(r#type: u8) -> u8 {
    pause().await;
    r#type
}

#[state_future]
async unsafe fn dangerous(pointer: *const u8) -> u8 {
    unsafe { *pointer }
}

#[state_future]
async fn never() -> ! {
    std::future::pending().await
}

#[test]
fn odd_signatures() {
    assert_eq!(block_on(r#async(3)), 3);
    assert_eq!(block_on(unsafe { dangerous(&9) }), 9);
    drop(never());
}

#[test]
fn sixteen_parameters() {
    #[rustfmt::skip]
    #[state_future]
    async fn many(
        a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8,
    ) -> u8 {
        pause().await;
        a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p
    }
    assert_eq!(
        block_on(many(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
        16
    );
}

#[test]
fn nested_in_functions() {
    #[state_future]
    async fn outer(n: u32) -> u32 {
        #[state_future]
        async fn inner(n: u32) -> u32 {
            pause().await;
            n + 1
        }
        inner(n).await + inner(n).await
    }
    assert_eq!(block_on(sendable(outer(1))), 4);
}

macro_rules! adders {
    ($($name:ident($argument:ident: $ty:ty) $body:block)*) => {
        $(
            #[state_future]
            async fn $name($argument: $ty) -> $ty {
                let total: $ty = $body;
                pause().await;
                total + $argument
            }
        )*
    };
}

adders! {
    doubled(x: u32) { x }
    increased(y: i64) { 1 }
}

#[test]
fn from_macro_rules() {
    assert_eq!(block_on(doubled(4)), 8);
    assert_eq!(block_on(increased(4)), 5);
}

#[state_future]
async fn recursive(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    n + Box::pin(recursive(n - 1)).await
}

#[test]
fn recursion_through_a_box() {
    assert_eq!(block_on(recursive(10)), 55);
}

#[state_future]
async fn not_sendable(n: u32) -> u32 {
    let shared = Rc::new(n);
    pause().await;
    *shared
}

#[test]
fn a_future_that_stays_on_its_thread() {
    let future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(not_sendable(3));
    assert_eq!(block_on(future), 3);
}
