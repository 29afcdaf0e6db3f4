// Bodies in which several rules meet.

use std::collections::HashMap;

#[lower]
async fn compare_temp_operands(a: Noisy) -> u32 {
    let r = leaf("x", 1, a.view().look() == noisy("tmp").view().look()).await;
    r as u32
}

#[lower]
async fn two_selects_like(a: Noisy) -> u32 {
    let b = (noisy("b"), noisy("c"));
    let s = {
        let v = b.0.view();
        leaf("in", 1, v.look()).await
    } + {
        let v = b.1.view();
        leaf("in2", 1, v.look()).await
    };
    s + a.look()
}

#[lower]
async fn option_field_take(mut o: (Option<Noisy>, Noisy)) -> u32 {
    let mut n = 0;
    loop {
        let Some(x) = o.0.take() else { break };
        n += x.peek().await;
        if n < 4 {
            o.0 = Some(noisy("again"));
        }
    }
    n + o.1.look()
}

#[lower]
async fn let_else_temp(l: Lock<Option<u32>>) -> u32 {
    let Some(n) = *l.guard() else {
        l.is_held();
        tick("else").await;
        return 0;
    };
    l.is_held();
    tick("after").await;
    n
}

#[lower]
async fn while_let_else_chain(mut f: Feed<u32>) -> u32 {
    let mut last = None;
    while let Some(x) = f.next().await {
        let y = match last.replace(x) {
            Some(p) if p > x => {
                tick("dec").await;
                p - x
            }
            Some(p) => x - p,
            None => {
                tick("first").await;
                continue;
            }
        };
        if y > 2 {
            break;
        }
    }
    last.map_or(0, |x| x)
}

#[lower]
async fn nested_closures_across(a: Noisy, b: Noisy) -> u32 {
    let mut count = 0;
    let mut f = |x: u32| {
        count += x;
        a.look() + count
    };
    let one = f(1);
    tick("p").await;
    let two = f(2);
    let g = move || b.look();
    tick("q").await;
    let h = || g() + 1;
    let three = h();
    tick("r").await;
    one + two + three + count
}

#[lower]
async fn closure_returning_future(a: Noisy) -> u32 {
    let f = |n: u32| {
        let v = a.view();
        async move {
            tick("cl").await;
            v.look() + n
        }
    };
    let x = f(1).await;
    let y = f(2).await;
    let fs: Vec<_> = (0..2).map(|i| f(i)).collect();
    let mut s = x + y;
    for q in fs {
        s += q.await;
    }
    s
}

#[lower]
async fn generic_weird<T: Debug + Clone, F>(t: T, mut f: F) -> Vec<T>
where
    F: AsyncFnMut(T) -> T,
{
    let mut out = vec![];
    for _ in 0..2 {
        let x = f(t.clone()).await;
        out.push(x);
    }
    out
}

#[lower]
async fn match_string_slices(s: String) -> u32 {
    match s.as_str() {
        "a" => 1,
        x if x.len() > leaf("g", 1, 3usize).await => 2,
        x => {
            tick(format!("w{x}")).await;
            x.len() as u32
        }
    }
}

#[lower]
async fn unwrap_or_chain(m: HashMap<u32, Noisy>) -> u32 {
    let x = m
        .get(&leaf("k", 1, 1).await)
        .map(|n| n.look())
        .unwrap_or_default();
    let y = m.get(&2).unwrap_or(&noisy("default")).peek().await;
    x + y
}

#[lower]
async fn async_block_question(f: bool) -> Result<u32, Failure> {
    let r: Result<u32, Failure> = async {
        let x = if f {
            fail::<u32>("f").await?
        } else {
            succeed("s", 2).await?
        };
        Ok(x + 1)
    }
    .await;
    let n = r?;
    Ok(n + async { succeed("t", 1).await }.await?)
}

#[lower]
async fn tail_match_loop_question(mut f: Feed<Noisy>) -> Result<u32, Failure> {
    let own = noisy("own");
    let mut n = 0;
    'o: loop {
        let got = match f.try_next().await? {
            Some(x) => match own.view().look() {
                3 if x.peek().await == 1 => {
                    n += x.view().look();
                    continue 'o;
                }
                _ => {
                    if x.look() == 3 {
                        succeed("q", x.consume().await).await?
                    } else {
                        break 'o;
                    }
                }
            },
            None => return fail("end").await,
        };
        n += got;
    }
    Ok(n)
}

#[lower]
async fn lock_in_scrutinee(l: Lock<Option<u32>>) -> u32 {
    let r = match *l.guard() {
        Some(n) if n > 2 => leaf("a", 1, n).await,
        Some(_) => {
            tick("b").await;
            1
        }
        None => 0,
    };
    if let Some(n) = l.guard().as_mut() {
        tick("c").await;
        *n += 1;
    }
    while let Some(n) = l.guard().take() {
        tick("d").await;
    }
    l.is_held();
    if let Some(n) = *l.guard() {
        n
    } else {
        l.is_held();
        tick("e").await;
        r
    }
}

