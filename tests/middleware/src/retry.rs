//! Retries with a timeout for each and pauses between that double, generic over the service within.

use std::mem::replace;
use std::task::{Context, Poll};
use std::time::Duration;

use state_future::state_future;
use tokio::time::{Sleep, Timeout, sleep, timeout};
use tower::{Layer, Service};

use crate::Readying;

/// How often, and how patiently.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// How often a request is made at most.
    pub tries: u32,
    /// How long the first pause is; each further one is twice as long.
    pub pause: Duration,
    /// How long a try may take.
    pub timeout: Duration,
}

/// What the last try ended with.
#[derive(Debug, PartialEq)]
pub enum Failed<E> {
    /// The service failed.
    Service(E),
    /// The service took too long.
    TimedOut,
}

/// Calls the service until it succeeds in time. The service must be ready; before each further call it is waited for.
#[state_future(named)]
pub async fn retry<S, R>(
    service: S,
    request: R,
    policy: Policy,
) -> Result<S::Response, Failed<S::Error>>
where
    S: Service<R>,
    R: Clone,
{
    let mut service: S = service;
    let mut pause: Duration = policy.pause;
    let mut left: u32 = policy.tries;
    loop {
        let call: Timeout<S::Future> = timeout(policy.timeout, service.call(request.clone()));
        let failed: Failed<S::Error> = match call.await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) => Failed::Service(error),
            Err(_) => Failed::TimedOut,
        };
        left = left.saturating_sub(1);
        if left == 0 {
            return Err(failed);
        }
        drop(failed);
        let sleep: Sleep = sleep(pause);
        sleep.await;
        pause *= 2;
        let ready: Readying<S, R> = Readying::of(service);
        service = ready.await.map_err(Failed::Service)?;
    }
}

/// A service that tries again what fails.
#[derive(Clone, Debug)]
pub struct Retrying<S> {
    inner: S,
    policy: Policy,
}

impl<S, R> Service<R> for Retrying<S>
where
    S: Service<R> + Clone,
    R: Clone,
{
    type Response = S::Response;
    type Error = Failed<S::Error>;
    type Future = Retry<S, R>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context).map_err(Failed::Service)
    }

    fn call(&mut self, request: R) -> Retry<S, R> {
        // The clone has not been asked whether it is ready: it takes the place of the one that has.
        let clone = self.inner.clone();
        retry(replace(&mut self.inner, clone), request, self.policy)
    }
}

/// Makes services try again.
#[derive(Clone, Copy, Debug)]
pub struct RetryLayer(pub Policy);

impl<S> Layer<S> for RetryLayer {
    type Service = Retrying<S>;

    fn layer(&self, inner: S) -> Retrying<S> {
        Retrying {
            inner,
            policy: self.0,
        }
    }
}
