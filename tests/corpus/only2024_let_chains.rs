// Chains of `let` in conditions, which edition 2024 has.

#[lower]
async fn chain_of_two(first: Option<Noisy>, second: Option<Noisy>) -> u32 {
    if let Some(a) = first
        && let Some(b) = second
    {
        tick("both").await;
        a.look() + b.look()
    } else {
        tick("else").await;
        0
    }
}

#[lower]
async fn chain_with_conditions(maybe: Option<Noisy>, flag: bool) -> u32 {
    if flag
        && let Some(a) = &maybe
        && a.look() > 3
    {
        a.peek().await
    } else {
        leaf("else", 1, 0).await
    }
}

#[lower]
async fn chain_with_await_in_the_middle(maybe: Option<Noisy>) -> u32 {
    if let Some(a) = maybe
        && leaf("condition", 1, true).await
        && let 0..=9 = a.view().load().await
    {
        tick("then").await;
        a.look()
    } else {
        leaf("else", 1, 0).await
    }
}

#[lower]
async fn chain_fails_in_the_middle(maybe: Option<Noisy>) -> u32 {
    if let Some(a) = maybe
        && let view = a.view()
        && leaf("condition", 1, false).await
        && view.look() > 0
    {
        1
    } else {
        leaf("else", 1, 0).await
    }
}

#[lower]
async fn chain_with_temporaries(a: Noisy, b: Noisy) -> u32 {
    if let 0..=9 = a.view().look()
        && let number = b.view().load().await
        && number > 0
    {
        tick("then").await;
        number
    } else {
        tick("else").await;
        0
    }
}

#[lower]
async fn chain_in_else_if(first: Option<u32>, second: Option<Noisy>) -> u32 {
    if let Some(number) = first
        && number > 10
    {
        number + leaf("first", 1, 1).await
    } else if let Some(a) = second
        && a.peek().await > 0
    {
        a.consume().await
    } else {
        0
    }
}

#[lower]
async fn chain_in_while(mut items: Feed<u32>) -> u32 {
    let mut sum = 0;
    while let Some(item) = items.next().await
        && item < 10
        && leaf("allowed", 1, true).await
    {
        sum += item;
        tick("body").await;
    }
    sum
}

#[lower]
async fn chain_binding_used_later_in_the_chain(maybe: Option<(Noisy, u32)>) -> u32 {
    if let Some((a, limit)) = maybe
        && let number = a.peek().await
        && number < limit
        && let Some(difference) = limit.checked_sub(number)
    {
        a.peek().await + difference
    } else {
        0
    }
}

#[lower]
async fn chain_with_a_lock(state: Lock<Option<u32>>) -> u32 {
    if let Some(number) = *state.acquire().await
        && number > 100
    {
        tick("then").await;
        number
    } else {
        tick("else").await;
        state.is_held() as u32
    }
}

#[lower]
async fn chain_with_awaited_values(maybe: Option<Noisy>) -> u32 {
    let value = if let Some(a) = maybe
        && leaf("condition", 1, a.look() > 3).await
    {
        leaf("then", 1, a).await
    } else {
        leaf("else", 1, noisy("else")).await
    };
    tick("after").await;
    value.look()
}

cases! {
    chain_with_awaited_values_then: chain_with_awaited_values(Some(noisy("long"))),
    chain_with_awaited_values_condition: chain_with_awaited_values(Some(noisy("a"))),
    chain_with_awaited_values_else: chain_with_awaited_values(None),

    chain_of_two_both: chain_of_two(Some(noisy("a")), Some(noisy("b"))),
    chain_of_two_first: chain_of_two(Some(noisy("a")), None),
    chain_of_two_second: chain_of_two(None, Some(noisy("b"))),
    chain_with_conditions_then: chain_with_conditions(Some(noisy("long name")), true),
    chain_with_conditions_else: chain_with_conditions(Some(noisy("a")), true),
    chain_with_await_in_the_middle_then: chain_with_await_in_the_middle(Some(noisy("a"))),
    chain_with_await_in_the_middle_else: chain_with_await_in_the_middle(Some(noisy("a very long name"))),
    chain_fails_in_the_middle(Some(noisy("a"))),
    chain_with_temporaries_then: chain_with_temporaries(noisy("a"), noisy("b")),
    chain_with_temporaries_else: chain_with_temporaries(noisy("a very long name"), noisy("b")),
    chain_in_else_if(Some(1), Some(noisy("a"))),
    chain_in_while(feed("items", [1, 2, 30, 4])),
    chain_binding_used_later_in_the_chain(Some((noisy("a"), 4))),
    chain_with_a_lock_then: chain_with_a_lock(lock("state", Some(101))),
    chain_with_a_lock_else: chain_with_a_lock(lock("state", Some(1))),
}
