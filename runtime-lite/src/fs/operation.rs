//! One blocking call as a future.

use crate::blocking::spawn_blocking;
use crate::task::JoinHandle;
use std::future::Future;
use std::io;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A blocking function and its arguments, then the thread that runs it.
#[derive(Debug)]
pub(super) enum Operation<A, T> {
    /// Not polled yet. The arguments are there until they go to the thread.
    Start(Option<A>, fn(A) -> io::Result<T>),
    /// Handed to a thread.
    Running(JoinHandle<io::Result<T>>),
    /// Its result was handed out.
    Ended,
}

impl<A, T> Operation<A, T> {
    pub(super) fn new(arguments: A, function: fn(A) -> io::Result<T>) -> Self {
        Self::Start(Some(arguments), function)
    }
}

// Nothing is pinned: the arguments are moved to the thread, and a handle may move.
impl<A, T> Unpin for Operation<A, T> {}

impl<A: Send + 'static, T: Send + 'static> Future for Operation<A, T> {
    type Output = io::Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        if let Self::Start(arguments, function) = &mut *self {
            let function = *function;
            if let Some(arguments) = arguments.take() {
                *self = Self::Running(spawn_blocking(move || function(arguments)));
            }
        }
        let Self::Running(handle) = &mut *self else {
            panic!("a file operation was polled after completion")
        };
        let result = ready!(poll_blocking(handle, context));
        *self = Self::Ended;
        Poll::Ready(result)
    }
}

impl<A, T> Drop for Operation<A, T> {
    fn drop(&mut self) {
        if let Self::Running(handle) = self {
            handle.abort();
        }
    }
}

/// Waits for a blocking function that gives a result; its panic goes on here.
pub(super) fn poll_blocking<T>(
    handle: &mut JoinHandle<io::Result<T>>,
    context: &mut Context<'_>,
) -> Poll<io::Result<T>> {
    Poll::Ready(
        ready!(Pin::new(handle).poll(context)).unwrap_or_else(|error| {
            match error.try_into_panic() {
                Ok(payload) => resume_unwind(payload),
                Err(aborted) => Err(io::Error::other(aborted)),
            }
        }),
    )
}

/// Declares the future of one function of [`fs`](crate::fs), and what it does on a thread that may block.
macro_rules! named_operation {
    ($(#[$attribute:meta])* $name:ident($arguments:ty) -> $output:ty, $function:expr) => {
        $(#[$attribute])*
        #[must_use = "futures do nothing unless awaited"]
        #[derive(Debug)]
        pub struct $name($crate::fs::Operation<$arguments, $output>);

        impl $name {
            fn new(arguments: $arguments) -> Self {
                Self($crate::fs::Operation::new(arguments, $function))
            }
        }

        impl ::std::future::Future for $name {
            type Output = ::std::io::Result<$output>;

            fn poll(
                mut self: ::std::pin::Pin<&mut Self>,
                context: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<Self::Output> {
                ::std::pin::Pin::new(&mut self.0).poll(context)
            }
        }
    };
}
pub(super) use named_operation;
