// Rule 5: the temporaries of a block's tail and the block's value, where both are temporaries of what the block stands in.

struct Pair {
    left: Noisy,
    right: Noisy,
}

fn pair() -> Pair {
    Pair {
        left: noisy("l"),
        right: noisy("r"),
    }
}

#[lower]
async fn ignored_field(choice: bool) -> u32 {
    let _ = unsafe {
        match choice {
            true => {
                tick("t").await;
                pair()
            }
            false => pair(),
        }
    }
    .left;
    let _ = leaf("t", 1, pair()).await.left;
    let _ = (leaf("t", 1, pair()).await).right;
    tick("x").await;
    2
}

#[lower]
async fn let_with_block(choice: bool) -> u32 {
    let Some(x) = Some({
        if choice {
            leaf("t", 1, pair()).await
        } else {
            tick("y").await;
            pair()
        }
    }) else {
        return 2;
    };
    let Some(x) = ({
        if choice {
            leaf("t", 1, Some(pair())).await
        } else {
            tick("y").await;
            Some(pair())
        }
    }) else {
        return 2;
    };
    let Some(x) = (if choice {
        leaf("t", 1, Some(pair())).await
    } else {
        tick("y").await;
        Some(pair())
    }) else {
        return 2;
    };
    let Some(x) = Some(
        Ok::<_, u32>(Some(Pair {
            left: noisy("n"),
            right: noisy("m"),
        }))
        .unwrap(),
    ) else {
        return 2;
    };
    tick("y").await;
    2
}

#[lower]
async fn let_with_struct(choice: bool) -> Result<u32, Failure> {
    let Pair { left, right } = Ok::<_, Failure>(Pair {
        left: noisy("n"),
        right: noisy("m"),
    })?
    else {
        return Ok({
            tick("t").await;
            1
        });
    };
    tick("y").await;
    Ok(2)
}

#[lower]
async fn let_with_struct_paren(choice: bool) -> Result<u32, Failure> {
    let Pair { left, right } = (Pair {
        left: noisy("n"),
        right: noisy("m"),
    }) else {
        return Ok({
            tick("t").await;
            1
        });
    };
    tick("y").await;
    Ok(2)
}

#[lower]
async fn for_head(choice: bool) -> u32 {
    for x in vec![
        {
            tick("a").await;
            (noisy("b"), leaf("t", 1, noisy("c")).await).0.rename("r")
        },
        noisy("d"),
    ] {
        tick("x").await;
    }
    for x in vec![
        {
            tick("a").await;
            noisy("b").view().source().peek().await
        },
        3,
    ] {
        tick("x").await;
    }
    2
}

#[lower]
async fn with_else_in_a_condition(choice: bool) -> std::task::Poll<Result<Noisy, Failure>> {
    while if choice {
        let Pair { left, right: _ } = Ok::<_, Failure>(pair())? else {
            return std::task::Poll::Pending;
        };
        left.peek().await > 100
    } else {
        tick("t").await;
        false
    } {
        tick("u").await;
    }
    std::task::Poll::Ready(Ok(noisy("output")))
}

#[lower]
async fn with_else_that_does_not_await(choice: bool) -> std::task::Poll<Result<Noisy, Failure>> {
    let number = leaf("t", 1, {
        let Pair { left, right: _ } = Ok::<_, Failure>(pair())? else {
            return std::task::Poll::Pending;
        };
        left.look()
    })
    .await;
    tick("u").await;
    std::task::Poll::Ready(Ok(noisy("output")))
}

#[lower]
async fn receiver_in_an_operand() -> u32 {
    let both = (
        match Some(1) {
            Some(_) => noisy("first"),
            None => leaf("t", 1, noisy("none")).await,
        },
        Some(noisy("some")).unwrap_or(leaf("u", 1, noisy("other")).await),
    );
    tick("after").await;
    both.0.look() + both.1.look()
}

#[lower]
async fn leftover(p: Noisy) -> u32 {
    let (_, b) = match leaf("t", 1, p.view().load().await).await {
        1 | 2 => {
            tick("m").await;
            (noisy("l"), noisy("b"))
        }
        _ => leaf("u", 1, (noisy("l"), noisy("b"))).await,
    };
    tick("x").await;
    b.look()
}

#[lower]
async fn tail_of_a_labelled_tail(p1: Noisy) -> u32 {
    let n = (
        if leaf("c", 1, true).await {
            let v9 = leaf("t8", 1, noisy("n7")).await;
            'l14: {
                if p1.look() > 9 {
                    tick("m15").await;
                    break 'l14 noisy("early");
                }
                (Pair {
                    left: noisy("n17"),
                    right: noisy("n18"),
                })
                .left
            }
        } else {
            noisy("n25")
        },
        1,
    )
        .1;
    tick("m26").await;
    n
}

#[lower]
async fn tail_of_a_nested_block(p1: Noisy) -> u32 {
    let n = {
        let v9 = leaf("t8", 1, noisy("n7")).await;
        unsafe {
            let inner = noisy("inner");
            tick("t").await;
            {
                tick("u").await;
                p1.view().look() + v9.view().look()
            }
        }
    };
    tick("m26").await;
    n
}

cases! {
    tail_of_a_labelled_tail(noisy("p1")),
    tail_of_a_labelled_tail_early: tail_of_a_labelled_tail(noisy("ppppppppppppppp1")),
    tail_of_a_nested_block(noisy("p1")),
    leftover(noisy("p")),
    with_else_in_a_condition(true),
    not_with_else_in_a_condition: with_else_in_a_condition(false),
    receiver_in_an_operand(),
    with_else_that_does_not_await(true),
    ignored_field(true),
    let_with_block(true),
    let_with_struct(true),
    for_head(true),
    let_with_struct_paren(true),
}
