//! A service that is waited for and given back.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tower::Service;

/// Waits until a service takes the next request, and gives the service back.
///
/// `tower::ServiceExt::ready` would borrow it, and a type that borrows from a variable cannot be declared.
pub struct Readying<S, R> {
    service: Option<S>,
    request: PhantomData<fn(R)>,
}

impl<S, R> Readying<S, R> {
    /// Takes the service.
    pub fn of(service: S) -> Self {
        Readying {
            service: Some(service),
            request: PhantomData,
        }
    }
}

impl<S, R> Unpin for Readying<S, R> {}

impl<S: Service<R>, R> Future for Readying<S, R> {
    type Output = Result<S, S::Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<S, S::Error>> {
        let service = self
            .service
            .as_mut()
            .expect("not polled after it has ended");
        ready!(service.poll_ready(context))?;
        Poll::Ready(Ok(self.service.take().expect("it has just been there")))
    }
}
