// `return`, `?` of every kind, `break` with labels and values, `continue`, across awaits.

use std::ops::ControlFlow;
use std::task::Poll;

#[lower]
async fn early_return(flag: bool) -> u32 {
    let a = noisy("a");
    if flag {
        let b = noisy("b");
        tick("inside").await;
        return a.look() + b.look();
    }
    tick("outside").await;
    a.look()
}

#[lower]
async fn return_of_an_awaited_value(a: Noisy) -> u32 {
    let local = noisy("local");
    return a.view().load().await + leaf("more", 1, 1).await;
}

#[lower]
async fn return_of_a_local() -> Noisy {
    let a = noisy("a");
    let b = noisy("b");
    tick("pause").await;
    return a;
}

#[lower]
async fn return_in_an_operand(flag: bool) -> u32 {
    let sum = value("left", 1) + if flag { return leaf("early", 1, 50).await } else { leaf("late", 1, 2).await };
    tick("after").await;
    sum
}

#[lower]
async fn return_unit(flag: bool) {
    let a = noisy("a");
    tick("first").await;
    if flag {
        return;
    }
    tick("second").await;
}

#[lower]
async fn return_from_nested_loops(a: Noisy) -> u32 {
    for first in 0..3 {
        let outer = noisy(format!("outer {first}"));
        for second in 0..3 {
            let inner = noisy(format!("inner {second}"));
            tick("turn").await;
            if first * second == 1 {
                return inner.look() + outer.look();
            }
        }
    }
    0
}

#[lower]
async fn question_mark_on_a_result(good: bool) -> Result<u32, Failure> {
    let a = noisy("a");
    let first = succeed("first", 1).await?;
    let b = noisy("b");
    let second: u32 = if good { succeed("second", 2).await? } else { fail("second").await? };
    Ok(first + second)
}

#[lower]
async fn question_mark_converts() -> Result<u32, Box<dyn std::error::Error>> {
    let a = noisy("a");
    let number: u32 = leaf("text", 1, "12").await.parse()?;
    let other: u32 = leaf("text", 1, "not a number").await.parse()?;
    Ok(number + other)
}

#[lower]
async fn question_mark_converts_by_from() -> Result<u32, Wrapped> {
    let a = noisy("a");
    let first: u32 = succeed("first", 1).await?;
    let second: u32 = fail("second").await?;
    Ok(first + second)
}

#[derive(Debug)]
struct Wrapped(Failure);

impl From<Failure> for Wrapped {
    fn from(failure: Failure) -> Self {
        mark("converted");
        Wrapped(failure)
    }
}

#[lower]
async fn question_mark_on_an_option(good: bool) -> Option<u32> {
    let a = noisy("a");
    let first = leaf("first", 1, Some(1)).await?;
    let second = leaf("second", 1, good.then_some(2)).await?;
    Some(first + second)
}

#[lower]
async fn question_mark_on_a_noisy_option(maybe: Option<Noisy>) -> Option<u32> {
    let local = noisy("local");
    tick("pause").await;
    let inner = maybe?;
    let number = inner.peek().await;
    Some(number)
}

#[lower]
async fn question_mark_on_control_flow(stop: bool) -> ControlFlow<Noisy, u32> {
    let local = noisy("local");
    let number = leaf("flow", 1, if stop { ControlFlow::Break(noisy("break")) } else { ControlFlow::Continue(3) }).await?;
    tick("after").await;
    ControlFlow::Continue(number)
}

#[lower]
async fn question_mark_on_a_poll(good: bool) -> Result<Poll<u32>, Failure> {
    let a = noisy("a");
    let result: Poll<Result<u32, Failure>> = Poll::Ready(if good { Ok(1) } else { Err(Failure("poll")) });
    tick("pause").await;
    let number: Poll<u32> = result?;
    tick("after").await;
    Ok(number)
}

#[lower]
async fn question_mark_on_a_poll_of_an_option(good: bool) -> Result<u32, Failure> {
    let items: Poll<Option<Result<u32, Failure>>> = Poll::Ready(Some(if good { Ok(1) } else { Err(Failure("poll")) }));
    tick("pause").await;
    match items? {
        Poll::Ready(Some(number)) => Ok(number + leaf("more", 1, 1).await),
        _ => Ok(0),
    }
}

#[lower]
async fn question_mark_in_operands() -> Result<(u32, u32, u32), Failure> {
    let a = noisy("a");
    Ok((succeed("one", 1).await?, succeed("two", 2).await?, fail("three").await?))
}

#[lower]
async fn question_mark_without_await_between_awaits(text: &str) -> Result<u32, std::num::ParseIntError> {
    let a = noisy("a");
    tick("first").await;
    let number: u32 = text.parse()?;
    tick("second").await;
    Ok(number + text.trim().parse::<u32>()?)
}

#[lower]
async fn question_mark_of_a_chain() -> Result<usize, Failure> {
    let length = succeed("list", vec![1, 2, 3]).await?.iter().map(|number| number * 2).filter(|n| *n > 2).count();
    let other = succeed("text", String::from("text")).await.map_err(|_| Failure("mapped"))?.len();
    Ok(length + other)
}

