//! Request by request, with `tower-test`'s mock, which panics if it is called before it is ready.

use std::time::Duration;

use middleware::{Failed, Policy, RetryLayer};
use state_future::StateFuture as _;
use tokio::time::advance;
use tokio_test::{assert_pending, assert_ready, assert_ready_err, assert_ready_ok, task};
use tower_test::{assert_request_eq, mock};

const POLICY: Policy = Policy {
    tries: 3,
    pause: Duration::from_millis(100),
    timeout: Duration::from_secs(1),
};

/// What passes a pause and no timeout.
const PAUSE: Duration = Duration::from_millis(201);
const TIMEOUT: Duration = Duration::from_millis(1001);

type Mock = mock::Spawn<middleware::Retrying<mock::Mock<&'static str, &'static str>>>;
type Handle = mock::Handle<&'static str, &'static str>;

fn mocked() -> (Mock, Handle) {
    mock::spawn_layer(RetryLayer(POLICY))
}

#[tokio::test(start_paused = true)]
async fn the_first_answer_is_enough() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_response("answer");
    assert!(call.is_woken());
    assert_eq!(assert_ready_ok!(call.poll()), "answer");
}

#[tokio::test(start_paused = true)]
async fn each_failure_is_followed_by_a_pause_and_the_same_request() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    for _ in 0..2 {
        assert_pending!(call.poll());
        assert_request_eq!(handle, "question").send_error("no");
        assert!(call.is_woken());
        assert_pending!(call.poll());
        assert_eq!(call.state().awaits(), Some("sleep"));
        assert!(!call.is_woken());
        advance(PAUSE).await;
        assert!(call.is_woken());
    }
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_response("answer");
    assert_eq!(assert_ready_ok!(call.poll()), "answer");
}

#[tokio::test(start_paused = true)]
async fn gives_up_with_the_last_failure() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    for error in ["first", "second", "third"] {
        assert_pending!(call.poll());
        assert_request_eq!(handle, "question").send_error(error);
        if error != "third" {
            assert_pending!(call.poll());
            advance(PAUSE).await;
        }
    }
    match assert_ready_err!(call.poll()) {
        Failed::Service(error) => assert_eq!(error.to_string(), "third"),
        Failed::TimedOut => panic!("no time has passed"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_try_that_takes_too_long_is_dropped() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    assert_pending!(call.poll());
    let late = assert_request_eq!(handle, "question");
    advance(TIMEOUT).await;
    assert!(call.is_woken());
    assert_pending!(call.poll());
    // Nobody waits for this any more.
    late.send_response("late answer");
    advance(PAUSE).await;
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_response("answer");
    assert_eq!(assert_ready_ok!(call.poll()), "answer");
}

#[tokio::test(start_paused = true)]
async fn the_service_is_waited_for_before_each_try() {
    let (mut service, mut handle) = mocked();
    handle.allow(1);
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_error("no");
    assert_pending!(call.poll());
    advance(PAUSE).await;
    assert_pending!(call.poll());
    assert_eq!(call.state().awaits(), Some("ready"));
    assert_pending!(handle.poll_request());
    handle.allow(1);
    assert!(call.is_woken());
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_response("answer");
    assert_eq!(assert_ready_ok!(call.poll()), "answer");
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_not_ready_keeps_its_caller_waiting() {
    let (mut service, mut handle) = mocked();
    handle.allow(0);
    assert_pending!(service.poll_ready());
    handle.allow(1);
    assert!(service.is_woken());
    assert_ready_ok!(service.poll_ready());
}

#[tokio::test(start_paused = true)]
async fn a_service_that_has_broken_is_not_called_again() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_error("no");
    assert_pending!(call.poll());
    handle.send_error("broken");
    advance(PAUSE).await;
    match assert_ready!(call.poll()) {
        Err(Failed::Service(error)) => assert!(error.to_string().contains("broken"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_makes_no_further_request() {
    let (mut service, mut handle) = mocked();
    assert_ready_ok!(service.poll_ready());
    let mut call = task::spawn(Box::pin(service.call("question")));
    assert_pending!(call.poll());
    assert_request_eq!(handle, "question").send_error("no");
    assert_pending!(call.poll());
    drop(call);
    advance(PAUSE).await;
    assert_pending!(handle.poll_request());
    drop(service);
    assert!(assert_ready!(handle.poll_request()).is_none());
}
