//! Running one future on the calling thread.

use crate::parker::{Kind, Parker};
use crate::reactor;
use std::cell::Cell;
use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::ptr;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A parker and its waker, kept from one call to the next because making them allocates.
struct Sleeper {
    parker: Arc<Parker>,
    waker: Waker,
}

impl Sleeper {
    fn new() -> Self {
        let parker = Parker::new(Kind::Caller);
        let waker = Waker::from(parker.clone());
        Self { parker, waker }
    }

    /// Polls a future until it ends, sleeping in between.
    fn drive<F: Future>(&self, mut future: Pin<&mut F>) -> F::Output {
        let mut context = Context::from_waker(&self.waker);
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => output,
            Poll::Pending => self.drive_pending(future),
        }
    }

    #[cold]
    fn drive_pending<F: Future>(&self, mut future: Pin<&mut F>) -> F::Output {
        let mut context = Context::from_waker(&self.waker);
        loop {
            while !self.parker.park(None) {}
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                reactor::hand_over();
                return output;
            }
        }
    }
}

/// Keeps a thread's sleeper, and has it forgotten before it is dropped.
struct Owner(*mut Sleeper);

impl Drop for Owner {
    fn drop(&mut self) {
        SPARE.set(ptr::null());
        // SAFETY: the pointer comes from `Box::into_raw`, and nobody else knows it any more: no call that used it is under
        // way while the thread is being torn down.
        drop(unsafe { Box::from_raw(self.0) });
    }
}

/// Stands for a sleeper that is in use.
const IN_USE: *const Sleeper = ptr::dangling();

thread_local! {
    /// The sleeper that `OWNER` keeps, or null before there is one, or `IN_USE` during a call.
    static SPARE: Cell<*const Sleeper> = const { Cell::new(ptr::null()) };
    static OWNER: Cell<Option<Owner>> = const { Cell::new(None) };
}

/// Whether this thread is within [`block_on`].
pub(crate) fn is_within() -> bool {
    SPARE.get() == IN_USE
}

/// Puts back at the end of a call, or of its unwinding, what was in `SPARE` before.
struct Restore(*const Sleeper);

impl Drop for Restore {
    fn drop(&mut self) {
        SPARE.set(self.0);
    }
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
    let future = pin!(future.into_future());
    let restore = Restore(SPARE.replace(IN_USE));
    if restore.0.is_null() || restore.0 == IN_USE {
        return block_on_anew(future, restore);
    }
    // SAFETY: `OWNER` keeps this sleeper until the thread ends, and resets `SPARE` then: it is replaced only where
    // `SPARE` is null, so that no call uses the old one.
    let sleeper = unsafe { &*restore.0 };
    sleeper.drive(future)
}

/// The first call on a thread, or one within another: it needs a sleeper of its own.
#[cold]
fn block_on_anew<F: Future>(future: Pin<&mut F>, mut restore: Restore) -> F::Output {
    let sleeper = Sleeper::new();
    let output = sleeper.drive(future);
    if restore.0.is_null() {
        let pointer = Box::into_raw(Box::new(sleeper));
        let owner = Owner(pointer);
        // Fails only while the thread is being torn down, where there is hardly a next call to keep it for.
        if OWNER.try_with(|place| place.set(Some(owner))).is_ok() {
            restore.0 = pointer;
        }
    }
    output
}
