//! The harness sees the differences it is there for.

use differential::prelude::*;
use differential::{Ending, compare};

async fn parameter_first(parameter: Noisy) -> u32 {
    tick("pause").await;
    let answer = parameter.look();
    drop(parameter);
    answer
}

#[test]
fn equal_bodies_agree() {
    let summary = compare(
        || parameter_first(noisy("a")),
        || parameter_first(noisy("a")),
    )
    .unwrap();
    assert_eq!(summary.polls, 2);
    assert!(summary.scenarios > 10, "{summary:?}");
}

#[test]
fn order_of_drops() {
    async fn forward() {
        let (_second, _first) = (noisy("second"), noisy("first"));
        tick("pause").await;
    }
    async fn backward() {
        let _second = noisy("second");
        let _first = noisy("first");
        tick("pause").await;
    }
    assert!(compare(backward, forward).is_ok());
    async fn swapped() {
        let first = noisy("second");
        let _second = noisy("first");
        tick("pause").await;
        drop(first);
    }
    let mismatch = compare(backward, swapped).unwrap_err();
    assert_eq!(mismatch.scenario.ending, Ending::Completed);
    let printed = mismatch.to_string();
    let line = printed
        .lines()
        .find(|line| line.contains("=>"))
        .expect("the first difference is marked");
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>(),
        ["=>", "~first", "|", "~second"]
    );
}

#[test]
fn difference_only_when_cancelled() {
    async fn kept() {
        let value = noisy("value");
        tick("pause").await;
        drop(value);
    }
    async fn optional() {
        let other = noisy("other");
        let value = noisy("value");
        tick("pause").await;
        drop(value);
        drop(other);
    }
    async fn optional_reversed() {
        let other = noisy("other");
        let value = noisy("value");
        let (value, other) = (value, other);
        tick("pause").await;
        drop(value);
        drop(other);
    }
    assert!(compare(kept, kept).is_ok());
    let mismatch = compare(optional, optional_reversed).unwrap_err();
    assert_eq!(mismatch.scenario.ending, Ending::CancelledAfter(1));
}

#[test]
fn difference_only_when_unpolled() {
    let mismatch = compare(
        || two(noisy("a"), noisy("b")),
        || two_swapped(noisy("a"), noisy("b")),
    )
    .unwrap_err();
    assert_eq!(mismatch.scenario.ending, Ending::CancelledAfter(0));
}

async fn two(a: Noisy, b: Noisy) {
    tick("pause").await;
    drop((a, b));
}

fn two_swapped(a: Noisy, b: Noisy) -> impl Future<Output = ()> {
    let swapped = (b, a);
    async move {
        let (b, a) = swapped;
        tick("pause").await;
        drop((a, b));
    }
}

#[test]
fn output_and_number_of_polls() {
    async fn answers(pending: usize, answer: u32) -> u32 {
        leaf("leaf", pending, answer).await
    }
    assert!(compare(|| answers(1, 1), || answers(1, 2)).is_err());
    assert!(compare(|| answers(1, 1), || answers(2, 1)).is_err());
}

#[test]
fn words_of_a_late_poll() {
    struct Late(Pin<Box<dyn Future<Output = u32>>>, bool);
    impl Future for Late {
        type Output = u32;

        fn poll(
            mut self: Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<u32> {
            assert!(!self.1, "polled too late");
            let progress = self.0.as_mut().poll(context);
            self.1 = progress.is_ready();
            progress
        }
    }
    let mismatch = compare(
        || parameter_first(noisy("a")),
        || Late(Box::pin(parameter_first(noisy("a"))), false),
    )
    .unwrap_err();
    assert_eq!(mismatch.scenario.ending, Ending::PolledAgain);
    assert!(
        mismatch
            .plain
            .contains(&"panicked: `async fn` resumed after completion".to_owned())
    );
    assert!(
        mismatch
            .lowered
            .contains(&"panicked: polled too late".to_owned())
    );
}

#[test]
fn a_waker_of_an_earlier_poll_tells() {
    async fn keeps() {
        leaf("leaf", 2, ()).await;
    }
    async fn uses_the_first() {
        let mut inner = std::pin::pin!(leaf("leaf", 2, ()));
        let mut first = None;
        std::future::poll_fn(move |context| {
            let waker = first.get_or_insert_with(|| context.waker().clone());
            inner
                .as_mut()
                .poll(&mut std::task::Context::from_waker(waker))
        })
        .await
    }
    let mismatch = compare(keeps, uses_the_first).unwrap_err();
    assert!(
        mismatch.plain.contains(&"wake of poll 2".to_owned()),
        "{mismatch}"
    );
}

#[test]
fn a_panic_in_a_drop_is_injected_when_cancelled() {
    let scenario = differential::Scenario {
        ending: Ending::CancelledAfter(1),
        panic_at: Some(3),
    };
    let construct =
        || -> Box<dyn differential::Subject> { differential::subject(parameter_first(noisy("a"))) };
    let trace = differential::run(&construct, scenario).trace;
    let tail: Vec<&str> = trace
        .iter()
        .rev()
        .take(4)
        .rev()
        .map(String::as_str)
        .collect();
    assert_eq!(tail, ["~pause", "inject panic", "~a", "panicked: injected"]);
}

#[test]
fn only_a_panic_in_a_leaf_tells() {
    async fn plain() {
        let _value = noisy("value");
        tick("pause").await;
    }
    async fn swallowing() {
        let value = noisy("value");
        tick("pause").await;
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(value))).is_err() {
            mark("swallowed");
        }
    }
    let mismatch = compare(plain, swallowing).unwrap_err();
    assert!(mismatch.scenario.panic_at.is_some());
    assert!(mismatch.lowered.contains(&"swallowed".to_owned()));
}

#[test]
fn leaks_are_noted() {
    async fn drops() {
        let value = noisy("value");
        tick("pause").await;
        value.spend();
    }
    async fn forgets_if_cancelled() {
        let value = std::mem::ManuallyDrop::new(noisy("value"));
        tick("pause").await;
        std::mem::ManuallyDrop::into_inner(value).spend();
    }
    let mismatch = compare(drops, forgets_if_cancelled).unwrap_err();
    assert_eq!(mismatch.scenario.ending, Ending::CancelledAfter(1));
    assert_eq!(
        mismatch.lowered.last().map(String::as_str),
        Some("leaked 1")
    );
}

#[test]
fn a_leak_that_only_rustc_has_is_counted() {
    // rustc forgets the arm's value when the drop of what the arm binds panics.
    async fn arm(value: Option<Noisy>) -> Noisy {
        tick("pause").await;
        match value {
            Some(_bound) => noisy("value"),
            None => noisy("none"),
        }
    }
    async fn call(value: Option<Noisy>) -> Noisy {
        fn inner(bound: Noisy) -> Noisy {
            let value = noisy("value");
            drop(bound);
            value
        }
        tick("pause").await;
        inner(value.unwrap())
    }
    let (plain, lowered) = (|| arm(Some(noisy("a"))), || call(Some(noisy("a"))));
    assert_eq!(compare(plain, lowered).unwrap().leaks_avoided, 2);
    // The other way round it is a difference.
    assert!(compare(lowered, plain).is_err());
}

#[test]
fn auto_traits_are_told() {
    assert!(is_send!(parameter_first(noisy("a"))));
    assert!(!is_send!(std::rc::Rc::new(1)));
    assert!(is_sync!(1));
    assert!(!is_sync!(std::cell::Cell::new(1)));
}