#[lower]
async fn question_mark_in_a_loop(mut items: Feed<u32>) -> Result<u32, Failure> {
    let mut sum = 0;
    while let Some(item) = items.try_next().await? {
        let checked = noisy("checked");
        if item > 5 {
            fail("too large").await?;
        }
        sum += item;
    }
    Ok(sum)
}

#[lower]
async fn let_else_returns(maybe: Option<Noisy>) -> u32 {
    let before = noisy("before");
    let Some(inner) = maybe else {
        let other = noisy("other");
        tick("else").await;
        return other.look();
    };
    tick("after").await;
    inner.look()
}

#[lower]
async fn let_else_on_an_awaited_value(a: Noisy) -> u32 {
    let (Some(number), other) = (leaf("maybe", 1, Some(1)).await, a.view().look()) else {
        return 0;
    };
    let 100.. = a.view().load().await else {
        tick("else").await;
        return number + other;
    };
    1
}

#[lower]
async fn let_else_in_a_loop(mut items: Feed<Option<u32>>) -> u32 {
    let mut sum = 0;
    loop {
        let Some(item) = items.next().await else { break sum };
        let Some(number) = item else {
            tick("skipped").await;
            continue;
        };
        sum += number;
    }
}

#[lower]
async fn everything_after_is_unreachable(a: Noisy) -> u32 {
    tick("pause").await;
    return a.look();
    #[allow(unreachable_code)]
    {
        tick("never").await;
        0
    }
}

fn give_up(name: &Noisy) -> ! {
    panic!("gave up {}", name.look())
}

#[lower]
async fn block_that_never_ends(way: u32) -> Result<u32, Failure> {
    let a = noisy("a");
    match way {
        0 => succeed("zero", 0).await,
        1 => {
            tick("one").await;
            unreachable!("one {a}");
        }
        2 => {
            tick("two").await;
            give_up(&a);
        }
        _ => {
            let number = {
                tick("many").await;
                if way > 3 {
                    return Err(Failure("many"));
                }
                give_up(&a);
            };
            Ok(number)
        }
    }
}

#[lower]
async fn body_that_never_ends() -> Result<u32, Failure> {
    let a = noisy("a");
    tick("pause").await;
    give_up(&a);
}

cases! {
    block_that_never_ends_0: block_that_never_ends(0),
    block_that_never_ends_1: block_that_never_ends(1),
    block_that_never_ends_2: block_that_never_ends(2),
    block_that_never_ends_3: block_that_never_ends(3),
    block_that_never_ends_4: block_that_never_ends(4),
    body_that_never_ends(),
    early_return_yes: early_return(true),
    early_return_no: early_return(false),
    return_of_an_awaited_value(noisy("a")),
    return_of_a_local(),
    return_in_an_operand_yes: return_in_an_operand(true),
    return_in_an_operand_no: return_in_an_operand(false),
    return_unit_yes: return_unit(true),
    return_unit_no: return_unit(false),
    return_from_nested_loops(noisy("a")),
    question_mark_on_a_result_good: question_mark_on_a_result(true),
    question_mark_on_a_result_bad: question_mark_on_a_result(false),
    question_mark_converts(),
    question_mark_converts_by_from(),
    question_mark_on_an_option_good: question_mark_on_an_option(true),
    question_mark_on_an_option_bad: question_mark_on_an_option(false),
    question_mark_on_a_noisy_option_some: question_mark_on_a_noisy_option(Some(noisy("inner"))),
    question_mark_on_a_noisy_option_none: question_mark_on_a_noisy_option(None),
    question_mark_on_control_flow_stop: question_mark_on_control_flow(true),
    question_mark_on_control_flow_go: question_mark_on_control_flow(false),
    question_mark_on_a_poll_good: question_mark_on_a_poll(true),
    question_mark_on_a_poll_bad: question_mark_on_a_poll(false),
    question_mark_on_a_poll_of_an_option_good: question_mark_on_a_poll_of_an_option(true),
    question_mark_on_a_poll_of_an_option_bad: question_mark_on_a_poll_of_an_option(false),
    question_mark_in_operands(),
    question_mark_without_await_between_awaits_good: question_mark_without_await_between_awaits("12"),
    question_mark_without_await_between_awaits_bad: question_mark_without_await_between_awaits("twelve"),
    question_mark_of_a_chain(),
    question_mark_in_a_loop_good: question_mark_in_a_loop(feed("items", [1, 2])),
    question_mark_in_a_loop_bad: question_mark_in_a_loop(feed("items", [1, 20, 3])),
    let_else_returns_some: let_else_returns(Some(noisy("inner"))),
    let_else_returns_none: let_else_returns(None),
    let_else_on_an_awaited_value(noisy("a")),
    let_else_in_a_loop(feed("items", [Some(1), None, Some(2)])),
    everything_after_is_unreachable(noisy("a")),
}
