// Parts that method calls, matches, loops and coercions move out of variables; the rest drops where it stands.

#[derive(Debug)]
struct Pair {
    first: Noisy,
    second: Noisy,
    number: u32,
}

fn pair() -> Pair {
    Pair {
        first: noisy("first"),
        second: noisy("second"),
        number: 7,
    }
}

#[derive(Debug)]
enum Frame {
    Simple(Noisy),
    Both(Noisy, Noisy),
    Named {
        head: Noisy,
        tail: Noisy,
        number: u32,
    },
    Empty,
}

struct Borrower<'a> {
    target: &'a mut Noisy,
    own: Noisy,
}

impl Drop for Borrower<'_> {
    fn drop(&mut self) {
        mark("drop of a borrower");
    }
}

#[lower]
async fn items_of_a_loop() -> u32 {
    let list = vec![(noisy("a"), noisy("b")), (noisy("c"), noisy("d"))];
    let mut sum = 0;
    for (left, _) in list {
        tick("turn").await;
        sum += left.look();
    }
    sum
}

#[lower]
async fn items_of_a_loop_not_bound() -> u32 {
    let mut sum = 0;
    for _ in [noisy("a"), noisy("b")] {
        tick("turn").await;
        sum += 1;
    }
    for (ref left, _) in [(noisy("c"), noisy("d"))] {
        tick("turn").await;
        sum += left.look();
    }
    sum
}

#[lower]
async fn items_of_a_while_let() -> u32 {
    let mut list = vec![(noisy("a"), noisy("b")), (noisy("c"), noisy("d"))];
    let mut sum = 0;
    while let Some((left, _)) = list.pop() {
        tick("turn").await;
        sum += left.look();
    }
    sum
}

#[lower]
async fn receiver_with_arguments() -> u32 {
    let pair = pair();
    let renamed = pair.first.rename("renamed");
    tick("one").await;
    renamed.look() + pair.second.look()
}

#[lower]
async fn receiver_in_a_chain(pair: (Option<Noisy>, Noisy)) -> u32 {
    tick("before").await;
    let number = pair.0.map(|noisy| noisy.spend()).unwrap_or(3);
    tick("after").await;
    number + pair.1.look()
}

#[lower]
async fn receiver_behind_pointers(shared: std::rc::Rc<Pair>) -> u32 {
    let boxed = Box::new(pair());
    let cell = std::cell::RefCell::new(pair());
    tick("one").await;
    let mut guard = cell.borrow_mut();
    let number = shared.first.look() + boxed.first.look() + guard.first.touch();
    tick("two").await;
    number + shared.number + boxed.number + guard.number
}

#[lower]
async fn fields_of_a_guard() -> u32 {
    let lock = lock("lock", (noisy("inside"), 3));
    let mut guard = lock.guard();
    tick("one").await;
    guard.1 += 1;
    let number = guard.1;
    guard.0.touch();
    tick("two").await;
    number
}

#[lower]
async fn unique_reference_in_a_field(mut target: Noisy) -> u32 {
    fn change(noisy: &mut Noisy) -> u32 {
        noisy.touch()
    }
    let borrower = Borrower {
        target: &mut target,
        own: noisy("own"),
    };
    tick("one").await;
    let number = change(borrower.target);
    tick("two").await;
    number + borrower.own.look()
}

#[lower]
async fn boxed_in_a_branch(flag: bool) -> u32 {
    let boxed = Box::new(pair());
    tick("one").await;
    if flag {
        let first = boxed.first;
        tick("two").await;
        first.look();
    }
    tick("three").await;
    boxed.second.look()
}

#[lower]
async fn refilled_in_a_loop() -> u32 {
    let mut pair = pair();
    let mut sum = 0;
    for turn in 0..3 {
        sum += pair.first.spend();
        tick("empty").await;
        pair.first = noisy(format!("turn {turn}"));
        tick("full").await;
    }
    sum + pair.first.look()
}

#[lower]
async fn refilled_on_one_path(flag: bool) -> u32 {
    let mut pair = pair();
    if flag {
        drop(pair.first);
        tick("inside").await;
    }
    pair.first = noisy("new first");
    tick("outside").await;
    pair.first.look()
}

#[lower]
async fn overwritten_after_a_part() -> u32 {
    let mut whole = pair();
    drop(whole.first);
    tick("one").await;
    whole = pair();
    tick("two").await;
    whole.first.look()
}

#[lower]
async fn overwritten_after_some_path(flag: bool) -> u32 {
    let mut whole = pair();
    tick("before").await;
    if flag {
        drop(whole.second);
    }
    tick("one").await;
    whole = Pair {
        number: leaf("number", 1, 3).await,
        ..pair()
    };
    tick("two").await;
    whole.first.look()
}

#[lower]
async fn both_parts_on_different_paths(number: u32) {
    let pair = pair();
    if number % 2 == 1 {
        drop(pair.first);
    }
    tick("between").await;
    if number / 2 == 1 {
        tick("within").await;
        drop(pair.second);
    }
    tick("after").await;
}

#[lower]
async fn a_part_or_the_whole(number: u32) -> u32 {
    let pair = pair();
    let result = match number {
        0 => pair.first.spend(),
        1 => {
            let moved = pair;
            tick("whole").await;
            moved.second.look()
        }
        _ => {
            let second = pair.second;
            tick("part").await;
            second.look()
        }
    };
    tick("after").await;
    result
}

