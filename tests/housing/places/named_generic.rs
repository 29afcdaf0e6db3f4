//! Named machines with type parameters, made of the types that are declared.

use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Waker};

use state_future::{StateFuture, machine_of, state_future};

use crate::support::{Pause, block_on, pause, sendable};

#[state_future(named)]
async fn tuples<T: Clone>(pair: (T, u8), (left, right): (T, String)) -> (Vec<T>, String, u32) {
    let (first, mut count): (T, u8) = pair;
    let (number, flag) = (3u32, true);
    let text = "abc";
    let moved = first;
    count += 1;
    let wait: Pause = pause();
    wait.await;
    let sum = u32::from(count) + number + u32::from(flag) + text.len() as u32;
    (vec![left, moved], right, sum)
}

#[state_future(named)]
async fn constant<const N: usize>(numbers: [u32; N]) -> u32 {
    let wait: Pause = pause();
    wait.await;
    numbers.iter().sum()
}

#[state_future(named)]
async fn borrows<'a, T: AsRef<str> + ?Sized>(text: &'a T, other: &str) -> (&'a str, usize) {
    let word: &'a str = text.as_ref();
    let wait: Pause = pause();
    wait.await;
    (word, other.len())
}

#[state_future(named)]
async fn awaits_by_convention<T: Clone>(numbers: [u32; 2], value: T) -> (u32, Vec<T>, T) {
    let sum: u32 = constant::<2>(numbers).await;
    let (all, _, _): (Vec<T>, String, u32) =
        self::tuples::<T>((value.clone(), 1), (value.clone(), String::new())).await;
    let wait: Pause = pause();
    wait.await;
    (sum, all, value)
}

struct Counter {
    number: u32,
}

#[state_future(named)]
impl Counter {
    pub(crate) async fn plus<T: Into<u32>>(&self, value: T) -> u32 {
        let wait: Pause = pause();
        wait.await;
        self.number + value.into()
    }
}

#[test]
fn each_is_the_future_of_its_function() {
    let tuples: Tuples<u16> = tuples((1, 2), (5, "b".to_owned()));
    assert_eq!(block_on(tuples), (vec![5, 1], "b".to_owned(), 10));
    assert_eq!(block_on(sendable(Constant::<3>::new([1, 2, 3]))), 6);
    let text = String::from("ab");
    let borrows: Borrows<'_, '_, String> = borrows(&text, "c");
    assert_eq!(block_on(borrows), ("ab", 1));
    let both: AwaitsByConvention<u8> = awaits_by_convention([1, 2], 3);
    assert_eq!(block_on(both), (3, vec![3, 3], 3));
    let counter = Counter { number: 1 };
    let plus: Plus<'_, u8> = counter.plus(3);
    assert_eq!(block_on(plus), 4);
    assert_eq!(block_on(Plus::new(&counter, 4u16)), 5);
}

/// A place for every future of one type, whatever the type parameter.
struct Slots<T: Clone, const N: usize> {
    all: [Option<AwaitsByConvention<T>>; N],
}

#[test]
fn in_the_field_of_a_generic_struct() {
    let mut slots = Box::pin(Slots::<char, 2> {
        all: [None, Some(awaits_by_convention([1, 1], 'a'))],
    });
    // SAFETY: the futures are pinned whenever the struct is.
    let all = unsafe { &mut slots.as_mut().get_unchecked_mut().all };
    all[0] = Some(awaits_by_convention([2, 2], 'b'));
    let sums = all.iter_mut().map(|slot| {
        // SAFETY: likewise.
        let future = unsafe { Pin::new_unchecked(slot.as_mut().unwrap()) };
        block_on(future).0
    });
    assert_eq!(sums.collect::<Vec<_>>(), [4, 2]);
}

trait Otherwise {
    const YES: bool = false;
}

struct IsSend<T>(PhantomData<T>);
impl<T: Send> IsSend<T> {
    const YES: bool = true;
}
impl<T> Otherwise for IsSend<T> {}

struct IsUnpin<T>(PhantomData<T>);
impl<T: Unpin> IsUnpin<T> {
    const YES: bool = true;
}
impl<T> Otherwise for IsUnpin<T> {}

#[test]
fn auto_traits_are_those_of_the_types() {
    const {
        assert!(IsSend::<Tuples<u8>>::YES);
        assert!(!IsSend::<Tuples<Rc<u8>>>::YES);
        assert!(!IsSend::<AwaitsByConvention<Rc<u8>>>::YES);
        assert!(!IsUnpin::<Tuples<u8>>::YES && !IsUnpin::<Constant<1>>::YES && IsUnpin::<u8>::YES);
    }
}

#[state_future(named)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
async fn derived<T: Clone + Eq + Debug + std::hash::Hash>(value: T, left: u32) -> (T, u32) {
    let mut left: u32 = left;
    while left > 0 {
        let wait: Turn = Turn(false);
        wait.await;
        left -= 1;
    }
    (value, left)
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> std::task::Poll<()> {
        context.waker().wake_by_ref();
        match std::mem::replace(&mut self.0, true) {
            true => std::task::Poll::Ready(()),
            false => std::task::Poll::Pending,
        }
    }
}

#[test]
fn what_is_derived_goes_to_the_type() {
    let mut future: Pin<Box<Derived<String>>> = Box::pin(derived("a".to_owned(), 3));
    let mut context = Context::from_waker(Waker::noop());
    assert!(future.as_mut().poll(&mut context).is_pending());
    let copy: Derived<String> = Derived::clone(&future);
    assert!(copy == *future);
    assert!(future.as_mut().poll(&mut context).is_pending());
    assert!(copy != *future);
    let printed = format!("{:?}", *future);
    assert!(
        printed.contains("value: \"a\"") && printed.contains("left: 2"),
        "{printed}"
    );
    assert_eq!(block_on(pin!(copy)), ("a".to_owned(), 0));
    assert_eq!(block_on(future), ("a".to_owned(), 0));
}

#[test]
fn it_is_as_large_as_the_machine() {
    let picture = machine_of!(constant::<4>);
    assert_eq!(size_of::<Constant<4>>(), picture.size);
    let future = tuples((1u64, 2), (5, String::new()));
    let picture = Tuples::<u64>::picture().unwrap();
    assert_eq!(size_of_val(&future), picture.size);
    assert!(future.state().is_initial());
}
