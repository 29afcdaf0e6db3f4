// Cancellation leaves every open scope: innermost first, then the parameters.

#[lower]
async fn four_scopes(p: Noisy, q: Noisy) -> u32 {
    let a = noisy("a");
    for index in 0..2 {
        let b = noisy(format!("b{index}"));
        if let Some(c) = Some(noisy("c")) {
            let d = noisy("d");
            match noisy("e") {
                ref e => {
                    let f = noisy("f");
                    tick("deep").await;
                    e.look() + f.look()
                }
            };
            tick("less deep").await;
        }
        tick("in loop").await;
    }
    tick("outside").await;
    a.look()
}

#[lower]
async fn in_the_middle_of_operands(p: Noisy) -> u32 {
    let a = noisy("a");
    fn four(a: Noisy, b: u32, c: Noisy, d: u32) -> u32 {
        a.look() + b + c.look() + d
    }
    four(
        noisy("first operand"),
        {
            let inner = noisy("inner");
            leaf("second", 1, inner.look()).await
        },
        noisy("third operand"),
        leaf("fourth", 1, 4).await,
    )
}

#[lower]
async fn in_the_middle_of_a_statement_with_temporaries(a: Noisy) -> u32 {
    let number = a.view().load().await + a.view().again().load().await + noisy("temporary").peek().await;
    tick("after").await;
    number
}

#[lower]
async fn inside_an_awaited_function(p: Noisy) -> u32 {
    let a = noisy("a");
    outer(noisy("argument"), &a).await + p.look()
}

#[lower]
async fn outer(own: Noisy, borrowed: &Noisy) -> u32 {
    let local = noisy("outer local");
    inner(own, borrowed, &local).await + local.look()
}

#[lower]
async fn inner(own: Noisy, first: &Noisy, second: &Noisy) -> u32 {
    let local = noisy("inner local");
    first.peek().await + second.peek().await + own.look()
}

#[lower]
async fn inside_nested_blocks() -> u32 {
    let a = noisy("a");
    let future = async {
        let b = noisy("b");
        let inner = async {
            let c = noisy("c");
            tick("innermost").await;
            c.look()
        };
        inner.await + b.look()
    };
    future.await + a.look()
}

#[lower]
async fn after_conditional_moves(first: bool, second: bool) {
    let a = noisy("a");
    let b = noisy("b");
    if first {
        drop(a);
    }
    tick("one").await;
    if second {
        drop(b);
    }
    tick("two").await;
}

#[lower]
async fn with_a_future_not_yet_polled(a: Noisy) -> u32 {
    let later = inner(noisy("own"), &a, &a);
    let sooner = a.peek();
    tick("pause").await;
    sooner.await + later.await
}

#[lower]
async fn while_two_futures_run(a: Noisy, b: Noisy) -> (u32, u32) {
    both(a.peek(), async {
        let inner = noisy("inner");
        b.consume().await + inner.look()
    })
    .await
}

#[lower]
async fn with_a_future_polled_by_hand(a: Noisy) -> u32 {
    let mut future = Box::pin(inner(noisy("own"), &a, &a));
    std::future::poll_fn(|context| {
        let progress = future.as_mut().poll(context);
        std::task::Poll::Ready(progress.is_ready())
    })
    .await;
    tick("the future is suspended").await;
    1
}

#[lower]
async fn with_values_in_collections() -> usize {
    let mut list = vec![noisy("one")];
    list.push(leaf("gives", 1, noisy("two")).await);
    let map: std::collections::BTreeMap<u32, Noisy> = [(2, noisy("b")), (1, noisy("a"))].into();
    tick("pause").await;
    list.len() + map.len()
}

#[lower]
async fn with_a_scope_guard() {
    struct OnDrop<F: FnMut()>(F);
    impl<F: FnMut()> Drop for OnDrop<F> {
        fn drop(&mut self) {
            (self.0)();
        }
    }
    let mut count = 0;
    let _guard = OnDrop(|| {
        count += 1;
        mark("guard runs");
    });
    let a = noisy("a");
    tick("pause").await;
}

#[lower]
async fn forever_is_cancelled_by_a_race(a: Noisy) -> u32 {
    async fn forever(own: Noisy) {
        loop {
            let turn = noisy("turn");
            tick("forever").await;
        }
    }
    let mut endless = Box::pin(forever(a));
    let mut short = std::pin::pin!(leaf("short", 2, 5));
    std::future::poll_fn(|context| {
        if endless.as_mut().poll(context).is_ready() {
            return std::task::Poll::Ready(0);
        }
        short.as_mut().poll(context)
    })
    .await
}

cases! {
    four_scopes(noisy("p"), noisy("q")),
    in_the_middle_of_operands(noisy("p")),
    in_the_middle_of_a_statement_with_temporaries(noisy("a")),
    inside_an_awaited_function(noisy("p")),
    inside_nested_blocks(),
    after_conditional_moves_both: after_conditional_moves(true, true),
    after_conditional_moves_first: after_conditional_moves(true, false),
    after_conditional_moves_second: after_conditional_moves(false, true),
    with_a_future_not_yet_polled(noisy("a")),
    while_two_futures_run(noisy("a"), noisy("b")),
    with_a_future_polled_by_hand(noisy("a")),
    with_values_in_collections(),
    with_a_scope_guard(),
    forever_is_cancelled_by_a_race(noisy("a")),
}
