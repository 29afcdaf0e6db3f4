//! Other attributes beside ours.

#![deny(warnings, missing_docs, unused, clippy::all)]

use std::future::Future;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

/// Lints of the body speak once, in the twin, and are allowed there.
#[state_future]
#[allow(unused_variables)]
#[inline]
#[must_use]
async fn inert(unused: u32) -> u32 {
    pause().await;
    1
}

#[state_future]
#[expect(unused_variables, reason = "the point of the test")]
async fn expected(unused: u32) -> u32 {
    pause().await;
    2
}

#[state_future]
async fn inner_attribute(unused: u32) -> u32 {
    #![allow(unused_variables)]
    pause().await;
    3
}

#[state_future]
#[cfg(any())]
async fn absent() -> Absent {}

struct Conditional;

#[state_future]
impl Conditional {
    #[cfg(any())]
    async fn get(&self) -> Absent {}

    #[cfg(not(any()))]
    async fn get(&self) -> u32 {
        pause().await;
        4
    }
}

impl Conditional {
    #[state_future]
    #[cfg(any())]
    async fn alone(&self) -> Absent {}

    #[state_future]
    #[cfg_attr(all(), allow(unused_variables))]
    async fn alone(&self, unused: u32) -> u32 {
        pause().await;
        5
    }
}

#[test]
fn attributes_of_the_language() {
    assert_eq!(
        block_on(inert(0)) + block_on(expected(0)) + block_on(inner_attribute(0)),
        6
    );
    assert_eq!(
        block_on(Conditional.get()) + block_on(Conditional.alone(0)),
        9
    );
}

#[state_future]
#[tokio::test]
async fn a_test_of_tokio() {
    assert_eq!(inert(0).await, 1);
}

#[tokio::test]
async fn calls_from_a_plain_test_of_tokio() {
    assert_eq!(sendable(expected(0)).await, 2);
}

#[state_future]
#[tracing::instrument]
async fn traced_below(n: u32) -> u32 {
    pause().await;
    n
}

#[tracing::instrument]
#[state_future]
async fn traced_above(n: u32) -> u32 {
    pause().await;
    n
}

#[test]
fn with_spans() {
    assert_eq!(
        block_on(sendable(traced_below(1))) + block_on(sendable(traced_above(2))),
        3
    );
}

#[async_trait::async_trait]
trait Boxed<T> {
    async fn get(&self, value: T) -> T;
}

struct One<'a>(&'a u32);

#[state_future]
#[async_trait::async_trait]
impl<T: Send + 'static> Boxed<T> for One<'_> {
    async fn get(&self, value: T) -> T {
        pause().await;
        assert_eq!(*self.0, 1);
        value
    }
}

#[state_future]
#[async_trait::async_trait]
trait BoxedByDefault: Sync {
    fn number(&self) -> u32;

    async fn get(&self) -> u32 {
        pause().await;
        self.number()
    }
}

impl BoxedByDefault for u32 {
    fn number(&self) -> u32 {
        *self
    }
}

#[test]
fn boxed_traits() {
    let one: &dyn Boxed<u8> = &One(&1);
    assert_eq!(block_on(sendable(one.get(5))), 5);
    let number: &(dyn BoxedByDefault + Send) = &6;
    assert_eq!(block_on(sendable(number.get())), 6);
}

/// The attribute lets `Self` be `Send` or `Sync` in default methods, as far as their receiver wants it.
#[state_future]
#[async_trait::async_trait]
trait Greets {
    type Failure;

    async fn name(&self) -> String {
        pause().await;
        String::from("nobody")
    }

    async fn rename(&mut self, _to: &str) {}

    async fn joined(left: &str, right: &str) -> String {
        pause().await;
        format!("{left} {right}")
    }

    async fn greet(&self, more: &str) -> String {
        let name = self.name().await;
        Self::joined(&name, more).await
    }

    async fn rename_twice(&mut self, to: &str) -> Result<usize, Self::Failure> {
        self.rename(to).await;
        self.rename(&to.repeat(2)).await;
        Ok(to.len())
    }

    async fn into_greeting<T: Into<String> + Send>(self, more: T) -> Result<String, Self::Failure>
    where
        Self: Sized,
    {
        let more = more.into();
        let greeting = Self::joined("dear", &more).await;
        self.into_text(greeting, more).await
    }

    async fn into_text<T: Into<String> + Send>(
        self,
        first: String,
        more: T,
    ) -> Result<String, Self::Failure>
    where
        Self: Sized,
    {
        pause().await;
        Ok(first + &more.into())
    }
}

#[state_future]
#[async_trait::async_trait]
impl Greets for &str {
    type Failure = u8;

    async fn name(&self) -> String {
        pause().await;
        String::from(*self)
    }
}

#[state_future]
#[async_trait::async_trait]
impl Greets for String {
    type Failure = ();

    async fn rename(&mut self, to: &str) {
        pause().await;
        self.push_str(to);
    }

    async fn name(&self) -> String {
        self.clone()
    }
}

#[test]
fn default_methods_that_call_others() {
    let name = String::from("somebody");
    let greeting = sendable(name.as_str().into_greeting("there"));
    assert_eq!(block_on(greeting), Ok(String::from("dear therethere")));
    let mut name = name;
    assert_eq!(block_on(sendable(name.rename_twice("a"))), Ok(1));
    assert_eq!(block_on(sendable(name.greet("b"))), "somebodyaaa b");
}

mod facade_under_another_name {
    pub use state_future as sf;
}

#[state_future(crate = crate::places::attributes::facade_under_another_name::sf)]
async fn elsewhere() -> u32 {
    pause().await;
    7
}

#[test]
fn another_path_to_the_crate() {
    let future: Box<dyn Future<Output = u32> + Send> = Box::new(elsewhere());
    assert_eq!(block_on(Box::into_pin(future)), 7);
}