#[lower]
async fn inner_or_outer_part(number: u32) -> u32 {
    let nested = (pair(), noisy("outer"));
    let result = match number {
        0 => nested.0.first.spend(),
        1 => {
            let inner = nested.0;
            tick("inner").await;
            inner.second.look()
        }
        _ => nested.1.spend(),
    };
    tick("after").await;
    result
}

#[lower]
async fn matched_frame(frame: Frame) -> u32 {
    tick("before").await;
    let number = match frame {
        Frame::Simple(only) => only.consume().await,
        Frame::Both(_, right) => {
            tick("both").await;
            right.look()
        }
        Frame::Named { head, number, .. } if number > 2 => {
            tick("named").await;
            head.look() + number
        }
        Frame::Named {
            ref tail,
            number: mut count,
            ..
        } => {
            tick("tail").await;
            count += tail.look();
            count
        }
        Frame::Empty => 0,
    };
    tick("after").await;
    number
}

#[lower]
async fn matched_without_awaiting(frame: Frame) -> u32 {
    tick("before").await;
    let number = match frame {
        Frame::Simple(only) => only.spend(),
        Frame::Both(left, _) => left.spend(),
        Frame::Named { mut tail, .. } => tail.touch(),
        Frame::Empty => 0,
    };
    tick("after").await;
    number
}

#[lower]
async fn matched_field(pair: (Frame, Noisy)) -> u32 {
    tick("before").await;
    let number = match pair.0 {
        Frame::Simple(only) => only.spend(),
        Frame::Both(left, _) => left.consume().await,
        _ => 1,
    };
    tick("after").await;
    number + pair.1.look()
}

#[lower]
async fn matched_twice(frame: Frame) -> u32 {
    tick("before").await;
    let mut sum = 0;
    if let Frame::Both(left, _) = frame {
        tick("left").await;
        sum += left.look();
        return sum;
    } else if let Frame::Named { tail, .. } = frame {
        tick("tail").await;
        sum += tail.look();
    }
    tick("after").await;
    sum
}

#[lower]
async fn result_of_an_await(flag: bool) -> u32 {
    let answer = if flag {
        Ok((noisy("socket"), noisy("address")))
    } else {
        Err(Failure("none"))
    };
    match leaf("accept", 1, answer).await {
        Ok((socket, _)) => {
            tick("serve").await;
            socket.look()
        }
        Err(_) => leaf("failed", 1, 0).await,
    }
}

cases! {
    items_of_a_loop(),
    items_of_a_loop_not_bound(),
    items_of_a_while_let(),
    receiver_with_arguments(),
    receiver_in_a_chain_some: receiver_in_a_chain((Some(noisy("a")), noisy("b"))),
    receiver_in_a_chain_none: receiver_in_a_chain((None, noisy("b"))),
    receiver_behind_pointers(std::rc::Rc::new(pair())),
    fields_of_a_guard(),
    unique_reference_in_a_field(noisy("target")),
    boxed_in_a_branch_yes: boxed_in_a_branch(true),
    boxed_in_a_branch_no: boxed_in_a_branch(false),
    refilled_in_a_loop(),
    refilled_on_one_path_yes: refilled_on_one_path(true),
    refilled_on_one_path_no: refilled_on_one_path(false),
    overwritten_after_a_part(),
    overwritten_after_some_path_yes: overwritten_after_some_path(true),
    overwritten_after_some_path_no: overwritten_after_some_path(false),
    both_parts_neither: both_parts_on_different_paths(0),
    both_parts_first: both_parts_on_different_paths(1),
    both_parts_second: both_parts_on_different_paths(2),
    both_parts_both: both_parts_on_different_paths(3),
    a_part_or_the_whole_first: a_part_or_the_whole(0),
    a_part_or_the_whole_whole: a_part_or_the_whole(1),
    a_part_or_the_whole_second: a_part_or_the_whole(2),
    inner_or_outer_part_innermost: inner_or_outer_part(0),
    inner_or_outer_part_inner: inner_or_outer_part(1),
    inner_or_outer_part_outer: inner_or_outer_part(2),
    matched_frame_simple: matched_frame(Frame::Simple(noisy("a"))),
    matched_frame_both: matched_frame(Frame::Both(noisy("a"), noisy("b"))),
    matched_frame_named: matched_frame(Frame::Named { head: noisy("a"), tail: noisy("b"), number: 3 }),
    matched_frame_tail: matched_frame(Frame::Named { head: noisy("a"), tail: noisy("b"), number: 1 }),
    matched_frame_empty: matched_frame(Frame::Empty),
    matched_without_awaiting_simple: matched_without_awaiting(Frame::Simple(noisy("a"))),
    matched_without_awaiting_both: matched_without_awaiting(Frame::Both(noisy("a"), noisy("b"))),
    matched_without_awaiting_named: matched_without_awaiting(Frame::Named { head: noisy("a"), tail: noisy("b"), number: 3 }),
    matched_without_awaiting_empty: matched_without_awaiting(Frame::Empty),
    matched_field_simple: matched_field((Frame::Simple(noisy("a")), noisy("last"))),
    matched_field_both: matched_field((Frame::Both(noisy("a"), noisy("b")), noisy("last"))),
    matched_field_empty: matched_field((Frame::Empty, noisy("last"))),
    matched_twice_both: matched_twice(Frame::Both(noisy("a"), noisy("b"))),
    matched_twice_named: matched_twice(Frame::Named { head: noisy("a"), tail: noisy("b"), number: 3 }),
    matched_twice_empty: matched_twice(Frame::Empty),
    result_of_an_await_ok: result_of_an_await(true),
    result_of_an_await_error: result_of_an_await(false),
}
