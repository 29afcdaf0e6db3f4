// The temporaries of a `match` scrutinee outlive its arms; conditions drop theirs at once; guards may await.

#[lower]
async fn scrutinee_view_outlives_the_arms(a: Noisy) -> u32 {
    let number = match a.view().look() {
        0 => 0,
        number => {
            tick("arm").await;
            mark("end of arm");
            number
        }
    };
    mark("after match");
    number
}

#[lower]
async fn awaited_scrutinee_view(a: Noisy) -> u32 {
    match a.view().load().await {
        0 => leaf("zero", 1, 0).await,
        1..=3 => leaf("small", 1, 1).await,
        _ => leaf("large", 1, 2).await,
    }
}

#[lower]
async fn condition_drops_its_temporary(a: Noisy) -> u32 {
    if a.view().look() > 0 {
        tick("then").await;
        1
    } else {
        0
    }
}

#[lower]
async fn while_condition_drops_its_temporary(a: Noisy) -> u32 {
    let mut turns = 0;
    while a.view().look() + turns < 14 {
        tick("turn").await;
        turns += 1;
    }
    turns
}

#[lower]
async fn lazy_operands(a: Noisy, b: Noisy) -> bool {
    let both = a.view().load().await > 0 && b.view().load().await > 100;
    mark("between");
    let either = a.view().load().await > 100 || b.view().load().await > 0;
    both || either
}

#[lower]
async fn lazy_operand_skipped(a: Noisy) -> bool {
    let skipped = leaf("false", 1, false).await && a.view().load().await > 0;
    skipped | (leaf("true", 1, true).await || a.peek().await > 0)
}

#[lower]
async fn guard_awaits(number: u32) -> u32 {
    match number {
        1 if leaf("first guard", 1, false).await => 1,
        1 | 2 if leaf("second guard", 1, true).await => 2,
        other if leaf("third guard", 1, other > 5).await => 3,
        _ => leaf("last arm", 1, 4).await,
    }
}

#[lower]
async fn guard_uses_a_binding(maybe: Option<Noisy>) -> u32 {
    match maybe {
        Some(inner) if inner.peek().await > 3 => inner.consume().await,
        Some(inner) if inner.view().look() == 1 => {
            tick("short").await;
            inner.look()
        }
        Some(inner) => inner.peek().await,
        None => 0,
    }
}

#[lower]
async fn guard_with_view(a: Noisy, b: Noisy) -> u32 {
    match a.view().look() {
        number if b.view().load().await == number => leaf("equal", 1, 1).await,
        number => leaf("other", 1, number).await,
    }
}

#[lower]
async fn arms_bind_by_move(result: Result<Noisy, Noisy>) -> u32 {
    match result {
        Ok(good) => {
            tick("good").await;
            good.look()
        }
        Err(bad) => {
            tick("bad").await;
            bad.spend()
        }
    }
}

#[lower]
async fn arms_bind_by_reference(result: Result<Noisy, Noisy>) -> u32 {
    let number = match &result {
        Ok(good) => good.peek().await,
        Err(bad) => bad.view().load().await,
    };
    tick("after").await;
    number
}

#[lower]
async fn arms_bind_mutably(mut pair: (Noisy, Noisy)) -> u32 {
    match &mut pair {
        (left, right) => {
            left.change().await;
            right.change().await
        }
    }
}

#[lower]
async fn matches_a_field(mut pair: (Option<Noisy>, Noisy)) -> u32 {
    match pair.0 {
        Some(inner) => {
            tick("some").await;
            inner.look() + pair.1.look()
        }
        None => pair.1.peek().await,
    }
}

#[lower]
async fn owned_scrutinee_temporary() -> u32 {
    match noisy("temporary").look() {
        0 => 0,
        number => leaf("arm", 1, number).await,
    }
}

#[lower]
async fn owned_scrutinee_value_not_bound() -> u32 {
    match noisy("scrutinee") {
        _ => leaf("arm", 1, 1).await,
    }
}

#[lower]
async fn owned_scrutinee_value_bound_by_ref() -> u32 {
    match noisy("scrutinee") {
        ref bound => bound.peek().await,
    }
}

#[lower]
async fn match_on_a_tuple_of_awaits(a: Noisy, b: Noisy) -> u32 {
    match (a.peek().await, b.view().load().await) {
        (1, 1) => leaf("equal", 1, 1).await,
        (left, right) => left + right,
    }
}

#[lower]
async fn match_on_a_lock(state: Lock<Noisy>) -> u32 {
    match state.guard().look() {
        0 => 0,
        _ => {
            tick("arm").await;
            state.is_held() as u32
        }
    }
}

#[lower]
async fn match_on_a_lock_guard(state: Lock<Option<u32>>) -> u32 {
    match *state.acquire().await {
        Some(number) => {
            tick("some").await;
            number + state.is_held() as u32
        }
        None => 0,
    }
}

#[lower]
async fn match_in_an_operand(a: Noisy) -> u32 {
    value("before", 1)
        + match a.peek().await {
            0 => 0,
            number => number + leaf("arm", 1, 1).await,
        }
        + value("after", 1)
}

