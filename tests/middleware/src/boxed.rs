//! The same middleware as it is written where futures have no names: to compare.

use std::future::Future;
use std::mem::replace;
use std::pin::Pin;
use std::task::{Context, Poll};

use tower::{Layer, Service};

use crate::{Failed, Policy, retry};

/// A service that tries again what fails, with a future in a box.
#[derive(Clone, Debug)]
pub struct BoxedRetrying<S> {
    inner: S,
    policy: Policy,
}

impl<S, R> Service<R> for BoxedRetrying<S>
where
    S: Service<R, Response: 'static, Error: 'static, Future: Send> + Clone + Send + 'static,
    R: Clone + Send + 'static,
{
    type Response = S::Response;
    type Error = Failed<S::Error>;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, Failed<S::Error>>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(Failed::Service)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let clone = self.inner.clone();
        let (ready, policy) = (replace(&mut self.inner, clone), self.policy);
        Box::pin(async move { retry(ready, request, policy).await })
    }
}

/// Makes services try again, with boxes.
#[derive(Clone, Copy, Debug)]
pub struct BoxedRetryLayer(pub Policy);

impl<S> Layer<S> for BoxedRetryLayer {
    type Service = BoxedRetrying<S>;

    fn layer(&self, inner: S) -> BoxedRetrying<S> {
        BoxedRetrying {
            inner,
            policy: self.0,
        }
    }
}
