//! Futures that borrow from several arguments at once, or from values of types that nobody has named, and the calls that
//! must stay possible of functions that return them.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::pin::Pin;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

struct Named<'n> {
    name: &'n str,
}

/// Wants one lifetime for all of them.
async fn longest<'a>(first: &'a str, second: &'a str) -> &'a str {
    pause().await;
    if first.len() < second.len() {
        second
    } else {
        first
    }
}

#[state_future]
async fn kept_in_an_array(named: &Named<'_>, other: &str) -> usize {
    let both = [named.name, other];
    pause().await;
    both.iter().map(|name| name.len()).sum()
}

#[state_future]
async fn lent_to_one(mut first: String, second: &str, third: &mut String) -> usize {
    first.push('!');
    third.push_str(longest(&first, second).await);
    longest(second, third).await.len()
}

#[state_future]
async fn gives_the_second<'b>(first: &str, second: &'b str) -> &'b str {
    let both = (first, second);
    longest(both.0, both.1).await;
    both.1
}

#[state_future]
async fn by_value<T: Debug>(value: T, prefix: &str) -> String {
    let both = (&value, prefix);
    pause().await;
    format!("{}{:?}", both.1, both.0)
}

#[state_future]
async fn borrowed_output<'a, T: AsRef<str>>(text: &'a str, key: T) -> Option<&'a str> {
    let key = key.as_ref();
    pause().await;
    text.split_once(key).map(|(_, rest)| rest)
}

#[state_future]
async fn opaque_arguments(first: impl Display, second: &mut impl Debug, third: &str) -> String {
    let all = (&first, second);
    pause().await;
    format!("{}{:?}{third}", all.0, all.1)
}

trait Look<'l> {
    fn look(&self) -> &'l str;
}

impl<'l> Look<'l> for Named<'l> {
    fn look(&self) -> &'l str {
        self.name
    }
}

#[state_future]
async fn related_by_a_trait<'l>(look: &impl Look<'l>, other: &str) -> (usize, &'l str) {
    let name = look.look();
    let both = [name, other];
    pause().await;
    (both[1].len(), name)
}

#[state_future]
async fn related_by_where<'a, 'l, L>(look: L, other: &'a str) -> (&'a str, &'l str)
where
    L: Look<'l>,
{
    let look = &look;
    pause().await;
    (other, look.look())
}

struct Cache<T> {
    name: &'static str,
    values: Vec<T>,
}

// Each by itself: what the block declares cannot be seen.
impl<T: Debug + Clone + PartialEq> Cache<T> {
    #[state_future]
    async fn consumed(self) -> String {
        let first = &self.values[0];
        pause().await;
        format!("{first:?}")
    }

    #[state_future]
    pub async fn replaced(self, value: T, words: &[&str]) -> Self {
        let old = self.values.iter().find(|old| **old == value);
        pause().await;
        let count = usize::from(old.is_some()) + words.len();
        Cache {
            name: "cache",
            values: vec![value.clone(); count],
        }
    }

    #[state_future]
    async fn pushed(&mut self, value: T, word: &str) -> (usize, &T) {
        let seen = (&value, word);
        pause().await;
        let length = seen.1.len();
        self.values.push(value);
        (length, &self.values[0])
    }

    #[state_future]
    async fn found<Q: PartialEq<T>>(&self, key: Q, word: &str) -> Option<&T> {
        let key = &key;
        longest(word, word).await;
        self.values.iter().find(|value| *key == **value)
    }

    #[state_future]
    async fn made(value: T) -> Self {
        let seen = &value;
        pause().await;
        let values = vec![seen.clone()];
        Self {
            name: "made",
            values,
        }
    }
}

#[state_future]
impl<'n, T: Debug> Cache<&'n T> {
    async fn whole_block(self, word: &str) -> (String, Option<&'n T>) {
        let both = (&self.values, word);
        pause().await;
        (format!("{both:?}"), self.values.first().copied())
    }

    async fn whole_block_by_reference(&self, other: &'n T, word: &str) -> usize {
        let both = [self.values[0], other];
        longest(word, "x").await;
        both.len()
    }
}

trait Messages {
    type Item;

    async fn send(&mut self, word: &str, item: Self::Item) -> &Self::Item;

    async fn write<W: Extend<char>>(&self, to: &mut W, word: &str) -> usize;

    async fn keep<W: Extend<char>>(&self, to: &mut W, word: &str) -> usize;
}

#[state_future]
impl<T: Clone + PartialEq + Default> Messages for Cache<T> {
    type Item = T;

    async fn send(&mut self, word: &str, item: T) -> &T {
        let both = (word, &item);
        longest(both.0, word).await;
        let item = both.1.clone();
        self.values.push(item);
        &self.values[0]
    }

    async fn write<W: Extend<char>>(&self, to: &mut W, word: &str) -> usize {
        let both = (&self.values, word);
        longest(word, both.1).await;
        to.extend(word.chars());
        both.0.len()
    }

    async fn keep<W: Extend<char>>(&self, to: &mut W, word: &str) -> usize {
        let both = [self.name, word];
        pause().await;
        to.extend(both[1].chars());
        both[0].len()
    }
}

#[async_trait::async_trait]
trait Boxed {
    async fn keep(&self, word: &str, other: &str) -> usize;
}

#[state_future]
#[async_trait::async_trait]
impl Boxed for Named<'_> {
    async fn keep(&self, word: &str, other: &str) -> usize {
        let all = [self.name, word, other];
        longest(all[0], all[1]).await;
        all.len()
    }
}

