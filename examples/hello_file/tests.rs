//! Both machines are in the same state at every poll, and leave it in the same way.

use crate::disk::take_notes;
use crate::{annotated, by_hand};
use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

type Output = io::Result<()>;

/// The state that a machine must be in, from what it last did to the disk.
fn state_after(notes: &[String], polled: &Poll<Output>) -> &'static str {
    match polled {
        Poll::Ready(_) => "Done",
        Poll::Pending if notes.last().is_some_and(|note| note == "poll create") => "Create",
        Poll::Pending => "WriteAll",
    }
}

/// Polls once and gives what was done to the disk meanwhile.
fn poll_noted(future: Pin<&mut impl Future<Output = Output>>) -> (Poll<Output>, Vec<String>) {
    let polled = future.poll(&mut Context::from_waker(Waker::noop()));
    (polled, take_notes())
}

#[test]
fn both_have_the_same_states_in_the_same_order() {
    for (path, succeeds) in [("hello.txt", true), ("", false)] {
        let mut annotated = pin!(annotated::hello(Path::new(path)));
        let mut by_hand = pin!(by_hand::hello(Path::new(path)));
        assert!(
            take_notes().is_empty(),
            "something ran before the first poll"
        );
        let mut states = vec![by_hand.state()];
        loop {
            let (polled, notes) = poll_noted(annotated.as_mut());
            let (polled_by_hand, notes_by_hand) = poll_noted(by_hand.as_mut());
            assert_eq!(notes, notes_by_hand);
            assert_eq!(state_after(&notes, &polled), by_hand.state());
            if states.last() != Some(&by_hand.state()) {
                states.push(by_hand.state());
            }
            if let (Poll::Ready(output), Poll::Ready(output_by_hand)) = (polled, polled_by_hand) {
                assert_eq!(output.is_ok(), succeeds);
                assert_eq!(
                    output.map_err(|error| error.kind()),
                    output_by_hand.map_err(|error| error.kind())
                );
                break;
            }
        }
        let expected: &[_] = if succeeds {
            &["Start", "Create", "WriteAll", "Done"]
        } else {
            &["Start", "Create", "Done"]
        };
        assert_eq!(states, expected);
    }
}

#[test]
fn both_are_cancelled_alike_at_every_poll() {
    fn cancelled_after(polls: usize, future: impl Future<Output = Output>) -> Vec<String> {
        {
            let mut future = pin!(future);
            for _ in 0..polls {
                assert!(poll_noted(future.as_mut()).0.is_pending());
            }
        }
        take_notes()
    }
    let path = Path::new("hello.txt");
    let expected = |polls| match polls {
        0 => vec![],
        1..=2 => vec!["drop create"],
        _ => vec!["drop file"],
    };
    for polls in 0..8 {
        assert_eq!(
            cancelled_after(polls, annotated::hello(path)),
            expected(polls)
        );
        assert_eq!(
            cancelled_after(polls, by_hand::hello(path)),
            expected(polls)
        );
    }
}
