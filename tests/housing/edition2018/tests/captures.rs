//! Closures of edition 2018 capture whole variables.

use std::cell::RefCell;
use std::future::ready;
use std::rc::Rc;

use state_future::state_future;

/// Notes its drop.
struct Noted(&'static str, Rc<RefCell<Vec<&'static str>>>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

#[state_future]
async fn takes_the_variable(pair: (Noted, Noted)) -> usize {
    let log = pair.0.1.clone();
    ready(pair.1.0.len()).await;
    let closure = move || {
        let pair = &pair;
        pair.0.0.len() + pair.1.0.len()
    };
    let length = closure();
    drop(closure);
    ready(()).await;
    log.borrow_mut().push("end");
    length
}

#[state_future]
async fn takes_a_field(pair: (Noted, Noted)) -> usize {
    let log = pair.0.1.clone();
    ready(pair.1.0.len()).await;
    let left = pair.0;
    let closure = move || {
        let left = left;
        left.0.len()
    };
    ready(()).await;
    let length = closure();
    log.borrow_mut().push("end");
    length
}

fn pair(log: &Rc<RefCell<Vec<&'static str>>>) -> (Noted, Noted) {
    (Noted("left", log.clone()), Noted("right", log.clone()))
}

#[test]
fn what_a_closure_takes_is_dropped_with_it() {
    let log = Rc::default();
    assert_eq!(pollster::block_on(takes_the_variable(pair(&log))), 9);
    assert_eq!(*log.borrow(), ["left", "right", "end"]);
    log.borrow_mut().clear();
    assert_eq!(pollster::block_on(takes_a_field(pair(&log))), 4);
    assert_eq!(*log.borrow(), ["left", "end", "right"]);
}

#[test]
fn a_closure_that_mentions_a_field_is_refused() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
