//! The same tasks under `shuttle`, which runs a test from its beginning once for each schedule: it cannot copy what is suspended.
//!
//! `shuttle` reports a failed check as a panic, so this counts how often the tasks have been run by then.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use shuttle::scheduler::{DfsScheduler, RandomScheduler, Scheduler};
use shuttle::{Config, Runner, future};

type Accounts = Arc<Mutex<[u32; 3]>>;

/// The transfer of `bank.rs`, a turn being one of `shuttle`'s.
async fn transfer(accounts: Accounts, from: usize, to: usize, amount: u32) {
    let source = accounts.lock().unwrap()[from];
    future::yield_now().await;
    let target = accounts.lock().unwrap()[to];
    future::yield_now().await;
    accounts.lock().unwrap()[from] = source - amount;
    future::yield_now().await;
    accounts.lock().unwrap()[to] = target + amount;
}

/// Runs the transfers once, and checks what they leave behind.
fn run(transfers: &'static [(usize, usize)]) {
    let accounts = Accounts::new(Mutex::new([100; 3]));
    let tasks: Vec<_> = transfers
        .iter()
        .map(|(from, to)| future::spawn(transfer(accounts.clone(), *from, *to, 10)))
        .collect();
    future::block_on(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
    assert_eq!(*accounts.lock().unwrap(), [100; 3]);
}

/// How many schedules `shuttle` runs, and whether the last one is a failure.
pub struct Needed {
    pub schedules: usize,
    pub found: bool,
}

fn needed(scheduler: impl Scheduler + 'static, transfers: &'static [(usize, usize)]) -> Needed {
    let schedules = Arc::new(AtomicUsize::new(0));
    let counted = schedules.clone();
    let mut config = Config::new();
    config.failure_persistence = shuttle::FailurePersistence::None;
    let result = catch_unwind(AssertUnwindSafe(|| {
        Runner::new(scheduler, config).run(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            run(transfers);
        })
    }));
    Needed {
        schedules: schedules.load(Ordering::Relaxed),
        found: result.is_err(),
    }
}

/// What it needs with random schedules, of which there are at most so many.
pub fn at_random(seed: u64, most: usize, transfers: &'static [(usize, usize)]) -> Needed {
    needed(RandomScheduler::new_from_seed(seed, most), transfers)
}

/// What it needs if it goes through the schedules in order.
pub fn in_order(most: usize, transfers: &'static [(usize, usize)]) -> Needed {
    needed(DfsScheduler::new(Some(most), false), transfers)
}
