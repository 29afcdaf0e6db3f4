//! Waiting for the time.
//!
//! ```
//! use runtime_lite::{block_on, time};
//! use std::time::Duration;
//!
//! block_on(async {
//!     time::sleep(Duration::from_millis(1)).await;
//!     let late = time::timeout(Duration::from_millis(1), std::future::pending::<()>()).await;
//!     assert!(late.is_err());
//! });
//! ```

use crate::reactor;
use pin_project::pin_project;
use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
pub use std::time::{Duration, Instant};

/// Waits for some time, counted from now.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep {
        deadline: Instant::now().checked_add(duration),
        timer: None,
    }
}

/// Waits until a moment.
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep {
        deadline: Some(deadline),
        timer: None,
    }
}

/// The future of [`sleep`] and [`sleep_until`].
///
/// # Panics
/// When polled, if the operating system gives no means to wait.
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Sleep {
    /// `None` is later than the clock can tell.
    deadline: Option<Instant>,
    /// The timer's number in the reactor, once there is one.
    timer: Option<u64>,
}

impl Sleep {
    /// When it ends; `None` if that is later than the clock can tell.
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Waits until another moment instead.
    pub fn reset(&mut self, deadline: Instant) {
        self.cancel();
        self.deadline = Some(deadline);
    }

    fn cancel(&mut self) {
        if let (Some(deadline), Some(timer), Some(reactor)) =
            (self.deadline, self.timer.take(), reactor::running())
        {
            reactor.timers().remove(deadline, timer);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(deadline) = self.deadline else {
            return Poll::Pending;
        };
        let reactor =
            reactor::start().unwrap_or_else(|error| panic!("cannot wait for the time: {error}"));
        if let Some(timer) = self.timer {
            if reactor.timers().update(deadline, timer, context.waker()) {
                return Poll::Pending;
            }
            self.timer = None;
        }
        if Instant::now() >= deadline {
            return Poll::Ready(());
        }
        reactor::ensure_driven();
        self.timer = Some(reactor.add_timer(deadline, context.waker()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}

/// A beat: the first tick at once, the others a period apart.
///
/// # Panics
/// If the period is zero.
pub fn interval(period: Duration) -> Interval {
    assert!(!period.is_zero(), "the period of an interval is zero");
    Interval {
        sleep: sleep_until(Instant::now()),
        period,
    }
}

/// What [`interval`] makes.
#[derive(Debug)]
pub struct Interval {
    sleep: Sleep,
    period: Duration,
}

impl Interval {
    /// Waits for the next tick, and gives the moment it was due. Ticks that were missed are left out.
    pub fn tick(&mut self) -> Tick<'_> {
        Tick { interval: self }
    }
}

/// The future of [`Interval::tick`].
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Tick<'a> {
    interval: &'a mut Interval,
}

impl Future for Tick<'_> {
    type Output = Instant;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Instant> {
        let Interval { sleep, period } = &mut *self.interval;
        ready!(Pin::new(&mut *sleep).poll(context));
        let due = sleep.deadline.unwrap_or_else(Instant::now);
        let late = due.elapsed().as_nanos() / period.as_nanos();
        let periods = u32::try_from(late + 1).unwrap_or(u32::MAX);
        sleep.timer = None;
        sleep.deadline = period
            .checked_mul(periods)
            .and_then(|ahead| due.checked_add(ahead));
        Poll::Ready(due)
    }
}

/// Runs a future for some time at most; an error if it has not ended by then.
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    Timeout {
        future: future.into_future(),
        sleep: sleep(duration),
    }
}

/// The future of [`timeout`].
#[pin_project]
#[derive(Debug)]
#[must_use = "futures do nothing unless awaited"]
pub struct Timeout<F> {
    #[pin]
    future: F,
    sleep: Sleep,
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(output) = this.future.poll(context) {
            return Poll::Ready(Ok(output));
        }
        ready!(Pin::new(this.sleep).poll(context));
        Poll::Ready(Err(Elapsed))
    }
}

/// The error of [`timeout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed;

impl Display for Elapsed {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("the time is over")
    }
}

impl Error for Elapsed {}

impl From<Elapsed> for std::io::Error {
    fn from(elapsed: Elapsed) -> Self {
        Self::new(std::io::ErrorKind::TimedOut, elapsed)
    }
}
