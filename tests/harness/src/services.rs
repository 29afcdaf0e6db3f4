//! What an ordinary application talks to, made of leaves: feeds, connections, requests.

use crate::leaf::{Holding, Leaf, Source, leaf};
use crate::noisy::{Noisy, noisy};
use crate::trace;
use std::cell::Cell;
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::task::Poll;

/// An error with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub &'static str);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "failure: {}", self.0)
    }
}

impl std::error::Error for Failure {}

/// A future that suspends once and succeeds.
pub fn succeed<T>(name: &'static str, value: T) -> Leaf<Result<T, Failure>> {
    leaf(name, 1, Ok(value))
}

/// A future that suspends once and fails.
pub fn fail<T>(name: &'static str) -> Leaf<Result<T, Failure>> {
    leaf(name, 1, Err(Failure(name)))
}

/// A source of items, each of which takes one suspension.
pub struct Feed<T> {
    own: Noisy,
    items: VecDeque<T>,
}

/// A [`Feed`] of these items.
pub fn feed<T>(name: &'static str, items: impl IntoIterator<Item = T>) -> Feed<T> {
    Feed {
        own: noisy(name),
        items: items.into_iter().collect(),
    }
}

impl<T> Feed<T> {
    /// The next item, `None` at the end.
    #[allow(
        clippy::should_implement_trait,
        reason = "the name that streams give it"
    )]
    pub fn next(&mut self) -> Holding<&mut Noisy, Option<T>> {
        let item = self.items.pop_front();
        Holding::new(&mut self.own, leaf("next", 1, item))
    }

    /// The next item as a result.
    pub fn try_next(&mut self) -> Holding<&mut Noisy, Result<Option<T>, Failure>> {
        let item = self.items.pop_front();
        Holding::new(&mut self.own, leaf("try_next", 1, Ok(item)))
    }
}

/// A line-oriented peer with a script of what it says.
pub struct Connection {
    own: Noisy,
    incoming: VecDeque<&'static str>,
    budget: Cell<usize>,
}

/// A [`Connection`] whose peer says these lines and that fails after a thousand writes.
pub fn connection(
    name: &'static str,
    incoming: impl IntoIterator<Item = &'static str>,
) -> Connection {
    Connection {
        own: noisy(name),
        incoming: incoming.into_iter().collect(),
        budget: Cell::new(1000),
    }
}

impl Connection {
    /// Lets it fail after this many writes.
    pub fn failing_after(self, writes: usize) -> Self {
        self.budget.set(writes);
        self
    }

    /// Appends the next line to `buffer` and returns its length, 0 at the end.
    pub fn read_line<'a>(
        &'a mut self,
        buffer: &'a mut String,
    ) -> Holding<(&'a mut Noisy, &'a mut String), Result<usize, Failure>> {
        let line = self.incoming.pop_front().unwrap_or_default();
        buffer.push_str(line);
        let pending = line.len() % 2 + 1;
        Holding::new(
            (&mut self.own, buffer),
            leaf("read_line", pending, Ok(line.len())),
        )
    }

    /// Writes all of `bytes`.
    pub fn write_all<'a>(
        &'a self,
        bytes: &'a [u8],
    ) -> Holding<(&'a Noisy, &'a [u8]), Result<(), Failure>> {
        let result = match self.budget.get().checked_sub(1) {
            Some(left) => {
                self.budget.set(left);
                Ok(())
            }
            None => Err(Failure("broken pipe")),
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        Holding::new(
            (&self.own, bytes),
            leaf(format!("write {text:?}"), 1, result),
        )
    }

    /// Closes it.
    pub fn shutdown(self) -> Holding<Noisy, Result<(), Failure>> {
        Holding::new(self.own, leaf("shutdown", 1, Ok(())))
    }
}

impl Source for (&mut Noisy, &mut String) {
    fn check(&self) {
        self.0.look();
    }
}

impl Source for (&Noisy, &[u8]) {
    fn check(&self) {
        self.0.look();
    }
}

/// Something that is no future but becomes one.
#[derive(Debug)]
pub struct Request {
    own: Noisy,
    retries: u32,
}

/// A [`Request`] of this name.
pub fn request(name: &'static str) -> Request {
    Request {
        own: noisy(name),
        retries: 0,
    }
}

impl Request {
    /// Sets an option, in the manner of a builder.
    pub fn retries(mut self, retries: u32) -> Self {
        self.own.touch();
        self.retries = retries;
        self
    }

    /// Sends it; the future owns the request.
    pub fn send(self) -> Holding<Noisy, u32> {
        Holding::new(self.own, leaf("send", 1, self.retries))
    }

    /// Sends it; the future borrows the request.
    pub fn send_by_reference(&self) -> Holding<&Noisy, u32> {
        Holding::new(&self.own, leaf("send", 1, self.retries))
    }
}

impl IntoFuture for Request {
    type Output = u32;
    type IntoFuture = Holding<Noisy, u32>;

    fn into_future(self) -> Self::IntoFuture {
        trace::step("into_future");
        self.send()
    }
}

/// Two futures polled in turn until both are ready.
pub async fn both<A: Future, B: Future>(first: A, second: B) -> (A::Output, B::Output) {
    let mut first = std::pin::pin!(first);
    let mut second = std::pin::pin!(second);
    let (mut first_output, mut second_output) = (None, None);
    std::future::poll_fn(move |context| {
        if first_output.is_none() {
            if let Poll::Ready(output) = first.as_mut().poll(context) {
                first_output = Some(output);
            }
        }
        if second_output.is_none() {
            if let Poll::Ready(output) = second.as_mut().poll(context) {
                second_output = Some(output);
            }
        }
        match (first_output.take(), second_output.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (first, second) => {
                (first_output, second_output) = (first, second);
                Poll::Pending
            }
        }
    })
    .await
}
