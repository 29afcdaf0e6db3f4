// Conditional moves, re-initialisation, deferred `let`, shadowing and assignment, each with its drops in place.

#[lower]
async fn moved_in_one_branch(flag: bool) {
    let a = noisy("a");
    let b = noisy("b");
    if flag {
        drop(a);
    }
    tick("pause").await;
    mark("end");
}

#[lower]
async fn moved_in_one_branch_with_await(flag: bool) {
    let a = noisy("a");
    if flag {
        tick("before").await;
        drop(a);
        tick("after").await;
    } else {
        tick("else").await;
    }
    let b = noisy("b");
    tick("pause").await;
}

#[lower]
async fn moved_in_both_branches(flag: bool) -> u32 {
    let a = noisy("a");
    let number = if flag { a.spend() } else { a.consume().await };
    tick("pause").await;
    number
}

#[lower]
async fn moved_in_an_arm(number: u32) -> u32 {
    let a = noisy("a");
    let first = match number {
        0 => a.spend(),
        1 => leaf("one", 1, 1).await,
        _ => {
            let moved = a;
            tick("moved").await;
            moved.look()
        }
    };
    tick("pause").await;
    first
}

#[lower]
async fn parameter_moved_in_one_branch(a: Noisy, b: Noisy, flag: bool) -> u32 {
    if flag {
        tick("first").await;
        drop(b);
    }
    tick("second").await;
    a.look()
}

#[lower]
async fn reinitialised() -> u32 {
    let mut a = noisy("first");
    tick("one").await;
    drop(a);
    tick("two").await;
    a = noisy("second");
    tick("three").await;
    a.look()
}

#[lower]
async fn reinitialised_in_a_branch(flag: bool) -> u32 {
    let mut a = noisy("first");
    let b = noisy("b");
    drop(a);
    if flag {
        a = noisy("second");
        tick("pause").await;
        a.look();
    }
    tick("end").await;
    b.look()
}

#[lower]
async fn reinitialised_from_itself() -> u32 {
    let mut a = noisy("a");
    for _ in 0..2 {
        a = a.rename("renamed");
        tick("turn").await;
    }
    a.look()
}

#[lower]
async fn reinitialised_by_an_awaited_call_with_itself() -> u32 {
    async fn pass(mut a: Noisy) -> Noisy {
        tick("pass").await;
        a.touch();
        a
    }
    let mut a = noisy("a");
    let b = noisy("b");
    a = pass(a).await;
    a = pass(a).await;
    a.look()
}

#[lower]
async fn overwritten() -> u32 {
    let mut a = noisy("first");
    let b = noisy("b");
    tick("one").await;
    a = noisy("second");
    tick("two").await;
    a = leaf("gives", 1, noisy("third")).await;
    a.look()
}

#[lower]
async fn overwritten_parameter(mut a: Noisy, b: Noisy) -> u32 {
    a = leaf("gives", 1, noisy("second")).await;
    tick("pause").await;
    a.look()
}

#[lower]
async fn deferred() -> u32 {
    let a;
    tick("before").await;
    a = noisy("a");
    tick("after").await;
    a.look()
}

#[lower]
async fn deferred_drops_by_declaration() {
    let late;
    let early = noisy("early");
    tick("before").await;
    late = noisy("late");
    tick("after").await;
}

#[lower]
async fn deferred_in_branches(flag: bool) -> u32 {
    let a;
    let b = noisy("b");
    if flag {
        a = noisy("yes");
        tick("yes").await;
    } else {
        tick("no").await;
        a = noisy("no");
    }
    tick("pause").await;
    a.look()
}

#[lower]
async fn deferred_maybe_never(flag: bool) {
    let a;
    tick("before").await;
    if flag {
        a = noisy("a");
        tick("inside").await;
        a.look();
    }
    tick("after").await;
    mark("end");
}

#[lower]
async fn deferred_in_a_loop() -> u32 {
    let found;
    let mut count = 0;
    loop {
        count += 1;
        tick("turn").await;
        if count == 3 {
            found = noisy("found");
            break;
        }
    }
    tick("after").await;
    found.look() + count
}

#[lower]
async fn deferred_with_type() -> u32 {
    let number: u32;
    let text: String;
    number = leaf("number", 1, 3).await;
    text = leaf("text", 1, "text".into()).await;
    number + text.len() as u32
}

#[lower]
async fn shadowed() -> u32 {
    let a = noisy("first");
    tick("one").await;
    let a = noisy("second");
    tick("two").await;
    let a = a.look();
    tick("three").await;
    a
}

#[lower]
async fn shadowed_from_itself() -> u32 {
    let a = noisy("a");
    let a = a.rename("renamed");
    tick("one").await;
    let a = Some(a);
    tick("two").await;
    let a = a.map(|a| a.look());
    a.unwrap_or_default()
}