#[lower]
async fn match_with_slices(numbers: Vec<u32>) -> u32 {
    match numbers.as_slice() {
        [] => leaf("empty", 1, 0).await,
        [only] => *only + leaf("one", 1, 0).await,
        [first, .., last] => {
            tick("many").await;
            first + last
        }
    }
}

#[lower]
async fn match_with_a_string(name: String) -> u32 {
    match name.as_str() {
        "left" => leaf("left", 1, 1).await,
        "right" | "wrong" => leaf("right", 1, 2).await,
        other => {
            tick("other").await;
            other.len() as u32
        }
    }
}

#[lower]
async fn match_with_binding_modes(pair: (Noisy, Option<Noisy>)) -> u32 {
    match pair {
        (ref left, Some(ref right)) if left.peek().await == right.look() => left.peek().await,
        (left, Some(right)) => {
            tick("moved").await;
            left.look() + right.look()
        }
        (left, None) => left.consume().await,
    }
}

#[lower]
async fn match_with_break_and_continue(mut items: Feed<u32>) -> u32 {
    let mut sum = 0;
    loop {
        let item = match items.next().await {
            Some(0) => continue,
            Some(item) => item,
            None => break,
        };
        sum += match item {
            9 => break,
            other => leaf("item", 1, other).await,
        };
    }
    sum
}

#[lower]
async fn nested_match(outer: Option<Result<Noisy, u32>>) -> u32 {
    match outer {
        Some(result) => match result {
            Ok(inner) => match inner.peek().await {
                0 => 0,
                _ => inner.consume().await,
            },
            Err(code) => leaf("code", 1, code).await,
        },
        None => leaf("nothing", 1, 0).await,
    }
}

#[lower]
async fn match_statement_in_the_middle(mut a: Noisy, flag: bool) -> u32 {
    match flag {
        true => {
            a.change().await;
        }
        false => {}
    }
    tick("after").await;
    a.look()
}

#[lower]
async fn guard_awaits_before_an_awaited_value(number: u32) -> u32 {
    let value = match number {
        0 if leaf("guard", 1, true).await => leaf("zero", 1, noisy("zero")).await,
        1 => noisy("one"),
        _ => noisy("other"),
    };
    tick("after").await;
    value.look()
}

cases! {
    guard_awaits_before_an_awaited_value_zero: guard_awaits_before_an_awaited_value(0),
    guard_awaits_before_an_awaited_value_one: guard_awaits_before_an_awaited_value(1),
    guard_awaits_before_an_awaited_value_other: guard_awaits_before_an_awaited_value(2),

    scrutinee_view_outlives_the_arms(noisy("a")),
    awaited_scrutinee_view(noisy("a")),
    condition_drops_its_temporary(noisy("a")),
    while_condition_drops_its_temporary(noisy("a")),
    lazy_operands(noisy("a"), noisy("b")),
    lazy_operand_skipped(noisy("a")),
    guard_awaits_second: guard_awaits(1),
    guard_awaits_third: guard_awaits(7),
    guard_awaits_last: guard_awaits(4),
    guard_uses_a_binding_long: guard_uses_a_binding(Some(noisy("long name"))),
    guard_uses_a_binding_short: guard_uses_a_binding(Some(noisy("a"))),
    guard_uses_a_binding_middle: guard_uses_a_binding(Some(noisy("ab"))),
    guard_with_view(noisy("a"), noisy("b")),
    arms_bind_by_move_ok: arms_bind_by_move(Ok(noisy("good"))),
    arms_bind_by_move_err: arms_bind_by_move(Err(noisy("bad"))),
    arms_bind_by_reference(Err(noisy("bad"))),
    arms_bind_mutably((noisy("left"), noisy("right"))),
    matches_a_field_some: matches_a_field((Some(noisy("inner")), noisy("right"))),
    matches_a_field_none: matches_a_field((None, noisy("right"))),
    owned_scrutinee_temporary(),
    owned_scrutinee_value_not_bound(),
    owned_scrutinee_value_bound_by_ref(),
    match_on_a_tuple_of_awaits(noisy("a"), noisy("b")),
    match_on_a_lock(lock("state", noisy("content"))),
    match_on_a_lock_guard(lock("state", Some(1))),
    match_in_an_operand(noisy("a")),
    match_with_slices(vec![1, 2, 3]),
    match_with_a_string("other".to_owned()),
    match_with_binding_modes_guarded: match_with_binding_modes((noisy("a"), Some(noisy("b")))),
    match_with_binding_modes_moved: match_with_binding_modes((noisy("aa"), Some(noisy("b")))),
    match_with_binding_modes_none: match_with_binding_modes((noisy("a"), None)),
    match_with_break_and_continue(feed("items", [1, 0, 2, 9, 3])),
    nested_match_deep: nested_match(Some(Ok(noisy("inner")))),
    nested_match_code: nested_match(Some(Err(3))),
    match_statement_in_the_middle(noisy("a"), true),
}