#[lower]
async fn moved_in_loop_branches(v: Vec<u32>) -> u32 {
    let a = noisy("a");
    let mut keep = Some(noisy("k"));
    let mut n = 0;
    for x in v {
        if x == 1 {
            tick("one").await;
            continue;
        }
        if x == 2 {
            n += a.peek().await;
            continue;
        }
        if x == 3 {
            drop(a);
            tick("three").await;
            break;
        }
        if let Some(k) = keep.take() {
            n += k.consume().await;
        } else {
            n += 100;
        }
    }
    tick("end").await;
    n
}

#[lower]
async fn option_assigned_in_loop() -> u32 {
    let mut cur = None;
    let mut n = 0;
    for i in 0..3 {
        if let Some(prev) = cur {
            let p: Noisy = prev;
            n += p.consume().await;
        }
        cur = Some(noisy(format!("i{i}")));
        tick("x").await;
    }
    n
}

#[lower]
async fn shadow_chain() -> u32 {
    let x = noisy("x1");
    let x = {
        let y = x.view();
        tick("a").await;
        noisy(format!("x2{}", y.look()))
    };
    let x = (x, noisy("x3"));
    tick("b").await;
    let (x, y) = x;
    let x = async { x.peek().await + y.look() }.await;
    x
}

#[lower]
async fn labelled_blocks(n: u32) -> u32 {
    let a = noisy("a");
    let r = 'b: {
        let b = noisy("b");
        if n == 0 {
            break 'b a.view().look();
        }
        if n == 1 {
            break 'b b.consume().await;
        }
        for i in 0..5 {
            let c = noisy("c");
            if i == n {
                break 'b c.peek().await + i;
            }
            tick("t").await;
        }
        99
    };
    r + a.look()
}

#[lower]
async fn early_return_nested(n: u32) -> Result<u32, String> {
    let a = noisy("a");
    let b = (
        noisy("b"),
        if n == 1 {
            return Err(format!("{}", a.peek().await));
        } else {
            leaf("z", 1, 2).await
        },
        noisy("c"),
    );
    let k = [
        leaf("k", 1, 1).await,
        match n {
            2 => return Ok(b.1),
            3 => Err("three")?,
            _ => 5,
        },
    ];
    Ok(b.1 + k[1])
}

#[lower]
async fn const_generic<const K: usize>(a: [Noisy; K]) -> u32 {
    let mut n = 0;
    for x in &a {
        n += x.peek().await;
    }
    for x in a {
        n += x.consume().await;
    }
    n + K as u32
}

#[lower]
async fn async_closure_captures() -> u32 {
    let a = noisy("a");
    let mut total = 0;
    let mut f = async |x: u32| {
        total += x;
        a.peek().await + x
    };
    let r = f(1).await + f(2).await;
    tick("z").await;
    r + total + a.look()
}

cases! {
    compare_temp_operands(noisy("a")),
    two_selects_like(noisy("a")),
    option_field_take((Some(noisy("o")), noisy("p"))),
    let_else_temp_some: let_else_temp(lock("l", Some(3))),
    let_else_temp_none: let_else_temp(lock("l", None)),
    while_let_else_chain(feed("f", [1, 2, 1, 9, 4])),
    nested_closures_across(noisy("a"), noisy("b")),
    closure_returning_future(noisy("a")),
    generic_weird(1, async |x| {
        tick("turn").await;
        x + 1
    }),
    match_string_slices_literal: match_string_slices("a".into()),
    match_string_slices_long: match_string_slices("abcd".into()),
    match_string_slices_short: match_string_slices("bc".into()),
    unwrap_or_chain([(1, noisy("one"))].into_iter().collect()),
    async_block_question_fails: async_block_question(true),
    async_block_question_succeeds: async_block_question(false),
    tail_match_loop_question_end: tail_match_loop_question(feed("f", [noisy("a"), noisy("abc"), noisy("ab")])),
    tail_match_loop_question_short: tail_match_loop_question(feed("f", [noisy("a"), noisy("abc")])),
    lock_in_scrutinee_large: lock_in_scrutinee(lock("l", Some(3))),
    lock_in_scrutinee_small: lock_in_scrutinee(lock("l", Some(1))),
    lock_in_scrutinee_none: lock_in_scrutinee(lock("l", None)),
    moved_in_loop_branches_all: moved_in_loop_branches(vec![1, 2, 4, 4, 3, 9]),
    moved_in_loop_branches_some: moved_in_loop_branches(vec![1, 2, 5]),
    option_assigned_in_loop(),
    shadow_chain(),
    labelled_blocks_0: labelled_blocks(0),
    labelled_blocks_1: labelled_blocks(1),
    labelled_blocks_2: labelled_blocks(2),
    labelled_blocks_9: labelled_blocks(9),
    early_return_nested_0: early_return_nested(0),
    early_return_nested_1: early_return_nested(1),
    early_return_nested_2: early_return_nested(2),
    early_return_nested_3: early_return_nested(3),
    const_generic([noisy("a"), noisy("b")]),
    async_closure_captures(),
}
