// Forms that programs are full of: values or exits as arguments, `let .. else` in a branch, callees in fields.

#[lower]
async fn pushes(mut f: Feed<Option<Noisy>>) -> u32 {
    let mut v: Vec<Noisy> = vec![];
    while let Some(o) = f.next().await {
        v.push(match o {
            Some(x) => x,
            None => continue,
        });
        tick("next").await;
    }
    v.len() as u32
}
#[lower]
async fn breaks(mut f: Feed<Option<Noisy>>) -> u32 {
    let mut v: Vec<Noisy> = vec![];
    while let Some(o) = f.next().await {
        v.push(if let Some(x) = o { x } else { break });
        tick("next").await;
    }
    let w = v;
    tick("after").await;
    w.into_iter().map(|n| n.look()).sum()
}
macro_rules! some_or {
    ($e:expr, $else:expr) => {
        match $e {
            Some(x) => x,
            None => $else,
        }
    };
}
#[lower]
async fn diverging_return(o: Option<u32>) -> u32 {
    let g = noisy("g");
    tick("a").await;
    let v = some_or!(o, return 0);
    tick("b").await;
    v + g.look()
}
#[lower]
async fn diverging_continue(mut f: Feed<Option<u32>>) -> u32 {
    let g = noisy("g");
    let mut s = 0;
    while let Some(o) = f.next().await {
        let v = some_or!(o, continue);
        s += v;
        tick("next").await;
    }
    s + g.look()
}
#[lower]
async fn self_underscore() -> u32 {
    let self_ = noisy("s");
    tick("t").await;
    self_.look()
}
#[lower]
async fn underscore_self(_self: Noisy) -> u32 {
    tick("t").await;
    _self.look()
}

#[lower]
async fn in_branch(o: Option<Noisy>, k: bool) -> u32 {
    tick("a").await;
    let mut n = 0;
    if k {
        let Some(x) = o else { return n };
        n += x.look();
    }
    tick("b").await;
    n
}
#[lower]
async fn in_loop(mut o: Option<Noisy>) -> u32 {
    tick("a").await;
    let mut n = 0;
    loop {
        let Some(x) = o else { break };
        n += x.look();
        o = if n < 3 { Some(noisy("b")) } else { None };
    }
    tick("b").await;
    n
}
#[lower]
async fn borrowed(o: Option<Noisy>, k: bool) -> u32 {
    tick("a").await;
    let mut n = 0;
    if k {
        let Some(ref x) = o else { return n };
        n += x.look();
    }
    tick("b").await;
    n + o.map_or(1, |o| o.look())
}
#[lower]
async fn two_of_them(o: Option<Noisy>, p: Result<Noisy, Noisy>, k: bool) -> u32 {
    tick("a").await;
    let mut n = 0;
    let g = noisy("g");
    if k {
        let local = noisy("local");
        let Some(x) = o else { return n };
        let Ok(y) = p else { return x.look() };
        n += x.look() + y.look() + local.look();
    }
    tick("b").await;
    n + g.look()
}
#[lower]
async fn in_a_match(o: Option<Noisy>, k: u32) -> u32 {
    tick("a").await;
    let n = match k {
        0 => {
            let Some(x) = o else { panic!("none") };
            x.look()
        }
        1 => {
            let Some(x) = o else { return 7 };
            x.look()
        }
        _ => 2,
    };
    tick("b").await;
    n
}

struct Handler<F> {
    f: F,
    n: Noisy,
}
#[lower]
async fn called_field() -> u32 {
    let h = Handler {
        f: |x: u32| leaf("h", 1, x + 1),
        n: noisy("h"),
    };
    let a = (h.f)(leaf("arg", 1, 3).await).await;
    a + h.n.look()
}
#[lower]
async fn nested_calls() -> u32 {
    let h = Handler {
        f: |x: u32| leaf("h", 1, x + 1),
        n: noisy("h"),
    };
    (h.f)((h.f)(leaf("x", 1, 1).await).await + leaf("y", 1, 2).await).await + h.n.peek().await
}
#[lower]
async fn once() -> u32 {
    let own = noisy("own");
    let h = Handler {
        f: move |x: u32| async move {
            tick("in").await;
            own.look() + x
        },
        n: noisy("h"),
    };
    let a = (h.f)(leaf("arg", 1, 3).await).await;
    tick("t").await;
    a + h.n.look()
}

