//! The tasks: transfers between accounts that others can see.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use state_future::state_future;

/// The accounts, and who holds their locks.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Bank {
    pub balances: [u32; 3],
    locked: [bool; 3],
}

thread_local! {
    /// The bank of the world that runs now. Tasks hold no reference to it, so that they can be copied into another world.
    static BANK: RefCell<Bank> = RefCell::default();
}

fn bank<T>(change: impl FnOnce(&mut Bank) -> T) -> T {
    BANK.with_borrow_mut(change)
}

/// Waits for the next turn: what lies between two turns happens at once.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Turn {
    over: bool,
}

pub fn turn() -> Turn {
    Turn { over: false }
}

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match std::mem::replace(&mut self.over, true) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

/// Waits until the account is not locked, and locks it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Lock(usize);

impl Future for Lock {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match bank(|bank| std::mem::replace(&mut bank.locked[self.0], true)) {
            true => Poll::Pending,
            false => Poll::Ready(()),
        }
    }
}

fn unlock(account: usize) {
    bank(|bank| bank.locked[account] = false);
}

/// Reads both balances, and later writes them: in between, others may have done the same.
#[state_future]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub async fn transfer(from: usize, to: usize, amount: u32) {
    let source = bank(|bank| bank.balances[from]);
    turn().await;
    let target = bank(|bank| bank.balances[to]);
    turn().await;
    bank(|bank| bank.balances[from] = source - amount);
    turn().await;
    bank(|bank| bank.balances[to] = target + amount);
}

/// The same under the locks of both accounts, taken in the order of their numbers if `ordered`.
#[state_future]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub async fn locked_transfer(from: usize, to: usize, amount: u32, ordered: bool) {
    let (first, second) = if ordered && from > to {
        (to, from)
    } else {
        (from, to)
    };
    Lock(first).await;
    turn().await;
    Lock(second).await;
    transfer(from, to, amount).await;
    unlock(second);
    unlock(first);
}

/// A task of either kind.
#[state_future(named)]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub async fn task(from: usize, to: usize, lock: Option<bool>) {
    match lock {
        None => transfer(from, to, 10).await,
        Some(ordered) => locked_transfer(from, to, 10, ordered).await,
    }
}

/// The bank and the tasks that have not ended.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct World {
    bank: Bank,
    tasks: Vec<Option<Task>>,
}

/// What came of a task's turn.
pub struct Step {
    pub world: World,
    /// The task, and where it stood before.
    pub text: String,
}

impl World {
    fn new(transfers: &[(usize, usize)], lock: Option<bool>) -> World {
        World {
            bank: Bank {
                balances: [100; 3],
                ..Bank::default()
            },
            tasks: transfers
                .iter()
                .map(|(from, to)| Some(task(*from, *to, lock)))
                .collect(),
        }
    }

    /// Three transfers in a circle, without locks.
    pub fn of_transfers() -> World {
        World::new(&[(0, 1), (1, 2), (2, 0)], None)
    }

    /// The same, with locks taken in one order.
    pub fn of_locked_transfers() -> World {
        World::new(&[(0, 1), (1, 2), (2, 0)], Some(true))
    }

    /// The same, with each task locking its source first.
    pub fn of_deadlock() -> World {
        World::new(&[(0, 1), (1, 2), (2, 0)], Some(false))
    }

    /// Whether all tasks have ended.
    pub fn has_ended(&self) -> bool {
        self.tasks.iter().all(Option::is_none)
    }

    /// Whether each account has what the transfers should have left there: in a circle, what it had.
    pub fn is_right(&self) -> bool {
        self.bank.balances == [100; 3]
    }

    /// The balances.
    pub fn balances(&self) -> [u32; 3] {
        self.bank.balances
    }

    /// This world after a turn of the task, if there is such a task left.
    pub fn after(&self, task: usize) -> Option<Step> {
        let mut world = self.clone();
        let running = world.tasks[task].take()?;
        let text = format!("{}: {running:?}", ["first", "second", "third"][task]);
        BANK.set(world.bank);
        // A machine that derives `Clone` holds no borrow of itself, so the copy that is polled here may be polled elsewhere next.
        let mut running = Box::pin(running);
        let progress = running
            .as_mut()
            .poll(&mut Context::from_waker(std::task::Waker::noop()));
        world.tasks[task] = progress.is_pending().then(|| (*running).clone());
        world.bank = BANK.take();
        Some(Step { world, text })
    }
}
