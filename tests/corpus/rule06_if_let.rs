// `if let`: edition 2021 holds the temporaries of the scrutinee through `else`, 2024 drops them before it.

fn positive(view: &View<'_>) -> Option<u32> {
    Some(view.look()).filter(|number| *number > 5)
}

#[lower]
async fn if_let_with_else(a: Noisy) -> u32 {
    if let Some(number) = positive(&a.view()) {
        tick("then").await;
        number
    } else {
        tick("else").await;
        0
    }
}

#[lower]
async fn if_let_without_else(a: Noisy) {
    if let Some(number) = positive(&a.view()) {
        tick("then").await;
    }
    tick("after").await;
}

#[lower]
async fn if_let_on_an_awaited_value(a: Noisy) -> u32 {
    if let 0..=5 = a.view().load().await {
        tick("small").await;
        1
    } else {
        tick("large").await;
        2
    }
}

#[lower]
async fn if_let_statement_then_more(a: Noisy) -> u32 {
    let mut sum = 0;
    if let 0..=5 = a.view().load().await {
        sum += leaf("small", 1, 1).await;
    } else {
        sum += leaf("large", 1, 2).await;
    }
    sum += leaf("after", 1, 10).await;
    sum
}

#[lower]
async fn if_let_else_if_let(a: Noisy, b: Noisy) -> u32 {
    if let Some(number) = positive(&a.view()) {
        number + leaf("first", 1, 1).await
    } else if let Some(number) = positive(&b.view()) {
        number + leaf("second", 1, 2).await
    } else {
        leaf("third", 1, 3).await
    }
}

#[lower]
async fn if_let_binds_by_move(maybe: Option<Noisy>) -> u32 {
    if let Some(inner) = maybe {
        tick("then").await;
        inner.look()
    } else {
        tick("else").await;
        0
    }
}

#[lower]
async fn if_let_binds_by_reference(maybe: Option<Noisy>) -> u32 {
    let mut number = 0;
    if let Some(inner) = &maybe {
        number += inner.peek().await;
    }
    if let Some(ref inner) = maybe {
        number += inner.peek().await;
    }
    tick("after").await;
    number
}

#[lower]
async fn if_let_binds_mutably(mut maybe: Option<Noisy>) -> u32 {
    if let Some(inner) = maybe.as_mut() {
        inner.change().await;
    }
    if let Some(inner) = &mut maybe {
        inner.change().await
    } else {
        0
    }
}

#[lower]
async fn if_let_takes(mut maybe: Option<Noisy>) -> u32 {
    if let Some(inner) = maybe.take() {
        tick("then").await;
        inner.look();
    }
    tick("after").await;
    maybe.is_none() as u32
}

#[lower]
async fn if_let_on_a_lock(state: Lock<Option<Noisy>>) -> u32 {
    if let Some(content) = state.guard().as_ref() {
        content.peek().await;
        state.is_held() as u32
    } else {
        tick("else").await;
        state.is_held() as u32
    }
}

#[lower]
async fn if_let_on_an_acquired_lock(state: Lock<Option<u32>>) -> u32 {
    if let Some(number) = *state.acquire().await {
        tick("then").await;
        number
    } else {
        tick("else").await;
        state.is_held() as u32
    }
}

#[lower]
async fn if_let_as_a_tail_in_a_let(a: Noisy) -> u32 {
    let number = if let Some(number) = positive(&a.view()) {
        number
    } else {
        leaf("else", 1, 5).await
    };
    tick("after").await;
    number
}

#[lower]
async fn if_let_with_or_pattern(result: Result<Noisy, Noisy>) -> u32 {
    if let Ok(inner) | Err(inner) = result {
        tick("then").await;
        inner.look()
    } else {
        0
    }
}

#[lower]
async fn if_let_at_pattern(maybe: Option<u32>) -> u32 {
    if let Some(number @ 1..=9) = maybe {
        number + leaf("small", 1, 1).await
    } else if let whole @ Some(_) = maybe {
        tick("large").await;
        whole.unwrap_or_default()
    } else {
        0
    }
}