#[lower]
async fn infallible() -> u32 {
    let own = noisy("own");
    let r: Result<Noisy, std::convert::Infallible> = leaf("l", 1, Ok(noisy("x"))).await;
    tick("t").await;
    match r {
        Ok(x) => x.peek().await + own.look(),
    }
}
#[lower]
async fn infallible_value() -> u32 {
    match leaf("l", 1, Ok::<_, std::convert::Infallible>(noisy("x"))).await {
        Ok(x) => x.peek().await,
    }
}
#[lower]
async fn infallible_tail() -> Result<Noisy, Noisy> {
    match leaf("l", 1, Ok::<_, std::convert::Infallible>(noisy("x"))).await {
        Ok(x) => Ok(x),
    }
}
#[lower]
async fn infallible_let() -> u32 {
    let x: Result<u32, std::convert::Infallible> = Ok(leaf("x", 1, 3).await);
    let Ok(y) = x;
    tick("t").await;
    y
}
#[lower]
async fn guarded() -> Result<Noisy, Noisy> {
    match leaf("l", 1, Ok::<_, std::convert::Infallible>(noisy("x"))).await {
        Ok(x) if x.look() > 0 => Err(x),
        Ok(x) => Ok(x),
    }
}
#[lower]
async fn guarded_variable() -> Result<Noisy, Noisy> {
    let v = leaf(
        "l",
        1,
        Ok::<_, std::convert::Infallible>((noisy("x"), noisy("y"))),
    )
    .await;
    tick("t").await;
    match v {
        Ok((x, _)) if x.peek().await > 10 => Err(x),
        Ok((_, y)) => {
            tick("u").await;
            Ok(y)
        }
    }
}
#[lower]
async fn let_parts() -> u32 {
    let v = leaf(
        "l",
        1,
        Ok::<_, std::convert::Infallible>((noisy("x"), noisy("y"))),
    )
    .await;
    tick("t").await;
    let Ok((x, _)) = v;
    tick("u").await;
    x.look()
}
#[lower]
async fn arm(k: u32) -> u32 {
    let n = match k {
        0 => {
            let b = leaf("l", 1, noisy("y")).await;
            b.view().look()
        }
        _ => 2,
    };
    n
}
#[lower]
async fn arm_binds(k: Option<Noisy>) -> u32 {
    let n = match k {
        Some(x) => {
            let b = leaf("l", 1, noisy("y")).await;
            b.view().look() + x.look()
        }
        _ => 2,
    };
    n
}
#[lower]
async fn if_let_binds(k: Option<Noisy>) -> u32 {
    let n = if let Some(x) = k {
        let b = leaf("l", 1, noisy("y")).await;
        b.view().look() + x.look()
    } else {
        2
    };
    n
}
#[lower]
async fn arm_guard(k: u32) -> usize {
    let n = match k {
        0 => {
            let b = leaf("l", 1, std::cell::RefCell::new(vec![noisy("v")])).await;
            let n = b.borrow().len();
            n
        }
        _ => 2,
    };
    n
}
#[lower]
async fn arm_tail(k: u32) -> u32 {
    match k {
        0 => {
            let b = leaf("l", 1, noisy("y")).await;
            b.view().look()
        }
        _ => 2,
    }
}
cases! { pushes(feed("f", [None, Some(noisy("a")), Some(noisy("b"))])), breaks(feed("f", [Some(noisy("a")), None, Some(noisy("b"))])), diverging_return(Some(1)), diverging_return_none: diverging_return(None), diverging_continue(feed("f", [None, Some(1)])), self_underscore(), underscore_self(noisy("p")), in_branch(Some(noisy("o")), true), in_branch_not: in_branch(Some(noisy("o")), false), in_branch_none: in_branch(None, true), in_loop(Some(noisy("o"))), borrowed(Some(noisy("o")), true), borrowed_not: borrowed(None, true), two_1: two_of_them(None, Ok(noisy("ok")), true), two_2: two_of_them(Some(noisy("o")), Ok(noisy("ok")), true), two_3: two_of_them(Some(noisy("o")), Err(noisy("ok")), true), two_4: two_of_them(Some(noisy("o")), Err(noisy("ok")), false), in_a_match_0: in_a_match(Some(noisy("o")), 0), in_a_match_1: in_a_match(None, 1), in_a_match_2: in_a_match(Some(noisy("o")), 2), called_field(), nested_calls(), once(), infallible(), infallible_value(), infallible_tail(), infallible_let(), guarded(), guarded_variable(), let_parts(), arm(0), arm_binds(Some(noisy("k"))), if_let_binds(Some(noisy("k"))), arm_guard(0), arm_tail(0) }
