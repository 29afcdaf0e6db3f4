//! One future under test, with its type erased so that the driver is compiled once.

use crate::trace;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future under test.
pub trait Subject {
    /// Polls it once. A finished one notes its output and drops it.
    fn advance(&mut self, context: &mut Context<'_>) -> Poll<()>;
}

struct Pinned<F>(Pin<Box<F>>);

impl<F> Subject for Pinned<F>
where
    F: Future<Output: Debug>,
{
    fn advance(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll(context).map(|output| {
            trace::note(format!("output {output:?}"));
        })
    }
}

/// Makes a future a subject.
pub fn subject<F>(future: F) -> Box<dyn Subject>
where
    F: Future<Output: Debug> + 'static,
{
    Box::new(Pinned(Box::pin(future)))
}
