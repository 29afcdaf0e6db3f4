//! An executor that stays on one thread.

use crate::block_on;
use crate::task::{
    Header, Home, JoinHandle, Printing, Registry, Runnable, Silent, TaskDump, TaskInfo, Telling,
    contain, take_aside,
};
use crate::wakers::Wakers;
use pin_project::pin_project;
use std::cell::{Cell, UnsafeCell};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// How many tasks run before the future that drives them gives way.
const BATCH: usize = 64;

/// Says which thread this is, by an address that no other living thread has.
fn this_thread() -> *const u8 {
    thread_local! {
        static MARK: u8 = const { 0 };
    }
    MARK.with(ptr::from_ref)
}

/// What the executor, its tasks and their wakers share.
pub(crate) struct Shared {
    owner: *const u8,
    /// Ready tasks. Only for the owning thread.
    queue: UnsafeCell<VecDeque<Runnable>>,
    /// What the executor is at. Only for the owning thread.
    stage: Cell<Stage>,
    /// Whether there is something in `remote.queue`.
    has_remote: AtomicBool,
    remote: Mutex<Remote>,
    /// Signalled when a task comes in from another thread.
    came_in: Condvar,
    registry: Registry,
}

/// What an executor is at, and so what becomes of tasks that are woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing; a [`Run`] has to be woken for what is queued.
    Idle,
    /// A [`Run`] is being polled, and comes to what is queued.
    Running,
    /// The tasks are asked what they are at.
    Asking,
    /// It was dropped, and drops the tasks.
    Closed,
}

/// Has an executor be at something until this is dropped.
struct Entered<'a> {
    stage: &'a Cell<Stage>,
    then: Stage,
}

impl<'a> Entered<'a> {
    /// A call may be within another, which is then idle until its thread comes back to it: at worst it is woken needlessly.
    fn run(stage: &'a Cell<Stage>) -> Self {
        stage.set(Stage::Running);
        let then = Stage::Idle;
        Self { stage, then }
    }

    fn ask(stage: &'a Cell<Stage>) -> Self {
        let then = stage.replace(Stage::Asking);
        Self { stage, then }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.stage.set(self.then);
    }
}

/// What other threads reach.
struct Remote {
    /// Tasks that other threads have woken.
    queue: VecDeque<Runnable>,
    /// The wakers of all [`Run`]s that wait.
    runners: Wakers,
}

// SAFETY: `queue` and `stage` are reached only by the thread that `owner` names: in methods of the `!Send`
// executor, and elsewhere after comparing `owner` with the calling thread. The tasks in the queues may hold what is not
// `Send`; other threads only move them into `remote.queue`, and never run or drop them.
unsafe impl Sync for Shared {}
// SAFETY: as above. When the last reference is dropped on another thread the queues are empty: the executor's `drop` has
// waited for every task, and each task's header holds a reference.
unsafe impl Send for Shared {}

impl Shared {
    fn remote(&self) -> MutexGuard<'_, Remote> {
        self.remote.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_queue<T>(&self, function: impl FnOnce(&mut VecDeque<Runnable>) -> T) -> T {
        debug_assert_eq!(self.owner, this_thread());
        // SAFETY: this is the owning thread, and `function` only pushes or pops, so that nothing comes back here meanwhile.
        function(unsafe { &mut *self.queue.get() })
    }

    /// Wakes the runners that wait.
    fn wake_runners(&self) {
        let runners = self.remote().runners.take();
        runners.wake();
    }

    /// Does on the owning thread with a woken task what the executor's stage asks for.
    fn push_here(&self, runnable: Runnable) {
        match self.stage.get() {
            Stage::Asking => take_aside(runnable),
            Stage::Closed => drop(runnable),
            Stage::Running => self.with_queue(|queue| queue.push_back(runnable)),
            Stage::Idle => {
                let was_empty = self.with_queue(|queue| {
                    queue.push_back(runnable);
                    queue.len() == 1
                });
                if was_empty {
                    self.wake_runners();
                }
            }
        }
    }

    /// Queues a task on another thread.
    fn push_from_elsewhere(&self, runnable: Runnable) {
        let mut remote = self.remote();
        remote.queue.push_back(runnable);
        self.has_remote.store(true, Ordering::Release);
        let runners = remote.runners.take();
        self.came_in.notify_one();
        drop(remote);
        runners.wake();
    }

    /// The task to run next.
    fn pop(&self) -> Option<Runnable> {
        if self.has_remote.load(Ordering::Acquire) {
            let mut remote = self.remote();
            self.has_remote.store(false, Ordering::Relaxed);
            let came_in = std::mem::take(&mut remote.queue);
            drop(remote);
            self.with_queue(|queue| queue.extend(came_in));
        }
        self.with_queue(VecDeque::pop_front)
    }
}

/// Puts a woken task where it runs.
fn schedule(runnable: Runnable) {
    let Home::Local(shared) = &runnable.metadata().home else {
        unreachable!("a local task has a local home")
    };
    let is_here = shared.owner == this_thread();
    if is_here && shared.stage.get() == Stage::Running {
        let shared = Arc::as_ptr(shared);
        // SAFETY: the `Run` that is being polled on this thread borrows the executor, which keeps `shared` alive.
        return unsafe { &*shared }.with_queue(|queue| queue.push_back(runnable));
    }
    // The task keeps `shared` alive, but may be gone as soon as it is in a queue.
    let shared = shared.clone();
    if is_here {
        shared.push_here(runnable);
    } else {
        shared.push_from_elsewhere(runnable);
    }
}

