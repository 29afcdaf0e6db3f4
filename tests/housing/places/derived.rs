//! Machines that are copied, compared, hashed and printed while they are suspended.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::future::Future;
use std::hash::{BuildHasher, RandomState};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use state_future::{StateFuture, state_future};

/// Suspends as often as it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Turns(u32);

impl Future for Turns {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        match self.0.checked_sub(1) {
            None => Poll::Ready(()),
            Some(rest) => {
                self.0 = rest;
                Poll::Pending
            }
        }
    }
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn finish<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return output;
        }
    }
}

#[state_future]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
async fn collect(prefix: &str, count: u32) -> Vec<String> {
    let mut all = Vec::new();
    for number in 0..count {
        let item = format!("{prefix}{number}");
        Turns(1).await;
        all.push(item);
        inner(number).await;
    }
    all
}

#[state_future(named)]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
async fn inner(number: u32) -> u32 {
    let boxed = Box::new(number);
    Turns(1).await;
    *boxed
}

#[test]
fn both_copies_finish() {
    let polls = 4;
    for copied_after in 0..=polls {
        let mut future = Box::pin(collect("x", 2));
        for _ in 0..copied_after {
            assert!(poll(future.as_mut()).is_pending());
        }
        // A machine that holds no borrow of itself may be moved as a copy that has not been polled since.
        let copy = (*future).clone();
        assert_eq!(finish(future), ["x0", "x1"]);
        assert_eq!(finish(copy), ["x0", "x1"]);
    }
}

#[test]
fn copies_are_equal_until_one_goes_on() {
    let hasher = RandomState::new();
    let mut future = Box::pin(collect("x", 2));
    let mut before = (*future).clone();
    while poll(future.as_mut()).is_pending() {
        assert!(*future != before);
        let copy = (*future).clone();
        assert!(*future == copy);
        assert_eq!(hasher.hash_one(&*future), hasher.hash_one(&copy));
        before = copy;
    }
    assert!(collect("x", 2) == collect("x", 2));
    assert!(collect("x", 2) != collect("y", 2));
}

// A future changes only when it is polled, which nobody can do to a key.
#[allow(clippy::mutable_key_type)]
#[test]
fn named_machines_in_a_set() {
    let mut states: HashSet<Inner> = [inner(1), inner(2), inner(1)].into();
    assert_eq!(states.len(), 2);
    assert!(states.remove(&Inner::new(2)));
    assert!(!states.contains(&inner(2)));
}

/// Notes each copy and drop.
#[derive(Debug)]
struct Counted {
    alive: Rc<Cell<i32>>,
    panics: bool,
}

impl Counted {
    fn new(alive: &Rc<Cell<i32>>, panics: bool) -> Self {
        alive.set(alive.get() + 1);
        Counted {
            alive: alive.clone(),
            panics,
        }
    }
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        assert!(!self.panics, "on purpose");
        Counted::new(&self.alive, false)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.alive.set(self.alive.get() - 1);
    }
}

#[state_future]
#[derive(Clone)]
async fn holds(first: Counted, second: Counted, consume: bool) -> i32 {
    let third = first.clone();
    if consume {
        drop(first);
    }
    Turns(1).await;
    let alive = third.alive.get();
    drop(third);
    Turns(1).await;
    alive + i32::from(second.panics)
}

#[test]
fn what_is_copied_is_dropped() {
    for consume in [false, true] {
        for polls in 0..3 {
            let alive = Rc::new(Cell::new(0));
            let mut future = Box::pin(holds(
                Counted::new(&alive, false),
                Counted::new(&alive, false),
                consume,
            ));
            for _ in 0..polls {
                assert!(poll(future.as_mut()).is_pending());
            }
            let held = alive.get();
            let copy = (*future).clone();
            assert_eq!(alive.get(), 2 * held);
            drop(future);
            assert_eq!(alive.get(), held);
            drop(copy);
            assert_eq!(alive.get(), 0);
        }
    }
}

#[test]
fn a_copy_that_panics_leaves_nothing() {
    let alive = Rc::new(Cell::new(0));
    let future = holds(
        Counted::new(&alive, false),
        Counted::new(&alive, true),
        false,
    );
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| future.clone()));
    assert!(caught.is_err());
    assert_eq!(alive.get(), 2);
    drop(future);
    assert_eq!(alive.get(), 0);
}

#[test]
fn ended_machines_can_be_copied() {
    let mut future = Box::pin(inner(1));
    while poll(future.as_mut()).is_pending() {}
    let copy = (*future).clone();
    assert!(copy.state().is_ended());
}

#[state_future]
#[derive(Debug)]
async fn prints(name: &str, mut count: u32) -> usize {
    let mut lent = vec![1];
    count += 1;
    let push = push(&mut lent, count);
    push.await;
    lent.len() + name.len()
}

#[state_future]
#[derive(Debug)]
async fn push(list: &mut Vec<u32>, number: u32) {
    Turns(1).await;
    list.push(number);
}

#[test]
fn variables_are_printed_but_borrowed_ones() {
    let mut future = pin!(prints("me", 2));
    assert!(
        format!("{future:?}").ends_with(r#" (Start) { name: "me", count: 2 }"#),
        "{future:?}"
    );
    assert!(poll(future.as_mut()).is_pending());
    let printed = format!("{future:?}");
    assert!(
        printed.contains(r#" push { name: "me", lent: <borrowed> } > push at "#),
        "{printed}"
    );
    assert!(
        printed.ends_with(" Turns(1) { list: [1], number: 3 }"),
        "{printed}"
    );
    assert!(!future.state().to_string().contains("<borrowed>"));
    assert_eq!(poll(future), Poll::Ready(4));
}

#[state_future]
#[derive(Debug)]
async fn borrows_through(list: &mut Vec<u32>) {
    push(list, 1).await;
    let through = &mut *list;
    let again = push(through, 2);
    again.await;
    list.push(3);
}

#[test]
fn what_is_borrowed_through_is_not_looked_at() {
    let mut list = Vec::new();
    let mut future = pin!(borrows_through(&mut list));
    for _ in 0..2 {
        assert!(poll(future.as_mut()).is_pending());
        let printed = format!("{future:?}");
        assert!(printed.contains(" { list: <borrowed>"), "{printed}");
    }
}

#[state_future]
#[derive(Debug, Clone)]
async fn owns_everything(list: Vec<u32>) -> usize {
    let length = list.len();
    let text = list.iter().map(u32::to_string).collect::<String>();
    Turns(1).await;
    list.len() + text.len() + length
}

#[test]
fn variables_of_machines_that_own_them_are_all_printed() {
    let mut future = pin!(owns_everything(vec![1, 2]));
    assert!(poll(future.as_mut()).is_pending());
    let printed = format!("{future:?}");
    assert!(
        printed.contains("list: [1, 2]")
            && printed.contains("length: 2")
            && printed.contains(r#"text: "12""#),
        "{printed}"
    );
}

#[state_future(named)]
#[derive(Clone)]
async fn shares(log: &RefCell<Vec<u32>>, number: u32) {
    log.borrow_mut().push(number);
    Turns(1).await;
    log.borrow_mut().push(number + 10);
}

#[test]
fn copies_share_what_they_borrow_from_outside() {
    let log = RefCell::new(Vec::new());
    let mut future = Box::pin(shares(&log, 1));
    assert!(poll(future.as_mut()).is_pending());
    let copy = (*future).clone();
    finish(future);
    finish(copy);
    assert_eq!(*log.borrow(), [1, 11, 11]);
}
