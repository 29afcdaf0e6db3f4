// Rules 5, 7, 8 and 13 together: temporaries of tails, matches and parts, and what is dropped before what when one of the drops
// panics.

#[derive(Debug)]
pub struct Pair {
    pub left: Noisy,
    pub right: Noisy,
}

fn pair() -> Pair {
    Pair {
        left: noisy("l"),
        right: noisy("r"),
    }
}

fn compare_both(a: &Noisy, b: &Noisy) -> u32 {
    a.look() + b.look()
}

#[lower]
async fn moved_part_of_a_tuple(p2: Noisy) -> u32 {
    let _unused = vec![
        p2,
        (noisy("n6").change().await, leaf("t21", 1, pair()).await)
            .1
            .left,
    ];
    tick("m").await;
    4
}

#[lower]
async fn parts_of_parts() -> u32 {
    {
        let v18 = Pair {
            left: noisy("n8"),
            right: (
                leaf("t14", 1, pair()).await.left,
                leaf("t17", 1, noisy("n16")).await,
            )
                .1,
        };
    }
    tick("m").await;
    4
}

#[lower]
async fn tail_of_an_arm() -> u32 {
    let _ = match leaf("t9", 1, Some(noisy("n7"))).await {
        Some(b10) => {
            tick("t").await;
            compare_both(&b10, &value("e17", leaf("t", 1, noisy("n18")).await))
        }
        None => 3,
    };
    tick("m").await;
    4
}

#[lower]
async fn question_mark_in_a_guard(p1: Option<Noisy>) -> Option<u32> {
    let n = match p1 {
        None if Some(false)? => leaf("t", 1, 3).await,
        Some(b) if Some(b.look())? > 1 => leaf("t", 1, 2).await,
        _ => 4,
    };
    Some(n)
}

#[lower]
async fn match_with_a_guard_in_an_operand() -> u32 {
    let w26 = vec![
        match if true {
            Ok::<_, u32>(noisy("n15"))
        } else {
            Ok(noisy("n16"))
        } {
            Ok(mut b17) if leaf("t19", 1, leaf("t18", 1, false).await).await => b17,
            Err(_) => leaf("t23", 1, noisy("n22")).await,
            _ => noisy("n24"),
        },
        leaf("p", 1, noisy("n25")).await,
    ];
    w26[0].look()
}

#[lower]
async fn tails_within_patterns() -> u32 {
    let n = if let Some(b) = leaf("t9", 1, Some(noisy("b"))).await {
        tick("t").await;
        compare_both(&b, &leaf("t", 1, noisy("temp")).await)
    } else {
        3
    };
    for b in [noisy("f"), noisy("g")] {
        tick("t").await;
        drop(compare_both(&b, &leaf("t", 1, noisy("temp")).await))
    }
    while let Some(b) = leaf("t9", 1, if n > 3 { None } else { Some(noisy("w")) }).await {
        tick("t").await;
        if true {
            break;
        }
        drop(compare_both(&b, &leaf("t", 1, noisy("temp")).await))
    }
    if let Some(b) = leaf("t9", 1, Some(noisy("b"))).await {
        tick("t").await;
        drop(compare_both(&b, &noisy("temp")))
    }
    n
}

#[lower]
async fn none_with_else() -> u32 {
    let None = leaf("t", 1, Some(pair())).await else {
        return leaf("t23", 0, 0).await;
    };
    tick("m24").await;
    1
}

#[lower]
async fn guard_panics(p1: Option<Noisy>) -> u32 {
    let v = leaf("t", 1, noisy("v")).await;
    match p1 {
        Some(mut b14) if b14.look() > 5 => 1,
        None => leaf("t17", 1, 1).await,
        Some(b) if value("e", false) => 4,
        Some(b) => {
            tick("x").await;
            b.look()
        }
    }
}

#[lower]
async fn guard_panics_in_an_operand() -> u32 {
    let n = (
        leaf("t9", 1, noisy("n8")).await,
        match value("e10", Ok::<_, u32>(noisy("n11"))) {
            Ok(mut b12) if value("e13", false) => 1,
            Err(_) => leaf("t17", 1, 1).await,
            _ => 4,
        },
    )
        .1;
    tick("x").await;
    n
}

