//! What a call allocates: nothing, where a future without a name needs a box.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use std::time::Duration;

use middleware::{BoxedRetryLayer, Failed, Policy, RetryLayer};
use tower::{Layer, Service, ServiceExt};

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

/// Fails every request but the last of so many.
#[derive(Clone)]
struct Flaky {
    succeeds_at: u32,
}

impl Service<u32> for Flaky {
    type Response = u32;
    type Error = &'static str;
    type Future = Ready<Result<u32, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: u32) -> Self::Future {
        self.succeeds_at = self.succeeds_at.saturating_sub(1);
        ready(if self.succeeds_at == 0 {
            Ok(request * 2)
        } else {
            Err("failed")
        })
    }
}

const POLICY: Policy = Policy {
    tries: 3,
    pause: Duration::ZERO,
    timeout: Duration::from_secs(60),
};

const CALLS: usize = 1000;

/// How often so many calls allocate.
async fn allocations<S>(mut service: S) -> usize
where
    S: Service<u32, Response = u32, Error = Failed<&'static str>>,
{
    // As many before, for what the runtime makes once, as when a task has used up its turn for the first time.
    let mut before = 0;
    for number in 0..CALLS * 2 {
        if number == CALLS {
            before = ALLOCATIONS.get();
        }
        let service = service.ready().await.expect("it is always ready");
        assert_eq!(service.call(4).await, Ok(8));
    }
    ALLOCATIONS.get() - before
}

/// Everything happens on this thread.
#[tokio::test(start_paused = true)]
async fn a_call_allocates_nothing_where_a_box_does() {
    for succeeds_at in [1, 3] {
        let flaky = Flaky { succeeds_at };
        assert_eq!(
            allocations(RetryLayer(POLICY).layer(flaky.clone())).await,
            0
        );
        assert_eq!(
            allocations(BoxedRetryLayer(POLICY).layer(flaky)).await,
            CALLS
        );
    }
}
