//! The pool of `futures-executor`, which has neither timers nor sockets.

use super::Runtime;
use futures_executor::{LocalPool, LocalSpawner};
use futures_util::task::LocalSpawnExt;
use std::cell::RefCell;

thread_local! {
    static POOL: RefCell<LocalPool> = RefCell::new(LocalPool::new());
    static SPAWNER: LocalSpawner = POOL.with_borrow(LocalPool::spawner);
}

/// `LocalPool`.
pub struct Pool;

impl Runtime for Pool {
    const NAME: &'static str = "futures";

    fn run<F: Future>(future: F) -> F::Output {
        // The spawner is made out of the pool, which is borrowed from here on.
        SPAWNER.with(|_| {});
        POOL.with_borrow_mut(|pool| pool.run_until(future))
    }

    fn spawn<F>(future: F) -> impl Future<Output = F::Output> + Send + 'static
    where
        F: Future<Output: Send + 'static> + Send + 'static,
    {
        SPAWNER
            .with(|spawner| spawner.spawn_local_with_handle(future))
            .expect("the pool is there")
    }

    fn detach<F>(future: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        SPAWNER
            .with(|spawner| spawner.spawn_local(future))
            .expect("the pool is there");
    }
}
