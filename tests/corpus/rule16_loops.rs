// Loops of every kind, left by `break` with labels and values, `continue`, `return` and at their end.

#[lower]
async fn break_with_a_value(a: Noisy) -> u32 {
    let number = loop {
        let turn = noisy("turn");
        let number = turn.peek().await;
        if number > 0 {
            break number + leaf("value", 1, 1).await;
        }
    };
    tick("after").await;
    number
}

#[lower]
async fn labelled_loops() -> Vec<(u32, u32)> {
    let mut seen = Vec::new();
    'outer: for first in 0..4 {
        let outer = noisy(format!("outer {first}"));
        for second in 0..4 {
            let inner = noisy(format!("inner {second}"));
            tick("turn").await;
            if second == 2 {
                continue 'outer;
            }
            if first == 2 {
                break 'outer;
            }
            seen.push((first, second));
        }
    }
    seen
}

#[lower]
async fn labelled_block(number: u32) -> u32 {
    let a = noisy("a");
    let result = 'block: {
        let b = noisy("b");
        if leaf("first", 1, number).await == 0 {
            break 'block 10;
        }
        let c = noisy("c");
        if leaf("second", 1, number).await == 1 {
            break 'block leaf("value", 1, 20).await;
        }
        30
    };
    tick("after").await;
    result
}

#[lower]
async fn break_out_of_a_match_in_a_loop(mut items: Feed<u32>) -> u32 {
    let result = 'search: loop {
        match items.next().await {
            Some(item) if item % 2 == 1 => continue,
            Some(item) => {
                let found = noisy("found");
                tick("found").await;
                break 'search item;
            }
            None => break 0,
        }
    };
    result
}

#[lower]
async fn while_with_break_and_continue() -> u32 {
    let mut count = 0;
    let mut sum = 0;
    while leaf("condition", 1, count < 10).await {
        count += 1;
        if count % 2 == 0 {
            continue;
        }
        let turn = noisy("turn");
        if count > 5 {
            break;
        }
        sum += leaf("addend", 1, count).await;
    }
    sum
}

#[lower]
async fn while_let_with_take(mut stack: Vec<Noisy>) -> u32 {
    let mut sum = 0;
    while let Some(top) = stack.pop() {
        sum += top.peek().await;
        if top.look() == 3 {
            stack.push(noisy("x"));
        }
    }
    sum
}

#[lower]
async fn while_let_awaited(mut items: Feed<Noisy>) -> u32 {
    let mut sum = 0;
    while let Some(item) = items.next().await {
        sum += item.consume().await;
    }
    mark("after loop");
    sum
}

#[lower]
async fn while_let_on_a_lock(queue: Lock<Vec<u32>>) -> u32 {
    let mut sum = 0;
    while let Some(item) = queue.guard().pop() {
        sum += leaf("item", 1, item).await + queue.is_held() as u32;
    }
    sum + queue.is_held() as u32
}

#[lower]
async fn for_over_owned(list: Vec<Noisy>) -> u32 {
    let mut sum = 0;
    for item in list {
        sum += item.peek().await;
    }
    tick("after").await;
    sum
}

#[lower]
async fn for_over_borrowed(list: Vec<Noisy>) -> u32 {
    let mut sum = 0;
    for item in &list {
        sum += item.peek().await;
    }
    for (index, item) in list.iter().enumerate().rev() {
        sum += item.peek().await * index as u32;
    }
    sum
}

#[lower]
async fn for_over_mutably_borrowed(mut list: Vec<Noisy>) -> usize {
    for item in list.iter_mut() {
        item.change().await;
    }
    list.len()
}

#[lower]
async fn for_with_break_out_of_owned(list: Vec<Noisy>) -> u32 {
    for item in list {
        if item.peek().await == 2 {
            return item.look();
        }
    }
    0
}

#[lower]
async fn for_over_an_awaited_iterator() -> u32 {
    let mut sum = 0;
    for (index, item) in leaf("list", 1, vec![noisy("a"), noisy("b")]).await.into_iter().enumerate() {
        sum += item.consume().await + index as u32;
    }
    sum
}

#[lower]
async fn for_over_a_temporary(a: Noisy) -> u32 {
    let mut sum = 0;
    for number in [a.view().look(), noisy("element").look()].iter() {
        sum += leaf("turn", 1, *number).await;
    }
    sum
}

cases! {
    break_with_a_value(noisy("a")),
    labelled_loops(),
    labelled_block_first: labelled_block(0),
    labelled_block_second: labelled_block(1),
    labelled_block_end: labelled_block(2),
    break_out_of_a_match_in_a_loop(feed("items", [1, 3, 4, 5])),
    while_with_break_and_continue(),
    while_let_with_take: while_let_with_take(vec![noisy("a"), noisy("abc")]),
    while_let_awaited(feed("items", [noisy("a"), noisy("b")])),
    while_let_on_a_lock(lock("queue", vec![1, 2])),
    for_over_owned(vec![noisy("a"), noisy("b"), noisy("c")]),
    for_over_borrowed(vec![noisy("a"), noisy("b")]),
    for_over_mutably_borrowed(vec![noisy("a"), noisy("b")]),
    for_with_break_out_of_owned(vec![noisy("a"), noisy("ab"), noisy("abc")]),
    for_over_an_awaited_iterator(),
    for_over_a_temporary(noisy("a")),
}