#[lower]
async fn shadowed_in_a_block(a: Noisy) -> u32 {
    {
        let a = noisy("inner");
        tick("inner").await;
        a.look();
    }
    tick("outer").await;
    a.look()
}

#[lower]
async fn underscore_drops_at_once() {
    let _ = noisy("at once");
    tick("one").await;
    let _named = noisy("at the end");
    tick("two").await;
    _ = noisy("at once again");
    tick("three").await;
    _ = leaf("gives", 1, noisy("awaited")).await;
    mark("end");
}

#[lower]
async fn underscore_does_not_move(a: Noisy) -> u32 {
    let _ = a;
    tick("pause").await;
    a.look()
}

#[lower]
async fn underscore_in_a_pattern(pair: (Noisy, Noisy)) -> u32 {
    let (a, _) = pair;
    tick("one").await;
    a.look() + pair.1.look()
}

#[lower]
async fn moved_in_a_loop_with_break(flag: bool) {
    let a = noisy("a");
    loop {
        tick("turn").await;
        if flag {
            drop(a);
            break;
        }
        if !flag {
            break;
        }
    }
    tick("after").await;
}

#[lower]
async fn moved_before_each_continue() -> u32 {
    let mut kept = None;
    for index in 0..3 {
        let a = noisy(format!("turn {index}"));
        tick("turn").await;
        if index == 1 {
            kept = Some(a);
            continue;
        }
        tick("rest").await;
    }
    kept.map_or(0, |a| a.look())
}

#[lower]
async fn moved_into_a_call_that_panics_not(a: Noisy, b: Noisy) -> u32 {
    fn take(a: Noisy, b: &Noisy) -> u32 {
        a.look() + b.look()
    }
    tick("before").await;
    let number = take(a, &b);
    tick("after").await;
    number
}

#[lower]
async fn replaced_and_taken() -> u32 {
    let mut a = noisy("first");
    let old = std::mem::replace(&mut a, noisy("second"));
    tick("one").await;
    let mut maybe = Some(old);
    let taken = maybe.take();
    tick("two").await;
    taken.map_or(0, Noisy::spend) + a.look()
}

#[lower]
async fn swapped() -> u32 {
    let (mut a, mut b) = (noisy("a"), noisy("b"));
    tick("before").await;
    std::mem::swap(&mut a, &mut b);
    tick("after").await;
    a.look()
}

#[lower]
async fn assigned_before_the_temporaries_end() -> u32 {
    let mut a = noisy("old");
    tick("pause").await;
    a = renamed(&noisy("temporary"));
    tick("again").await;
    a.look()
}

fn renamed(_: &Noisy) -> Noisy {
    noisy("new")
}

cases! {
    assigned_before_the_temporaries_end(),
    moved_in_one_branch_yes: moved_in_one_branch(true),
    moved_in_one_branch_no: moved_in_one_branch(false),
    moved_in_one_branch_with_await_yes: moved_in_one_branch_with_await(true),
    moved_in_one_branch_with_await_no: moved_in_one_branch_with_await(false),
    moved_in_both_branches_yes: moved_in_both_branches(true),
    moved_in_both_branches_no: moved_in_both_branches(false),
    moved_in_an_arm_zero: moved_in_an_arm(0),
    moved_in_an_arm_one: moved_in_an_arm(1),
    moved_in_an_arm_many: moved_in_an_arm(2),
    parameter_moved_in_one_branch_yes: parameter_moved_in_one_branch(noisy("a"), noisy("b"), true),
    parameter_moved_in_one_branch_no: parameter_moved_in_one_branch(noisy("a"), noisy("b"), false),
    reinitialised(),
    reinitialised_in_a_branch_yes: reinitialised_in_a_branch(true),
    reinitialised_in_a_branch_no: reinitialised_in_a_branch(false),
    reinitialised_from_itself(),
    reinitialised_by_an_awaited_call_with_itself(),
    overwritten(),
    overwritten_parameter(noisy("a"), noisy("b")),
    deferred(),
    deferred_drops_by_declaration(),
    deferred_in_branches_yes: deferred_in_branches(true),
    deferred_in_branches_no: deferred_in_branches(false),
    deferred_maybe_never_yes: deferred_maybe_never(true),
    deferred_maybe_never_no: deferred_maybe_never(false),
    deferred_in_a_loop(),
    deferred_with_type(),
    shadowed(),
    shadowed_from_itself(),
    shadowed_in_a_block(noisy("a")),
    underscore_drops_at_once(),
    underscore_does_not_move(noisy("a")),
    underscore_in_a_pattern((noisy("a"), noisy("b"))),
    moved_in_a_loop_with_break_yes: moved_in_a_loop_with_break(true),
    moved_in_a_loop_with_break_no: moved_in_a_loop_with_break(false),
    moved_before_each_continue(),
    moved_into_a_call_that_panics_not(noisy("a"), noisy("b")),
    replaced_and_taken(),
    swapped(),
}
