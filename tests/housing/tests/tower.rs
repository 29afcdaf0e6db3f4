//! Middleware whose futures have names: `type Future = ..`, without a box.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use state_future::state_future;
use tower::{Layer, Service, ServiceBuilder, ServiceExt};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Waits until the time has come; whoever polls again and again needs no more.
struct Sleep {
    until: Instant,
}

impl Sleep {
    fn of(pause: Duration) -> Sleep {
        Sleep {
            until: Instant::now() + pause,
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        context.waker().wake_by_ref();
        match Instant::now() < self.until {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }
}

/// What comes first: the call's end, or that of its time.
struct Within<F> {
    call: F,
    time: Sleep,
}

impl<F: Future> Future for Within<F> {
    type Output = Option<F::Output>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<F::Output>> {
        // SAFETY: `call` is pinned whenever the struct is, and `time` need not be.
        let Within { call, time } = unsafe { self.get_unchecked_mut() };
        // SAFETY: as above.
        if let Poll::Ready(output) = unsafe { Pin::new_unchecked(call) }.poll(context) {
            return Poll::Ready(Some(output));
        }
        Pin::new(time).poll(context).map(|()| None)
    }
}

/// Calls the service until it succeeds in time, with pauses that double.
#[state_future(named)]
#[derive(Debug)]
pub async fn retry<S, R>(
    mut service: S,
    request: R,
    policy: Policy,
) -> Result<S::Response, Failed<S::Error>>
where
    S: Service<R> + std::fmt::Debug,
    R: Clone + std::fmt::Debug,
{
    let mut pause: Duration = policy.pause;
    let mut left: u32 = policy.tries;
    loop {
        let call: Within<S::Future> = Within {
            call: service.call(request.clone()),
            time: Sleep::of(policy.timeout),
        };
        let failed: Failed<S::Error> = match call.await {
            Some(Ok(response)) => return Ok(response),
            Some(Err(error)) => Failed::Service(error),
            None => Failed::TimedOut,
        };
        left -= 1;
        if left == 0 {
            return Err(failed);
        }
        drop(failed);
        let sleep: Sleep = Sleep::of(pause);
        sleep.await;
        pause *= 2;
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Policy {
    tries: u32,
    pause: Duration,
    timeout: Duration,
}

#[derive(Debug, PartialEq)]
pub enum Failed<E> {
    Service(E),
    TimedOut,
}

#[derive(Clone, Debug)]
struct Retrying<S> {
    inner: S,
    policy: Policy,
}

impl<S, R> Service<R> for Retrying<S>
where
    S: Service<R> + Clone + std::fmt::Debug,
    R: Clone + std::fmt::Debug,
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
        let ready = std::mem::replace(&mut self.inner, clone);
        retry(ready, request, self.policy)
    }
}

struct RetryLayer(Policy);

impl<S> Layer<S> for RetryLayer {
    type Service = Retrying<S>;

    fn layer(&self, inner: S) -> Retrying<S> {
        Retrying {
            inner,
            policy: self.0,
        }
    }
}

/// Fails a few times, or takes too long.
#[derive(Clone, Debug)]
struct Flaky {
    failures: std::rc::Rc<Cell<u32>>,
    takes: Duration,
}

impl Service<u32> for Flaky {
    type Response = u32;
    type Error = &'static str;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Answer {
        let left = self.failures.get();
        self.failures.set(left.saturating_sub(1));
        Answer::new(
            if left > 0 {
                Err("failed")
            } else {
                Ok(request * 2)
            },
            self.takes,
        )
    }
}

#[state_future(named = Answer)]
async fn answer(answer: Result<u32, &'static str>, takes: Duration) -> Result<u32, &'static str> {
    Sleep::of(takes).await;
    answer
}

fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            return output;
        }
    }
}

const POLICY: Policy = Policy {
    tries: 3,
    pause: Duration::from_micros(50),
    timeout: Duration::from_millis(20),
};

fn flaky(failures: u32, takes: Duration) -> Flaky {
    Flaky {
        failures: std::rc::Rc::new(Cell::new(failures)),
        takes,
    }
}

#[test]
fn retries_under_towers_builder() {
    for (failures, expected) in [
        (0, Ok(14)),
        (2, Ok(14)),
        (3, Err(Failed::Service("failed"))),
    ] {
        let service = ServiceBuilder::new()
            .map_request(|request: u32| request + 1)
            .layer(RetryLayer(POLICY))
            .service(flaky(failures, Duration::ZERO));
        assert_eq!(finish(service.oneshot(6)), expected);
    }
}

#[test]
fn gives_up_when_time_is_over() {
    let policy = Policy {
        tries: 2,
        timeout: Duration::from_millis(1),
        ..POLICY
    };
    let service = ServiceBuilder::new()
        .layer(RetryLayer(policy))
        .service(flaky(0, Duration::from_secs(60)));
    assert_eq!(finish(service.oneshot(6)), Err(Failed::TimedOut));
}

#[test]
fn layers_of_layers() {
    let service = ServiceBuilder::new()
        .layer(RetryLayer(POLICY))
        .map_err(|failed| {
            if failed == Failed::TimedOut {
                "late"
            } else {
                "failed"
            }
        })
        .layer(RetryLayer(POLICY))
        .service(flaky(7, Duration::ZERO));
    assert_eq!(finish(service.oneshot(1)), Ok(2));
}

/// The same retry as `async` blocks have to be returned from a `Service`.
fn boxed(
    mut service: Flaky,
    request: u32,
) -> Pin<Box<dyn Future<Output = Result<u32, &'static str>>>> {
    Box::pin(async move { service.call(request).await })
}

#[test]
fn a_call_allocates_nothing() {
    let mut service = Retrying {
        inner: flaky(2, Duration::ZERO),
        policy: POLICY,
    };
    let counted = |call: &mut dyn FnMut()| {
        let before = ALLOCATIONS.get();
        call();
        ALLOCATIONS.get() - before
    };
    assert_eq!(
        counted(&mut || assert_eq!(finish(service.call(4)), Ok(8))),
        0
    );
    let inner = service.inner.clone();
    assert_eq!(
        counted(&mut || assert_eq!(finish(boxed(inner.clone(), 4)), Ok(8))),
        1
    );
}

#[test]
fn tells_where_it_is() {
    use state_future::StateFuture as _;
    let mut service = Retrying {
        inner: flaky(0, Duration::from_secs(60)),
        policy: POLICY,
    };
    let mut future = pin!(service.call(1));
    assert!(
        future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
            .is_pending()
    );
    assert_eq!(future.state().awaits(), Some("call"));
    let printed = format!("{future:?}");
    assert!(printed.contains("left: 3"), "{printed}");
}

/// Sent exactly if what is declared can be.
#[test]
fn auto_traits_come_from_the_types() {
    fn is_send<T: Send>() {}
    #[derive(Clone, Debug)]
    struct Sent;
    impl Service<u8> for Sent {
        type Response = ();
        type Error = ();
        type Future = std::future::Ready<Result<(), ()>>;
        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ()>> {
            Poll::Ready(Ok(()))
        }
        fn call(&mut self, _: u8) -> Self::Future {
            std::future::ready(Ok(()))
        }
    }
    is_send::<Retry<Sent, u8>>();
}
