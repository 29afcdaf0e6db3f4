// A ready future is not suspended on; the number and order of polls of every leaf equals rustc's.

#[lower]
async fn all_ready(a: Noisy) -> u32 {
    let first = leaf("first", 0, 1).await;
    let second = leaf("second", 0, 2).await;
    first + second + a.look()
}

#[lower]
async fn ready_then_pending(a: Noisy) -> u32 {
    leaf("ready", 0, ()).await;
    leaf("pending", 3, ()).await;
    leaf("ready again", 0, ()).await;
    a.look()
}

#[lower]
async fn ready_in_a_loop() -> u32 {
    let mut sum = 0;
    for index in 0..50 {
        sum += leaf("turn", usize::from(index % 20 == 19), index).await;
    }
    sum
}

#[lower]
async fn ready_in_operands() -> u32 {
    leaf("one", 0, 1).await + leaf("two", 1, 2).await + leaf("three", 0, 3).await
}

#[lower]
async fn ready_through_layers() -> u32 {
    async fn outer(number: u32) -> u32 {
        middle(number).await + 1
    }
    async fn middle(number: u32) -> u32 {
        leaf("inner", 0, number).await
    }
    outer(1).await + outer(2).await
}

#[lower]
async fn lowered_layers(number: u32) -> u32 {
    if number == 0 {
        return leaf("bottom", 2, 1).await;
    }
    first_layer(number).await + 1
}

#[lower]
async fn first_layer(number: u32) -> u32 {
    let local = noisy(format!("layer {number}"));
    second_layer(&local).await + number
}

#[lower]
async fn second_layer(local: &Noisy) -> u32 {
    local.peek().await
}

#[lower]
async fn std_ready_and_pending_once(a: Noisy) -> u32 {
    let mut polled = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut polled, true) {
            std::task::Poll::Ready(())
        } else {
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        }
    })
    .await;
    std::future::ready(a.look()).await
}

#[lower]
async fn alternating(mut items: Feed<u32>) -> u32 {
    let mut sum = 0;
    loop {
        let Some(item) = items.next().await else { return sum };
        sum += leaf("item", (item % 3) as usize, item).await;
    }
}

#[lower]
async fn two_at_once(a: Noisy) -> (u32, u32) {
    both(leaf("left", 3, 1), async {
        leaf("right", 1, ()).await;
        a.peek().await
    })
    .await
}

cases! {
    all_ready(noisy("a")),
    ready_then_pending(noisy("a")),
    ready_in_a_loop(),
    ready_in_operands(),
    ready_through_layers(),
    lowered_layers_zero: lowered_layers(0),
    lowered_layers_two: lowered_layers(2),
    std_ready_and_pending_once(noisy("a")),
    alternating(feed("items", [1, 2, 3, 4])),
    two_at_once(noisy("a")),
}
