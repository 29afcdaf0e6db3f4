//! The server: two handlers, and the layers around them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use http_body_util::BodyExt;
use http_body_util::combinators::Collect;
use middleware::{Failed, Policy, RetryLayer};
use state_future::state_future;
use tower::layer::layer_fn;
use tower::{Service, ServiceBuilder};

pub const POLICY: Policy = Policy {
    tries: 3,
    pause: Duration::from_millis(10),
    timeout: Duration::from_millis(500),
};

/// What the handlers have seen.
#[derive(Default)]
pub struct Counts {
    tries: Mutex<HashMap<String, u32>>,
    cancelled: AtomicU32,
}

impl Counts {
    /// How often the handler was called under this name.
    pub fn tries(&self, name: &str) -> u32 {
        self.tries
            .lock()
            .unwrap()
            .get(name)
            .copied()
            .unwrap_or_default()
    }

    /// How many handlers were dropped before their end.
    pub fn cancelled(&self) -> u32 {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn one_more(&self, name: String) -> u32 {
        let mut tries = self.tries.lock().unwrap();
        let count = tries.entry(name).or_default();
        *count += 1;
        *count
    }
}

type Asked = Path<(String, u32)>;

/// Fails so many times.
async fn flaky(
    State(counts): State<Arc<Counts>>,
    Path((name, fails)): Asked,
    body: String,
) -> Response {
    let count = counts.one_more(name);
    if count <= fails {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            format!("try {count} failed"),
        )
            .into_response();
    }
    format!("try {count}: {body}").into_response()
}

/// Takes too long so many times.
async fn slow(State(counts): State<Arc<Counts>>, Path((name, fails)): Asked) -> Response {
    let count = counts.one_more(name);
    if count <= fails {
        let _guard = Cancelled(&counts);
        std::future::pending::<()>().await;
    }
    format!("try {count}: ").into_response()
}

/// Notes that its handler has been dropped.
struct Cancelled<'a>(&'a Counts);

impl Drop for Cancelled<'_> {
    fn drop(&mut self) {
        self.0.cancelled.fetch_add(1, Ordering::Relaxed);
    }
}

/// The handlers under their layers. Only axum's own routes have boxes.
pub fn router(counts: Arc<Counts>) -> Router {
    let layers = ServiceBuilder::new()
        .layer(layer_fn(Answering))
        .layer(RetryLayer(POLICY))
        .layer(layer_fn(Judging));
    Router::new()
        .route("/flaky/{name}/{fails}", any(flaky))
        .route("/slow/{name}/{fails}", get(slow))
        .layer(layers)
        .with_state(counts)
}

/// Reads the whole request, as only what has been read can be sent again, and makes an answer of whatever happens to it.
#[state_future(named)]
async fn answer<S>(service: S, request: Request) -> Result<Response, Infallible>
where
    S: Service<Request<Bytes>, Response = Response, Error = Failed<Response>>,
{
    let mut service: S = service;
    let (head, body): (Parts, Body) = request.into_parts();
    let reading: Collect<Body> = body.collect();
    let bytes: Bytes = match reading.await {
        Ok(collected) => collected.to_bytes(),
        Err(error) => return Ok((StatusCode::BAD_REQUEST, error.to_string()).into_response()),
    };
    let call: S::Future = service.call(Request::from_parts(head, bytes));
    match call.await {
        Ok(response) | Err(Failed::Service(response)) => Ok(response),
        Err(Failed::TimedOut) => Ok((StatusCode::GATEWAY_TIMEOUT, "out of time").into_response()),
    }
}

#[derive(Clone)]
struct Answering<S>(S);

impl<S> Service<Request> for Answering<S>
where
    S: Service<Request<Bytes>, Response = Response, Error = Failed<Response>> + Clone,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Answer<S>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        // A service that has broken says so in answers.
        self.0.poll_ready(context).map(|_| Ok(()))
    }

    fn call(&mut self, request: Request) -> Answer<S> {
        let clone = self.0.clone();
        answer(std::mem::replace(&mut self.0, clone), request)
    }
}

/// An answer that says so is a failure.
#[state_future(named)]
async fn judge<F>(call: F) -> Result<Response, Response>
where
    F: Future<Output = Result<Response, Infallible>>,
{
    match call.await {
        Ok(response) if response.status() == StatusCode::SERVICE_UNAVAILABLE => Err(response),
        Ok(response) => Ok(response),
    }
}

#[derive(Clone)]
struct Judging<S>(S);

impl<S> Service<Request<Bytes>> for Judging<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    type Response = Response;
    type Error = Response;
    type Future = Judge<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Response>> {
        self.0.poll_ready(context).map(|_| Ok(()))
    }

    fn call(&mut self, request: Request<Bytes>) -> Judge<S::Future> {
        judge(self.0.call(request.map(Body::from)))
    }
}