#[state_future(named = KeptByName)]
async fn named(first: &Named<'_>, other: &str) -> usize {
    let both = [first.name, other];
    pause().await;
    both.iter().map(|name| name.len()).sum()
}

#[state_future]
trait Provided {
    fn name(&self) -> &str;

    async fn joined(&self, other: &str) -> String {
        let both = [self.name(), other];
        longest(both[0], both[1]).await;
        both.concat()
    }
}

impl Provided for Named<'_> {
    fn name(&self) -> &str {
        self.name
    }
}

trait Alone {
    fn word(&self) -> &str;

    #[state_future]
    async fn overridden(&self, other: &str) -> usize {
        let both = [self.word(), other];
        longest(both[0], both[1]).await.len()
    }

    #[state_future]
    async fn generic<T: Debug>(&self, value: T) -> String
    where
        Self: Sync,
    {
        let value = &value;
        pause().await;
        format!("{}{value:?}", self.word())
    }
}

impl Alone for u8 {
    fn word(&self) -> &str {
        "u8"
    }
}

impl Alone for u16 {
    fn word(&self) -> &str {
        "u16"
    }

    async fn overridden(&self, other: &str) -> usize {
        other.len()
    }

    async fn generic<T: Debug>(&self, value: T) -> String
    where
        Self: Sync,
    {
        format!("{value:?}")
    }
}

#[test]
fn one_lifetime_for_several_arguments() {
    let future = sendable(async {
        let (name, other) = (String::from("name"), String::from("other"));
        let named = Named { name: &name };
        let mut third = String::new();
        let lent = lent_to_one(String::from("first"), &other, &mut third).await;
        let second = {
            let first = String::from("short-lived");
            gives_the_second(&first, &other).await
        };
        let all = kept_in_an_array(&named, &other).await + KeptByName::new(&named, &other).await;
        (all, lent, second.len())
    });
    assert_eq!(block_on(future), (18, 6, 5));
}

#[test]
fn values_of_unnamed_types() {
    async fn generic<T: Debug + Clone + Send + Sync>(value: T) -> String {
        let first = by_value(value.clone(), "a").await;
        let second = by_value(&value, &first).await;
        let mut third = value.clone();
        second + &opaque_arguments("b", &mut third, "c").await
    }
    let text = String::from("t");
    assert_eq!(block_on(sendable(generic(&*text))), "a\"t\"\"t\"b\"t\"c");
    let rest = {
        let key = String::from("=");
        block_on(sendable(borrowed_output("k=v", &*key)))
    };
    assert_eq!(rest, Some("v"));
}

#[test]
fn lifetimes_in_bounds() {
    let name = String::from("name");
    let name = {
        let named = Named { name: &name };
        let other = String::from("other");
        let (_, first) = block_on(sendable(related_by_a_trait(&named, &other)));
        let (_, second) = block_on(sendable(related_by_where(named, &other)));
        assert_eq!(first, second);
        second
    };
    assert_eq!(name, "name");
}

#[test]
fn methods_by_themselves_in_a_generic_block() {
    let text = String::from("t");
    let cache = || Cache {
        name: "cache",
        values: vec![&*text],
    };
    assert_eq!(block_on(sendable(cache().consumed())), "\"t\"");
    let replaced = block_on(sendable(cache().replaced("t", &["a", "b"])));
    assert_eq!(replaced.values.len(), 3);
    let mut pushed = cache();
    assert_eq!(block_on(sendable(pushed.pushed("u", "word"))), (4, &"t"));
    assert_eq!(block_on(sendable(pushed.found("u", "word"))), Some(&"u"));
    let made = block_on(sendable(Cache::made(1u8)));
    assert_eq!(made.values, [1]);
}

#[test]
fn methods_of_a_whole_block() {
    let number = 1;
    let cache = || Cache {
        name: "cache",
        values: vec![&number],
    };
    assert_eq!(
        block_on(sendable(cache().whole_block("w"))),
        ("([1], \"w\")".to_owned(), Some(&1))
    );
    assert_eq!(
        block_on(sendable(cache().whole_block_by_reference(&2, "w"))),
        2
    );
}