#[lower]
async fn guard_panics_without_awaits(p1: Option<Noisy>) -> u32 {
    let v = leaf("t", 1, noisy("v")).await;
    let n = match p1 {
        Some(mut b14) if b14.look() > 5 => 1,
        None => 2,
        Some(b) if value("e", false) => 4,
        Some(b) => b.look(),
    };
    tick("t").await;
    n
}

#[lower]
async fn tail_with_match() -> u32 {
    compare_both(
        &noisy("n3"),
        &value("e4", {
            match if let 1 = leaf("t17", 2, 1).await {
                leaf("t20", 1, Some(noisy("n19"))).await
            } else {
                None
            } {
                Some(b) if leaf("t", 1, false).await => b,
                None => leaf("u", 1, noisy("n32")).await,
                _ => noisy("n34"),
            }
        }),
    )
}

#[lower]
async fn assigned_to_nothing(p4: Noisy, pair: (Noisy, Noisy)) -> u32 {
    _ = p4;
    _ = pair.0;
    tick("m").await;
    _ = leaf("t", 1, noisy("n")).await;
    tick("n").await;
    p4.look()
}

#[lower]
async fn called_closures(p: Noisy, q: Noisy) -> u32 {
    let other = noisy("other");
    let a = leaf("t", 1, (move || p.look())()).await;
    let b = leaf("t", 1, (move || q.spend())()).await;
    let make = |name: &'static str| {
        let n = noisy(name);
        move |x: u32| n.look() + x
    };
    let c = leaf("t", 1, make("made")(3)).await;
    let d = if (move || other.look())() > leaf("u", 1, 3).await {
        leaf("v", 1, 3).await
    } else {
        1
    };
    a + b + c + d
}

fn stir(n: &mut Noisy, x: u32) -> u32 {
    n.touch() + x
}

#[lower]
async fn operand_and_temporary_in_a_tail() -> u32 {
    let (b, _) = leaf("t26", 1, {
        (
            noisy("n23").rename("r22"),
            stir(&mut noisy("n24"), leaf("t25", 1, 0).await),
        )
    })
    .await;
    tick("x").await;
    b.look()
}

#[lower]
async fn operand_and_temporary_in_parentheses() -> u32 {
    let (b, _) = leaf("t26", 1, {
        ((
            noisy("n23").rename("r22"),
            stir(&mut noisy("n24"), leaf("t25", 1, 0).await),
        ))
    })
    .await;
    tick("x").await;
    b.look()
}

#[lower]
async fn guards_in_an_operand(p: Noisy, q: bool) -> u32 {
    let n = (
        p,
        match Some(leaf("t8", 1, noisy("n7")).await.rename("r6")) {
            None if leaf("g", 1, q).await => 1,
            Some(b9) if b9.look() > 100 => {
                tick("m28").await;
                2
            }
            b10 => 3,
            _ => 4,
        },
    )
        .1;
    tick("x").await;
    n
}

#[lower]
async fn leftover_of_a_struct(b5: Noisy) -> u32 {
    let Pair {
        left: _,
        right: b11,
    } = (Pair {
        left: match (leaf("t6", 1, 1).await, pair()).1 {
            Pair { left: _, right: b9 } => {
                tick("m10").await;
                b9
            }
        },
        right: (|| b5)(),
    });
    tick("x").await;
    b11.look()
}

#[lower]
async fn named_in_a_closure(p3: Noisy, p4: (Noisy, Noisy)) -> u32 {
    let n = (move || {
        let _ = p3;
        let _ = p4.0;
        3
    })();
    tick("x").await;
    n
}

#[lower]
async fn one_is_held() -> u32 {
    let (mut b20, mut b21) = (noisy("b20"), noisy("b21"));
    b21 = noisy("n22");
    let n = leaf(
        "t",
        1,
        (
            Pair {
                left: b21,
                right: leaf("t27", 1, noisy("n26")).await,
            },
            b20,
        )
            .1,
    )
    .await;
    tick("x").await;
    n.look()
}

#[derive(Debug)]
pub enum Choice {
    Nothing,
    One(Noisy),
    Two { left: Noisy, number: u32 },
}

