//! `join!`, `try_join!`, `race!` and `select!`: who is polled when, and who is dropped when.

use runtime_lite::{Choice, block_on, join, race, select, try_join, yield_now};
use std::cell::{Cell, RefCell};
use std::future::{Future, pending, poll_fn, ready};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A list that says what happened in which order.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    fn note(&self, text: &str) {
        self.0.borrow_mut().push(text.into());
    }

    fn take(&self) -> Vec<String> {
        self.0.take()
    }

    /// A future that notes its polls and its end, and gives its number of polls.
    fn future(&self, name: &'static str, polls: usize) -> impl Future<Output = usize> {
        struct Noted(Log, &'static str);
        impl Drop for Noted {
            fn drop(&mut self) {
                self.0.note(&format!("drop {}", self.1));
            }
        }
        let noted = Noted(self.clone(), name);
        let mut left = polls;
        poll_fn(move |_| {
            noted.0.note(noted.1);
            left -= 1;
            if left == 0 {
                Poll::Ready(polls)
            } else {
                Poll::Pending
            }
        })
    }
}

fn poll_once<F: Future>(future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn join_starts_each_poll_with_another_future_and_leaves_out_those_that_have_ended() {
    let log = Log::default();
    let mut joined = pin!(runtime_lite::join((
        log.future("a", 3),
        log.future("b", 1),
        log.future("c", 2)
    )));
    assert!(poll_once(joined.as_mut()).is_pending());
    assert_eq!(log.take(), ["a", "b", "drop b", "c"]);
    assert!(poll_once(joined.as_mut()).is_pending());
    assert_eq!(log.take(), ["c", "drop c", "a"]);
    assert_eq!(poll_once(joined.as_mut()), Poll::Ready((3, 1, 2)));
    assert_eq!(log.take(), ["a", "drop a"]);
}

#[test]
fn join_takes_one_to_eight_futures() {
    block_on(async {
        assert_eq!(join!(ready(1)), (1,));
        assert_eq!(
            join!(ready(1), ready('b'), ready("c"), ready(()),),
            (1, 'b', "c", ())
        );
        let eight = join!(
            ready(1),
            ready(2),
            ready(3),
            ready(4),
            ready(5),
            ready(6),
            ready(7),
            yield_now()
        );
        assert_eq!(eight, (1, 2, 3, 4, 5, 6, 7, ()));
    });
}

#[test]
#[should_panic = "polled after completion"]
fn join_polled_after_its_end_panics() {
    let mut joined = pin!(runtime_lite::join((ready(1), ready(2))));
    assert!(poll_once(joined.as_mut()).is_ready());
    let _ = poll_once(joined.as_mut());
}

#[test]
fn try_join_ends_with_the_first_error_and_drops_the_rest() {
    let log = Log::default();
    let mut joined = Box::pin(runtime_lite::try_join((
        async { Ok::<_, &str>(log.future("a", 5).await) },
        async {
            yield_now().await;
            Err::<(), _>("refused")
        },
    )));
    assert!(poll_once(joined.as_mut()).is_pending());
    assert_eq!(poll_once(joined.as_mut()), Poll::Ready(Err("refused")));
    assert_eq!(log.take(), ["a"]);
    drop(joined);
    assert_eq!(log.take(), ["drop a"]);
}

#[test]
fn try_join_gives_all_values() {
    let values: Result<_, ()> =
        block_on(async { Ok(try_join!(ready(Ok(1)), ready(Ok::<_, ()>("two")))?) });
    assert_eq!(values, Ok((1, "two")));
}

#[test]
fn select_drops_the_losers_before_the_arm_runs() {
    let log = Log::default();
    let text = block_on(async {
        select! {
            count = log.future("a", 1) => {
                assert!(log.take().contains(&"drop b".into()));
                format!("a after {count}")
            }
            _ = log.future("b", 9) => String::from("b"),
        }
    });
    assert_eq!(text, "a after 1");
}

#[test]
fn select_arms_belong_to_the_function_around() {
    async fn first_even() -> u32 {
        for number in 1.. {
            select! {
                number = ready(number) => if number % 2 == 0 { return number } else { continue },
                _ = pending::<()>() => break,
            }
        }
        0
    }
    assert_eq!(block_on(first_even()), 2);
}

#[test]
fn select_in_a_loop_gives_each_ready_future_its_turn() {
    let counts = [const { Cell::new(0) }; 3];
    block_on(async {
        for _ in 0..300 {
            let index =
                select! { () = ready(()) => { 0 }, () = ready(()) => { 1 } () = ready(()) => 2 };
            counts[index].set(counts[index].get() + 1);
        }
    });
    assert!(counts.iter().all(|count| count.get() == 100), "{counts:?}");
}

#[test]
fn a_future_lent_to_select_goes_on_afterwards() {
    block_on(async {
        let mut slow = pin!(async {
            yield_now().await;
            "slow"
        });
        let mut rounds = 0;
        let ended = loop {
            select! {
                ended = slow.as_mut() => break ended,
                () = ready(()) => rounds += 1,
            }
        };
        assert_eq!(ended, "slow");
        assert!(rounds <= 4, "{rounds}");
    });
}

#[test]
fn race_gives_the_first_output() {
    assert_eq!(block_on(async { race!(pending(), ready(5)) }), 5);
    assert_eq!(
        block_on(runtime_lite::select((ready(1), pending::<char>()))),
        Choice::A(1)
    );
}

#[test]
fn nothing_is_larger_than_its_parts() {
    let future = || pending::<[u8; 64]>();
    assert!(size_of_val(&runtime_lite::join((future(), future()))) <= 2 * 65 + 16);
    assert!(size_of_val(&runtime_lite::race((future(), future()))) <= 16);
}