/// An executor whose tasks stay on the thread that made it, so that they need not be `Send`.
///
/// Its tasks run while [`LocalExecutor::block_on`] or a future of [`LocalExecutor::run`] runs. Dropping it drops them.
///
/// ```
/// use runtime_lite::LocalExecutor;
/// use std::{cell::Cell, rc::Rc};
///
/// let executor = LocalExecutor::new();
/// let count = Rc::new(Cell::new(0));
/// let task = executor.spawn({
///     let count = count.clone();
///     async move { count.set(count.get() + 1) }
/// });
/// executor.block_on(task).unwrap();
/// assert_eq!(count.get(), 1);
/// ```
pub struct LocalExecutor<'a> {
    shared: Arc<Shared>,
    /// Not `Send`, and tasks may borrow what outlives the executor.
    marker: PhantomData<(*const (), Cell<&'a ()>)>,
}

impl Default for LocalExecutor<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> LocalExecutor<'a> {
    /// An executor without tasks.
    pub fn new() -> Self {
        let remote = Remote {
            queue: VecDeque::new(),
            runners: Wakers::default(),
        };
        let shared = Shared {
            owner: this_thread(),
            queue: UnsafeCell::new(VecDeque::new()),
            stage: Cell::new(Stage::Idle),
            has_remote: AtomicBool::new(false),
            remote: Mutex::new(remote),
            came_in: Condvar::new(),
            registry: Registry::new(),
        };
        Self {
            shared: Arc::new(shared),
            marker: PhantomData,
        }
    }

    /// Starts a task.
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: 'a, Output: 'a>,
    {
        self.spawn_task::<Silent, _>(None, future.into_future())
    }

    /// Starts a task with a name, which [`LocalExecutor::tasks`] shows.
    pub fn spawn_named<F>(&self, name: &str, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: 'a, Output: 'a>,
    {
        self.spawn_task::<Silent, _>(Some(name.into()), future.into_future())
    }

    /// Starts a task with a name, whose future [`LocalExecutor::dump`] prints.
    ///
    /// The task notes the time after each poll, which other tasks do not.
    pub fn spawn_debug<F>(&self, name: &str, future: F) -> JoinHandle<F::Output>
    where
        F: IntoFuture<IntoFuture: Debug + 'a, Output: 'a>,
    {
        self.spawn_task::<Printing, _>(Some(name.into()), future.into_future())
    }

    fn spawn_task<T: Telling<F>, F: Future + 'a>(
        &self,
        name: Option<Box<str>>,
        future: F,
    ) -> JoinHandle<F::Output> {
        let header = Header::new(Home::Local(self.shared.clone()), name);
        let builder = async_task::Builder::new().metadata(header);
        // SAFETY: the future need not be `Send`, as `schedule` brings the task back to this thread, where alone tasks are
        // run and dropped. It need not be `'static`, as it lives for `'a` and the executor's `drop` drops every task
        // before `'a` ends. `schedule` is a function: `Send`, `Sync`, `'static`. The header outlives the future, being
        // dropped after it.
        let (runnable, task) = unsafe {
            builder.spawn_unchecked(move |header| contain::<T, _>(future, header), schedule)
        };
        self.shared.registry.insert(&runnable);
        runnable.schedule();
        JoinHandle::new(task)
    }

    /// Runs the tasks on this thread until a future ends, and returns its output.
    pub fn block_on<F: IntoFuture>(&self, future: F) -> F::Output {
        block_on(self.run(future))
    }

    /// A future that runs the tasks until a given future ends. It may itself run on any executor of this thread.
    pub fn run<F: IntoFuture>(&self, future: F) -> Run<'_, F::IntoFuture> {
        Run {
            shared: &self.shared,
            future: future.into_future(),
            marker: PhantomData,
        }
    }

    /// Runs one task that is ready, on this thread; says whether there was one.
    pub fn try_tick(&self) -> bool {
        self.shared.pop().map(Runnable::run).is_some()
    }

    /// Lists the live tasks, the newest first.
    pub fn tasks(&self) -> Vec<TaskInfo> {
        self.shared.registry.tasks()
    }

    /// Lists the live tasks, the newest first, with what each is at: for those spawned with [`LocalExecutor::spawn_debug`],
    /// what the future prints by [`Debug`], and since when it has been so.
    ///
    /// Each task that waits is polled once more afterwards, as if it had been woken.
    pub fn dump(&self) -> Vec<TaskDump> {
        self.shared
            .registry
            .dump(|| Entered::ask(&self.shared.stage))
    }
}

impl Drop for LocalExecutor<'_> {
    fn drop(&mut self) {
        let shared = &self.shared;
        shared.stage.set(Stage::Closed);
        loop {
            while let Some(runnable) = shared.pop() {
                drop(runnable);
            }
            if shared.registry.close() == 0 {
                return;
            }
            // A task is left that another thread is about to queue.
            let remote = shared.remote();
            drop(
                shared
                    .came_in
                    .wait_while(remote, |remote| remote.queue.is_empty()),
            );
        }
    }
}

/// The future of [`LocalExecutor::run`].
#[pin_project]
#[must_use = "futures do nothing unless awaited"]
pub struct Run<'a, F> {
    shared: &'a Arc<Shared>,
    #[pin]
    future: F,
    /// Not `Send`: the tasks stay on this thread.
    marker: PhantomData<*const ()>,
}

impl<F: Future> Future for Run<'_, F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let _running = Entered::run(&this.shared.stage);
        if let Poll::Ready(output) = this.future.poll(context) {
            // Tasks that are ready must not wait for a runner that is gone.
            this.shared.wake_runners();
            return Poll::Ready(output);
        }
        for _ in 0..BATCH {
            match this.shared.pop() {
                Some(runnable) => runnable.run(),
                None => {
                    let mut remote = this.shared.remote();
                    if !remote.queue.is_empty() {
                        continue;
                    }
                    remote.runners.add(context.waker());
                    return Poll::Pending;
                }
            };
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
