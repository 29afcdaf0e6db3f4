// What a tail's match looks at outlives the block's variables up to edition 2021, also if a guard leaves; an operand of what the tail takes a
// part of has ended before the tail's temporaries.

fn check(g: &Noisy) -> Option<bool> {
    g.look();
    None
}
#[lower]
async fn guard_question() -> Option<u32> {
    let g = noisy("g");
    match noisy("s") {
        r if check(&g)? => {
            tick("m").await;
            Some(r.look())
        }
        q => Some(q.look()),
    }
}
#[lower]
async fn guard_break() -> u32 {
    loop {
        let g = noisy("g");
        match noisy("s") {
            r if {
                if g.look() > 0 {
                    break 3;
                }
                false
            } =>
            {
                tick("m").await;
                r.look();
            }
            q => {
                q.look();
            }
        }
    }
}
#[lower]
async fn guard_panics() -> u32 {
    let g = noisy("g");
    match noisy("s") {
        r if g.look() > 3 => {
            tick("m").await;
            r.look()
        }
        q => q.look(),
    }
}
#[lower]
async fn guard_of_operand() -> u32 {
    pair(
        leaf("a", 1, noisy("a")).await,
        match noisy("s") {
            r if r.look() > 100 => leaf("b", 1, r.look()).await,
            q => q.look(),
        },
    )
}
fn pair(a: Noisy, n: u32) -> u32 {
    a.look() + n
}
#[lower]
async fn part_with_guard() -> u32 {
    let x = leaf("x", 1, {
        (
            leaf("a", 2, noisy("a")).await,
            match Some(noisy("s")) {
                Some(b) if b.peek().await > 100 => leaf("c", 1, 1).await,
                None => 2,
                _ => 3,
            },
        )
            .1
    })
    .await;
    x
}
#[lower]
async fn part_beside_borrow() -> u32 {
    let x = leaf("x", 1, {
        (
            leaf("a", 2, noisy("a")).await,
            pick(leaf("b", 1, 3).await, &noisy("s"), leaf("c", 1, 3).await),
        )
            .1
    })
    .await;
    x
}
fn pick(a: u32, b: &Noisy, c: u32) -> u32 {
    a + b.look() + c
}
cases! {
    guard_question(), guard_break(), guard_panics(), guard_of_operand(), part_with_guard(), part_beside_borrow(),
}