#[test]
fn methods_of_traits() {
    let mut cache = Cache {
        name: "cache",
        values: vec![1],
    };
    assert_eq!(block_on(sendable(cache.send("w", 2))), &1);
    let mut written = String::new();
    assert_eq!(block_on(sendable(cache.write(&mut written, "w"))), 2);
    assert_eq!(block_on(sendable(cache.keep(&mut written, "w"))), 5);
    assert_eq!(written, "ww");
    let named = Named { name: "n" };
    assert_eq!(block_on(sendable(named.joined("m"))), "nm");
    assert_eq!(block_on(sendable(named.keep("a", "b"))), 3);
    assert_eq!(block_on(1u8.overridden("wor")), 3);
    assert_eq!(block_on(1u16.overridden("w")), 1);
    assert_eq!(block_on(1u8.generic('c')), "u8'c'");
    assert_eq!(block_on(1u16.generic('c')), "'c'");
}

/// Whoever takes the function for any lifetime still does.
#[test]
fn for_any_lifetime() {
    fn call<F>(function: F) -> usize
    where
        F: for<'a, 'b, 'n> AsyncFn(&'a Named<'n>, &'b str) -> usize,
    {
        let name = String::from("name");
        let named = Named { name: &name };
        block_on(function(&named, "other"))
    }

    fn call_with_value<F: for<'a> AsyncFn(u8, &'a str) -> String>(function: F) -> String {
        let prefix = String::from("prefix");
        block_on(function(1, &prefix))
    }

    fn returns<F: for<'a> AsyncFn(&'a str, u8) -> Option<&'a str>>(_: F) {}

    #[state_future]
    async fn tail<T: Debug>(text: &str, value: T) -> Option<&str> {
        let value = &value;
        pause().await;
        text.strip_suffix(&format!("{value:?}"))
    }

    assert_eq!(call(kept_in_an_array), 9);
    assert_eq!(call_with_value(by_value), "prefix1");
    returns(tail);
}

/// In a box whose lifetime is that of what it borrows, and no longer.
#[test]
fn in_boxes() {
    #[state_future]
    async fn total<T: Debug + Send + Sync>(value: T, words: &[&str], last: &str) -> usize {
        let both = (&value, last);
        let Some((first, rest)) = words.split_first() else {
            return both.1.len() + format!("{:?}", both.0).len();
        };
        first.len() + boxed(both.0, rest, last).await
    }

    fn boxed<'a>(
        value: &'a (dyn Debug + Send + Sync),
        words: &'a [&'a str],
        last: &'a str,
    ) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
        Box::pin(total(value, words, last))
    }

    let last = String::from("last");
    assert_eq!(block_on(boxed(&1, &["a", "bc"], &last)), 8);
    let owned: Box<dyn Future<Output = usize>> = Box::new(total(String::new(), &[], "static"));
    drop(owned);
}

/// Functions that borrow nothing themselves, around generic ones that do, and whose types outlive no lifetime with a name.
#[test]
fn around_generic_functions() {
    #[state_future]
    async fn counts<T: Clone>(value: T) -> usize {
        let list = vec![value.clone()];
        pause().await;
        list.len()
    }

    #[state_future]
    async fn passes_on<T: Clone>(value: T) -> usize {
        counts(value).await
    }

    struct Holds<T>(T);

    #[state_future]
    impl<T: Clone> Holds<T> {
        async fn takes(self) -> usize {
            passes_on(self.0).await
        }

        async fn borrows(&self) -> usize {
            let count = passes_on(self.0.clone()).await;
            count + 1
        }

        async fn makes(value: T) -> usize {
            Holds(value).borrows().await
        }
    }

    impl<T: Clone> Holds<T> {
        #[state_future]
        async fn alone(self) -> usize {
            passes_on(self.0).await
        }
    }

    trait Lives: 'static {
        fn start<F: Future<Output: Send + 'static> + Send + 'static>(future: F) -> Pin<Box<F>>;
    }

    struct Boxes;

    impl Lives for Boxes {
        fn start<F: Future<Output: Send + 'static> + Send + 'static>(future: F) -> Pin<Box<F>> {
            Box::pin(future)
        }
    }

    #[state_future]
    async fn leaf<L: Lives>(number: usize) -> usize {
        let list = vec![number];
        pause().await;
        list.len()
    }

    #[state_future]
    async fn starts<L: Lives>(number: usize) -> usize {
        L::start(leaf::<L>(number)).await + leaf::<L>(number).await
    }

    fn started<L: Lives>(number: usize) -> Pin<Box<impl Future<Output = usize>>> {
        L::start(starts::<L>(number))
    }

    let text = String::from("text");
    let all = [
        block_on(passes_on(text.as_str())),
        block_on(Holds(&text).takes()),
        block_on(Holds(&text).borrows()),
        block_on(Holds::makes(1)),
        block_on(Holds(2).alone()),
        block_on(started::<Boxes>(3)),
    ];
    assert_eq!(all, [1, 1, 2, 2, 1, 2]);
}