#[lower]
async fn if_let_nested(outer: Option<Option<Noisy>>) -> u32 {
    if let Some(inner) = outer {
        tick("outer").await;
        if let Some(noisy) = inner {
            tick("inner").await;
            noisy.look()
        } else {
            tick("inner else").await;
            1
        }
    } else {
        2
    }
}

#[lower]
async fn if_with_await_in_condition(a: Noisy) -> u32 {
    if a.view().load().await > 5 {
        leaf("large", 1, 1).await
    } else if a.peek().await == 1 && leaf("lazy", 1, true).await {
        leaf("one", 1, 2).await
    } else {
        leaf("small", 1, 3).await
    }
}

#[lower]
async fn if_condition_block(a: Noisy) -> u32 {
    if {
        let inner = a.view();
        inner.load().await > 0
    } {
        leaf("yes", 1, 1).await
    } else {
        0
    }
}

#[lower]
async fn if_let_scrutinee_with_question_mark(a: Noisy) -> Option<u32> {
    if let Some(number) = leaf("outer", 1, Some(Some(4))).await? {
        tick("then").await;
        Some(number)
    } else {
        None
    }
}

#[lower]
async fn negated_condition(a: Noisy) -> bool {
    if !leaf("condition", 1, false).await {
        tick("then").await;
        !leaf("second", 1, true).await
    } else {
        true
    }
}

cases! {
    if_let_with_else_then: if_let_with_else(noisy("long name")),
    if_let_with_else_else: if_let_with_else(noisy("a")),
    if_let_without_else_then: if_let_without_else(noisy("long name")),
    if_let_without_else_skipped: if_let_without_else(noisy("a")),
    if_let_on_an_awaited_value_then: if_let_on_an_awaited_value(noisy("a")),
    if_let_on_an_awaited_value_else: if_let_on_an_awaited_value(noisy("long name")),
    if_let_statement_then_more_then: if_let_statement_then_more(noisy("a")),
    if_let_statement_then_more_else: if_let_statement_then_more(noisy("long name")),
    if_let_else_if_let_first: if_let_else_if_let(noisy("long name"), noisy("b")),
    if_let_else_if_let_second: if_let_else_if_let(noisy("a"), noisy("long name")),
    if_let_else_if_let_third: if_let_else_if_let(noisy("a"), noisy("b")),
    if_let_binds_by_move_some: if_let_binds_by_move(Some(noisy("inner"))),
    if_let_binds_by_move_none: if_let_binds_by_move(None),
    if_let_binds_by_reference(Some(noisy("inner"))),
    if_let_binds_mutably(Some(noisy("inner"))),
    if_let_takes(Some(noisy("inner"))),
    if_let_on_a_lock_some: if_let_on_a_lock(lock("state", Some(noisy("content")))),
    if_let_on_a_lock_none: if_let_on_a_lock(lock("state", None)),
    if_let_on_an_acquired_lock_some: if_let_on_an_acquired_lock(lock("state", Some(1))),
    if_let_on_an_acquired_lock_none: if_let_on_an_acquired_lock(lock("state", None)),
    if_let_as_a_tail_in_a_let(noisy("a")),
    if_let_with_or_pattern(Err(noisy("inner"))),
    if_let_at_pattern_small: if_let_at_pattern(Some(3)),
    if_let_at_pattern_large: if_let_at_pattern(Some(30)),
    if_let_nested_both: if_let_nested(Some(Some(noisy("inner")))),
    if_let_nested_half: if_let_nested(Some(None)),
    if_with_await_in_condition_first: if_with_await_in_condition(noisy("long name")),
    if_with_await_in_condition_second: if_with_await_in_condition(noisy("a")),
    if_condition_block(noisy("a")),
    if_let_scrutinee_with_question_mark(noisy("a")),
    negated_condition(noisy("a")),
}
