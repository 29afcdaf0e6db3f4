//! The states in their order.

use crate::add_up;
use crate::promise::{Promise, State};
use std::pin::pin;
use std::task::{Context, Waker};

/// Polls a promise until it ends; gives the state after each poll, and the output.
fn watch(first: u8, second: u8) -> (Vec<State>, u8) {
    let mut promise = pin!(Promise::new(add_up(first, second)));
    let mut states = vec![promise.state()];
    loop {
        let ended = promise
            .as_mut()
            .poll_once(&mut Context::from_waker(Waker::noop()));
        states.push(promise.state());
        if let Some(sum) = ended {
            assert_eq!(
                promise
                    .as_mut()
                    .poll_once(&mut Context::from_waker(Waker::noop())),
                None
            );
            assert_eq!(promise.state(), State::Ended);
            return (states, sum);
        }
    }
}

#[test]
fn a_promise_that_waits_is_pending_in_between() {
    use State::{Ended, Initial, Pending};
    assert_eq!(
        watch(1, 2),
        (vec![Initial, Pending, Pending, Pending, Ended], 3)
    );
}

#[test]
fn a_promise_that_need_not_wait_is_never_pending() {
    assert_eq!(watch(0, 0), (vec![State::Initial, State::Ended], 0));
}
