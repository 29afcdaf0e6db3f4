//! What a test leaves behind, counted: tests that call [`counted`] first run one by one, and each must end with no more threads
//! of executors, tasks of the executor of all and descriptors than it began with.
//!
//! Threads for blocking code end by themselves after a while, which `leaks.rs` waits for, once.

use runtime_lite::{block_on, dump, spawn, time};
use std::fs::{read_dir, read_to_string};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{available_parallelism, panicking, yield_now};
use std::time::{Duration, Instant};

/// Lasts as long as a test, and checks at its end what is left.
pub struct Counted {
    before: Counts,
    _alone: MutexGuard<'static, ()>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counts {
    threads: usize,
    descriptors: usize,
    tasks: usize,
}

impl Counts {
    /// As of now; nothing where there is no `/proc`.
    fn now() -> Self {
        let entries = |folder: &str| read_dir(folder).into_iter().flatten().flatten();
        let names = entries("/proc/self/task").map(|task| read_to_string(task.path().join("comm")));
        Self {
            threads: names
                .filter(|name| matches!(name, Ok(name) if name.trim_end() == "runtime-lite"))
                .count(),
            descriptors: entries("/proc/self/fd").count(),
            tasks: dump().len(),
        }
    }

    /// As soon as `is_right`, or after a while.
    fn until(is_right: impl Fn(&Self) -> bool) -> Self {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            let now = Self::now();
            if is_right(&now) || Instant::now() >= deadline {
                return now;
            }
            yield_now();
        }
    }
}

/// Waits for other tests to end, and counts.
#[must_use = "it checks when it is dropped"]
pub fn counted() -> Counted {
    static ALONE: Mutex<()> = Mutex::new(());
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // The executor of all and the reactor stay once they are there.
    block_on(async {
        time::sleep(Duration::ZERO).await;
        spawn(async {}).await.unwrap();
    });
    // Its threads have their names as soon as they run.
    let threads = available_parallelism().map_or(1, usize::from);
    let before = Counts::until(|now| now.threads == 0 || now.threads >= threads);
    Counted {
        before,
        _alone: alone,
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let now = Counts::until(|now| *now == self.before);
        if !panicking() {
            assert_eq!(now, self.before, "what was there before is on the right");
        }
    }
}