#[lower]
async fn alternatives_in_an_operand(p3: Choice) -> u32 {
    let v11 = leaf(
        "t9",
        1,
        if let (Choice::One(mut b8) | Choice::Two { left: mut b8, .. }) = p3 {
            b8.look()
        } else {
            1
        },
    )
    .await;
    tick("t").await;
    v11
}

#[lower]
async fn compared_alternatives(p3: Choice) -> bool {
    let v11 = leaf(
        "t10",
        1,
        (leaf("t7", 1, 8).await
            <= leaf(
                "t9",
                1,
                if let Choice::Two { left: mut b8, .. } = p3 {
                    5
                } else {
                    1
                },
            )
            .await),
    )
    .await;
    tick("t").await;
    v11
}

#[lower]
async fn ignored_part(mut p5: Noisy) {
    let _ = (
        leaf(
            "t8",
            1,
            std::mem::replace(&mut p5, noisy("n7")).change().await,
        )
        .await,
        leaf("t11", 1, (p5, leaf("t10", 1, noisy("n9")).await))
            .await
            .0,
    )
        .0;
    tick("m13").await;
}

#[lower]
async fn part_by_a_pattern() -> u32 {
    let Pair {
        left: mut b17,
        right: mut b18,
    } = (
        leaf("t15", 1, (noisy("n9"), leaf("t14", 1, pair()).await).1).await,
        noisy("n16"),
    )
        .0;
    tick("m13").await;
    b17.look() + b18.look()
}

#[lower]
async fn inner_closure_moves(p4: Noisy) -> u32 {
    let b16 = noisy("b16");
    tick("a").await;
    let n = (async {
        let n = b16.peek().await;
        let c23 = move || b16.look();
        value("e26", p4);
        tick("m27").await;
        c23() + n
    })
    .await;
    tick("b").await;
    n
}

#[lower]
async fn named_in_a_block(p1: Noisy) -> u32 {
    let n = (async move {
        _ = p1;
        tick("t").await;
        3
    })
    .await;
    tick("b").await;
    n
}

#[lower]
async fn receiver_with_leftover(q: bool) -> u32 {
    let n = value(
        "e15",
        (
            leaf("t17", 1, noisy("n16")).await,
            leaf("t18", 1, Some(4)).await,
        )
            .1,
    )
    .unwrap_or(if leaf("t19", 0, q).await {
        tick("m20").await;
        1
    } else {
        2
    });
    tick("b").await;
    n
}

#[lower]
async fn receiver_in_a_tail() -> u32 {
    let n = leaf("t26", 1, {
        let b16 = leaf("t", 1, noisy("n15")).await;
        Some(noisy("n21")).unwrap_or(leaf("t25", 2, noisy("n23")).await)
    })
    .await;
    tick("x").await;
    n.look()
}

cases! {
    operand_and_temporary_in_parentheses(),
    receiver_in_a_tail(),
    inner_closure_moves(noisy("p4")),
    named_in_a_block(noisy("p1")),
    receiver_with_leftover(true),
    alternatives_in_an_operand(Choice::One(noisy("one"))),
    compared_alternatives(Choice::One(noisy("one"))),
    ignored_part(noisy("p5")),
    part_by_a_pattern(),
    operand_and_temporary_in_a_tail(),
    guards_in_an_operand(noisy("p"), true),
    leftover_of_a_struct(noisy("b5")),
    named_in_a_closure(noisy("p3"), (noisy("a"), noisy("b"))),
    one_is_held(),
    assigned_to_nothing(noisy("p4"), (noisy("a"), noisy("b"))),
    called_closures(noisy("p"), noisy("q")),
    none_with_else(),
    guard_panics(Some(noisy("p1"))),
    guard_panics_long: guard_panics(Some(noisy("ppppppppp1"))),
    guard_panics_none: guard_panics(None),
    guard_panics_in_an_operand(),
    guard_panics_without_awaits(Some(noisy("p1"))),
    guard_panics_without_awaits_long: guard_panics_without_awaits(Some(noisy("ppppppppp1"))),
    tail_with_match(),
    tails_within_patterns(),
    moved_part_of_a_tuple(noisy("p")),
    parts_of_parts(),
    tail_of_an_arm(),
    question_mark_in_a_guard(None),
    match_with_a_guard_in_an_operand(),
}
