//! Running one future on the calling thread.

use crate::parker::Parker;
use crate::reactor::{self, Driving};
use std::cell::Cell;
use std::future::{Future, IntoFuture};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A parker and its waker, kept from one call to the next because making them allocates.
struct Sleeper {
    parker: Arc<Parker>,
    waker: Waker,
}

impl Sleeper {
    #[cold]
    fn new() -> Self {
        let parker = Parker::new();
        let waker = Waker::from(parker.clone());
        Self { parker, waker }
    }
}

thread_local! {
    static SPARE: Cell<Option<Sleeper>> = const { Cell::new(None) };
}

/// Runs a future to its end on the calling thread and returns its output.
///
/// The thread sleeps while the future waits. Calls may be nested. A panic in the future comes out of the call.
///
/// ```
/// let length = runtime_lite::block_on(async { "four".len() });
/// assert_eq!(length, 4);
/// ```
pub fn block_on<F: IntoFuture>(future: F) -> F::Output {
    let mut future = pin!(future.into_future());
    let sleeper = SPARE
        .try_with(Cell::take)
        .ok()
        .flatten()
        .unwrap_or_else(Sleeper::new);
    let _driving = Driving::enter();
    let mut parked = false;
    let output = loop {
        match future
            .as_mut()
            .poll(&mut Context::from_waker(&sleeper.waker))
        {
            Poll::Ready(output) => break output,
            Poll::Pending => {
                parked = true;
                while !sleeper.parker.park(None) {}
            }
        }
    };
    if parked {
        reactor::hand_over();
    }
    // Fails only while the thread is being torn down, where there is no next call to keep it for.
    let _ = SPARE.try_with(|spare| spare.set(Some(sleeper)));
    output
}
