//! Under tower's own `ServiceBuilder`, among its own layers.

use std::future::{Ready, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use middleware::{Failed, Policy, Retry, RetryLayer};
use state_future::{StateFuture as _, machine_of, state_future};
use tokio::time::{Instant, Sleep, sleep};
use tower::{Service, ServiceBuilder, ServiceExt};

const POLICY: Policy = Policy {
    tries: 3,
    pause: Duration::from_millis(100),
    timeout: Duration::from_secs(1),
};

/// Fails a few times, and takes its time.
#[derive(Clone)]
struct Flaky {
    failures: Arc<AtomicU32>,
    takes: Duration,
}

fn flaky(failures: u32, takes: Duration) -> Flaky {
    Flaky {
        failures: Arc::new(AtomicU32::new(failures)),
        takes,
    }
}

impl Service<u32> for Flaky {
    type Response = u32;
    type Error = &'static str;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Answer {
        let one_less = |left: u32| left.checked_sub(1);
        let order = Ordering::Relaxed;
        let fails = self.failures.fetch_update(order, order, one_less).is_ok();
        answer(
            if fails {
                Err("failed")
            } else {
                Ok(request * 2)
            },
            self.takes,
        )
    }
}

#[state_future(named)]
async fn answer(answer: Result<u32, &'static str>, takes: Duration) -> Result<u32, &'static str> {
    sleep(takes).await;
    answer
}

#[tokio::test(start_paused = true)]
async fn tries_again_after_pauses_that_double() {
    let failed = Err(Failed::Service("failed"));
    for (failures, expected, paused) in [
        (0, Ok(14), 0),
        (1, Ok(14), 100),
        (2, Ok(14), 300),
        (3, failed, 300),
    ] {
        let service = ServiceBuilder::new()
            .map_request(|request: u32| request + 1)
            .layer(RetryLayer(POLICY))
            .service(flaky(failures, Duration::ZERO));
        let start = Instant::now();
        assert_eq!(service.oneshot(6).await, expected);
        assert_eq!(start.elapsed().as_millis() / 100 * 100, paused);
    }
}

#[tokio::test(start_paused = true)]
async fn gives_up_when_time_is_over() {
    let service = ServiceBuilder::new()
        .layer(RetryLayer(POLICY))
        .service(flaky(0, Duration::from_secs(60)));
    let start = Instant::now();
    assert_eq!(service.oneshot(6).await, Err(Failed::TimedOut));
    assert_eq!(start.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn layers_of_layers() {
    let service = ServiceBuilder::new()
        .layer(RetryLayer(Policy {
            timeout: Duration::from_secs(60),
            ..POLICY
        }))
        .map_err(|failed| {
            if failed == Failed::TimedOut {
                "late"
            } else {
                "failed"
            }
        })
        .layer(RetryLayer(POLICY))
        .service(flaky(7, Duration::ZERO));
    assert_eq!(service.oneshot(1).await, Ok(2));
}

/// The tries share one permit, which each has to wait for: a service is called only once it is ready.
#[tokio::test(start_paused = true)]
async fn each_try_waits_until_the_service_is_ready() {
    let service = ServiceBuilder::new()
        .layer(RetryLayer(POLICY))
        .concurrency_limit(1)
        .service(flaky(2, Duration::from_millis(10)));
    let calls = [1, 2, 3].map(|request| tokio::spawn(service.clone().oneshot(request)));
    for (request, call) in [1, 2, 3].into_iter().zip(calls) {
        assert_eq!(call.await.unwrap(), Ok(request * 2));
    }
}

/// `tower::buffer` runs the service in a task of its own and demands that its futures can be sent there.
#[tokio::test(start_paused = true)]
async fn behind_a_buffer() {
    let service = ServiceBuilder::new()
        .buffer(4)
        .map_err(|failed: Failed<&'static str>| match failed {
            Failed::Service(error) => error,
            Failed::TimedOut => "late",
        })
        .layer(RetryLayer(POLICY))
        .service(flaky(2, Duration::ZERO));
    assert_eq!(service.clone().oneshot(4).await.unwrap(), 8);
    assert_eq!(service.oneshot(5).await.unwrap(), 10);
}

#[tokio::test(start_paused = true)]
async fn tells_where_it_is() {
    let mut service = ServiceBuilder::new()
        .layer(RetryLayer(POLICY))
        .service(flaky(1, Duration::from_secs(60)));
    let mut call = tokio_test::task::spawn(Box::pin(service.call(1)));
    assert!(call.state().is_initial());
    assert!(call.poll().is_pending());
    assert_eq!(call.state().awaits(), Some("call"));
    tokio::time::advance(Duration::from_millis(1001)).await;
    assert!(call.poll().is_pending());
    assert_eq!(call.state().awaits(), Some("sleep"));
    let printed = call.state().to_string();
    assert!(
        printed.starts_with("retry at ") && printed.ends_with(" sleep"),
        "{printed}"
    );
    let picture = machine_of!(middleware::retry::<Flaky, u32>);
    let awaits: Vec<_> = picture
        .states
        .iter()
        .filter_map(|state| state.awaits)
        .collect();
    assert_eq!(awaits, ["call", "sleep", "ready"]);
}

/// Sent and shared exactly if what is declared can be.
#[test]
fn auto_traits_come_from_the_types() {
    trait Otherwise {
        const YES: bool = false;
    }
    struct IsSend<T>(std::marker::PhantomData<T>);
    impl<T: Send> IsSend<T> {
        const YES: bool = true;
    }
    impl<T> Otherwise for IsSend<T> {}

    #[derive(Clone)]
    struct Local(#[allow(dead_code)] std::rc::Rc<()>);
    impl Service<u8> for Local {
        type Response = ();
        type Error = ();
        type Future = Ready<Result<(), ()>>;
        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }
        fn call(&mut self, _: u8) -> Self::Future {
            ready(Ok(()))
        }
    }
    const {
        assert!(IsSend::<Retry<Flaky, u32>>::YES && IsSend::<Sleep>::YES);
        assert!(!IsSend::<Retry<Local, u8>>::YES);
    }
}
