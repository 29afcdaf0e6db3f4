//! An executor for a fixed number of tasks, in memory that the caller provides.

use core::fmt::{self, Display, Formatter};
use core::future::Future;
use core::pin::Pin;
use core::ptr;
use core::sync::atomic::{AtomicBool, Ordering};
use core::task::{Context, RawWaker, RawWakerVTable, Waker};

/// Which of the tasks of a [`FixedExecutor`] are to be polled.
///
/// Wakers point here, and may be kept for ever and called from anywhere, interrupt handlers included. That is why it
/// must be a `static`.
#[derive(Debug)]
pub struct ReadyFlags<const N: usize> {
    flags: [AtomicBool; N],
    taken: AtomicBool,
}

impl<const N: usize> ReadyFlags<N> {
    /// Flags for `N` tasks.
    pub const fn new() -> Self {
        Self {
            flags: [const { AtomicBool::new(false) }; N],
            taken: AtomicBool::new(false),
        }
    }
}

impl<const N: usize> Default for ReadyFlags<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// A waker's data is a pointer to its task's flag.
static FLAG_WAKER: RawWakerVTable = RawWakerVTable::new(
    |flag| RawWaker::new(flag, &FLAG_WAKER),
    raise,
    raise,
    |_| {},
);

/// Sets a flag.
fn raise(flag: *const ()) {
    // SAFETY: the pointer comes from `waker_for`, which takes a flag that lives for ever.
    unsafe { &*flag.cast::<AtomicBool>() }.store(true, Ordering::Release);
}

/// A waker that sets a flag.
fn waker_for(flag: &'static AtomicBool) -> Waker {
    // SAFETY: the table's functions only store into the flag, which is `Sync` and lives for ever; cloning and dropping do
    // nothing but copy the pointer.
    unsafe { Waker::from_raw(RawWaker::new(ptr::from_ref(flag).cast(), &FLAG_WAKER)) }
}

/// All places are taken; nothing was spawned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Display for Full {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("the executor has no place for another task")
    }
}

impl core::error::Error for Full {}

/// A task: a future that the caller keeps.
type Task<'a> = Pin<&'a mut dyn Future<Output = ()>>;

/// An executor of at most `N` tasks, which allocates nothing.
///
/// ```
/// use core::{cell::Cell, pin::pin};
/// use runtime_lite::{FixedExecutor, ReadyFlags, yield_now};
///
/// static FLAGS: ReadyFlags<2> = ReadyFlags::new();
/// let sum = Cell::new(0);
/// let mut one = pin!(async { sum.set(sum.get() + 1) });
/// let mut two = pin!(async {
///     yield_now().await;
///     sum.set(sum.get() + 2);
/// });
/// let mut executor = FixedExecutor::new(&FLAGS);
/// executor.spawn(one.as_mut())?;
/// executor.spawn(two.as_mut())?;
/// executor.run(core::hint::spin_loop);
/// assert_eq!(sum.get(), 3);
/// # Ok::<(), runtime_lite::Full>(())
/// ```
pub struct FixedExecutor<'a, const N: usize> {
    ready: &'static ReadyFlags<N>,
    tasks: [Option<Task<'a>>; N],
}

impl<'a, const N: usize> FixedExecutor<'a, N> {
    /// An executor without tasks.
    ///
    /// # Panics
    /// If another executor has the same flags.
    pub fn new(ready: &'static ReadyFlags<N>) -> Self {
        assert!(
            !ready.taken.swap(true, Ordering::Acquire),
            "the flags belong to another executor"
        );
        Self {
            ready,
            tasks: [const { None }; N],
        }
    }

    /// Adds a task, unless all places are taken.
    pub fn spawn(&mut self, future: Pin<&'a mut dyn Future<Output = ()>>) -> Result<(), Full> {
        let place = self.tasks.iter().position(Option::is_none).ok_or(Full)?;
        self.tasks[place] = Some(future);
        self.ready.flags[place].store(true, Ordering::Relaxed);
        Ok(())
    }

    /// How many tasks have not ended.
    pub fn live(&self) -> usize {
        self.tasks.iter().flatten().count()
    }

    /// Polls each task that was woken once; says whether there was one.
    pub fn tick(&mut self) -> bool {
        let mut polled = false;
        for (task, flag) in self.tasks.iter_mut().zip(&self.ready.flags) {
            if let Some(future) = task {
                if flag.swap(false, Ordering::Acquire) {
                    polled = true;
                    if future
                        .as_mut()
                        .poll(&mut Context::from_waker(&waker_for(flag)))
                        .is_ready()
                    {
                        *task = None;
                    }
                }
            }
        }
        polled
    }

    /// Runs until every task has ended. `idle` is called whenever none is ready.
    pub fn run(&mut self, mut idle: impl FnMut()) {
        while self.live() > 0 {
            if !self.tick() {
                idle();
            }
        }
    }
}

impl<const N: usize> Drop for FixedExecutor<'_, N> {
    fn drop(&mut self) {
        self.ready.taken.store(false, Ordering::Release);
    }
}
