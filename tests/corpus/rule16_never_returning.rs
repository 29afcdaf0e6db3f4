// Calls that never return: what a branch takes before one of them is not missed behind the branch.

use std::panic::resume_unwind;

fn unwind(word: &str) -> ! {
    resume_unwind(Box::new(word.to_string()))
}

#[lower]
async fn dropped_before_a_panic(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        drop(guard);
        panic!("gone");
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn consumed_before_a_panic(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        guard.spend();
        unreachable!("gone");
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn consumed_before_a_call(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        guard.spend();
        resume_unwind(Box::new(String::from("gone")));
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn awaits_before_the_call(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        guard.spend();
        tick("within").await;
        std::panic::panic_any(String::from("gone"));
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn awaited_message(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        drop(guard);
        todo!("{}", leaf("message", 1, 3).await);
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn arm_of_a_match(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    let number = match bad {
        true => {
            guard.spend();
            std::panic::resume_unwind(Box::new(String::from("gone")))
        }
        false => 3,
    };
    tick("after").await;
    guard.look() + number
}

#[lower]
async fn one_of_many_in_a_loop(bad: bool) -> u32 {
    let guard = noisy("guard");
    let mut sum = 0;
    for turn in 0..3 {
        tick("turn").await;
        if bad && turn == 1 {
            drop(guard);
            panic!("gone in turn {turn}");
        }
        sum += guard.look();
    }
    sum
}

#[lower]
async fn only_a_part(bad: bool) -> u32 {
    let pair = (noisy("first"), noisy("second"));
    tick("before").await;
    if bad {
        drop(pair.0);
        panic!("gone");
    }
    tick("after").await;
    pair.0.look() + pair.1.look()
}

/// A function of the user's is not known to return nothing: `return` says so.
#[lower]
async fn returned_call(bad: bool) -> u32 {
    let guard = noisy("guard");
    tick("before").await;
    if bad {
        guard.spend();
        return unwind("gone");
    }
    tick("after").await;
    guard.look()
}

#[lower]
async fn process_would_end(bad: bool) -> u32 {
    let guard = noisy("guard");
    let list = vec![noisy("one"), noisy("two")];
    tick("before").await;
    for item in list {
        if bad {
            drop(item);
            guard.spend();
            std::process::exit(3);
        }
        item.look();
        tick("turn").await;
    }
    guard.look()
}

cases! {
    dropped_before_a_panic_yes: dropped_before_a_panic(true),
    dropped_before_a_panic_no: dropped_before_a_panic(false),
    consumed_before_a_panic_yes: consumed_before_a_panic(true),
    consumed_before_a_panic_no: consumed_before_a_panic(false),
    consumed_before_a_call_yes: consumed_before_a_call(true),
    consumed_before_a_call_no: consumed_before_a_call(false),
    awaits_before_the_call_yes: awaits_before_the_call(true),
    awaits_before_the_call_no: awaits_before_the_call(false),
    awaited_message_yes: awaited_message(true),
    awaited_message_no: awaited_message(false),
    arm_of_a_match_yes: arm_of_a_match(true),
    arm_of_a_match_no: arm_of_a_match(false),
    one_of_many_in_a_loop_yes: one_of_many_in_a_loop(true),
    one_of_many_in_a_loop_no: one_of_many_in_a_loop(false),
    only_a_part_yes: only_a_part(true),
    only_a_part_no: only_a_part(false),
    returned_call_yes: returned_call(true),
    returned_call_no: returned_call(false),
    process_would_end: process_would_end(false),
}
