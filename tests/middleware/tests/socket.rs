//! A server of axum's on a real socket, whose stack of layers has the middleware in it, asked by a client.

// A failure is an answer, and as large as one.
#![allow(clippy::result_large_err)]

mod server;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use server::{Counts, POLICY};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

/// A server on a port of its own, and a client that keeps its connections.
struct Served {
    address: SocketAddr,
    counts: Arc<Counts>,
    client: Client<HttpConnector, Full<Bytes>>,
}

async fn served() -> Served {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let counts = Arc::new(Counts::default());
    let router = server::router(counts.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Served {
        address,
        counts,
        client: Client::builder(TokioExecutor::new()).build_http(),
    }
}

impl Served {
    /// Status and text of the answer.
    async fn ask(&self, method: Method, path: &str, body: &str) -> (StatusCode, String) {
        let request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address))
            .body(Full::from(body.to_owned()))
            .unwrap();
        let response = self.client.request(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.ask(Method::GET, path, "").await
    }
}

#[tokio::test]
async fn a_request_that_succeeds_is_made_once() {
    let served = served().await;
    assert_eq!(
        served.get("/flaky/a/0").await,
        (StatusCode::OK, "try 1: ".to_owned())
    );
    assert_eq!(served.counts.tries("a"), 1);
    assert_eq!(served.get("/nowhere").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_request_that_fails_is_made_again() {
    let served = served().await;
    let start = Instant::now();
    assert_eq!(
        served.get("/flaky/a/2").await,
        (StatusCode::OK, "try 3: ".to_owned())
    );
    assert_eq!(served.counts.tries("a"), 3);
    assert!(start.elapsed() >= POLICY.pause * 3);
}

#[tokio::test]
async fn the_body_is_there_in_each_try() {
    let served = served().await;
    let body = "text ".repeat(20_000);
    let answer = served.ask(Method::POST, "/flaky/a/2", &body).await;
    assert_eq!(answer, (StatusCode::OK, format!("try 3: {body}")));
}

#[tokio::test]
async fn the_last_failure_is_the_answer() {
    let served = served().await;
    let answer = served.get("/flaky/a/9").await;
    assert_eq!(
        answer,
        (StatusCode::SERVICE_UNAVAILABLE, "try 3 failed".to_owned())
    );
    assert_eq!(served.counts.tries("a"), 3);
}

#[tokio::test]
async fn a_try_that_takes_too_long_is_cancelled() {
    let served = served().await;
    let start = Instant::now();
    let answer = served.get("/slow/a/9").await;
    assert_eq!(
        answer,
        (StatusCode::GATEWAY_TIMEOUT, "out of time".to_owned())
    );
    assert!(start.elapsed() >= POLICY.timeout * 3 + POLICY.pause * 3);
    assert_eq!(
        (served.counts.tries("a"), served.counts.cancelled()),
        (3, 3)
    );
    assert_eq!(
        served.get("/slow/b/1").await,
        (StatusCode::OK, "try 2: ".to_owned())
    );
    assert_eq!(
        (served.counts.tries("b"), served.counts.cancelled()),
        (2, 4)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_at_once() {
    let served = Arc::new(served().await);
    let clients: Vec<_> = (0..60)
        .map(|number| {
            let served = served.clone();
            let path = format!("/flaky/{number}/{}", number % 4);
            tokio::spawn(async move { served.get(&path).await })
        })
        .collect();
    for (number, client) in clients.into_iter().enumerate() {
        let expected = match number % 4 {
            3 => (StatusCode::SERVICE_UNAVAILABLE, "try 3 failed".to_owned()),
            fails => (StatusCode::OK, format!("try {}: ", fails + 1)),
        };
        assert_eq!(client.await.unwrap(), expected);
    }
}

/// The machine is dropped in the middle of a try, with everything in it.
#[tokio::test]
async fn a_client_that_leaves_ends_its_request() {
    let served = served().await;
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream
        .write_all(b"GET /slow/a/9 HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    while served.counts.tries("a") == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(stream);
    while served.counts.cancelled() == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // Longer than until the next try would begin.
    tokio::time::sleep(POLICY.timeout + POLICY.pause * 2).await;
    assert_eq!(
        (served.counts.tries("a"), served.counts.cancelled()),
        (1, 1)
    );
}
