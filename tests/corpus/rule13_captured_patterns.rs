// `move` closures and blocks that take a variable apart by a pattern or as the base of a struct capture no more than that: the rest stays.
struct S {
    a: Noisy,
    b: Noisy,
}
fn s() -> S {
    S {
        a: noisy("a"),
        b: noisy("b"),
    }
}
#[lower]
async fn move_closure_let() -> u32 {
    let w = s();
    let g = move || {
        let S { a, .. } = w;
        a.look()
    };
    tick("u").await;
    g()
}
#[lower]
async fn closure_match() -> u32 {
    let w = (noisy("a"), noisy("b"));
    let g = move || match w {
        (a, _) => a.look(),
    };
    tick("u").await;
    g()
}
#[lower]
async fn closure_ref() -> u32 {
    let w = (noisy("a"), noisy("b"));
    let g = move || {
        let (ref a, _) = w;
        a.look()
    };
    tick("u").await;
    g()
}
#[lower]
async fn block_let() -> u32 {
    let w = s();
    let g = async move {
        let S { a, .. } = w;
        a.peek().await
    };
    tick("u").await;
    g.await
}
#[lower]
async fn closure_move_param(w: S) -> u32 {
    let g = move || {
        let S { a, .. } = w;
        a.look()
    };
    tick("u").await;
    g()
}
#[lower]
async fn copied_part() -> u32 {
    let w = (1u32, noisy("o"));
    let f = move || {
        let (k, _) = w;
        k
    };
    tick("u").await;
    f()
}
#[lower]
async fn after_an_await() -> u32 {
    let w = s();
    tick("f").await;
    let g = move || {
        let S { a, .. } = w;
        a.look()
    };
    tick("u").await;
    g()
}
#[lower]
async fn match_nothing() -> u32 {
    let w = (noisy("a"), noisy("b"));
    let f = move || match w {
        (_, _) => 3,
    };
    tick("t").await;
    f()
}
#[lower]
async fn matches_part() -> u32 {
    let w = (Some(noisy("a")), noisy("b"));
    let f = move || matches!(w, (Some(_), _)) as u32;
    tick("t").await;
    f()
}
#[lower]
async fn match_ref_part() -> u32 {
    let w = (Some(noisy("a")), noisy("b"));
    let f = move || match w {
        (Some(ref n), _) => n.look(),
        (None, _) => 1,
    };
    tick("t").await;
    f()
}
#[derive(Debug)]
struct Only {
    x: Noisy,
    y: Noisy,
}
#[lower]
async fn base_in_block() -> u32 {
    let w = Only {
        x: noisy("x"),
        y: noisy("y"),
    };
    let f = async move {
        let o = Only {
            y: noisy("new"),
            ..w
        };
        tick("in").await;
        o.x.look()
    };
    tick("out").await;
    f.await
}
#[lower]
async fn base_in_closure() -> u32 {
    let w = Only {
        x: noisy("x"),
        y: noisy("y"),
    };
    let f = move || {
        let o = Only {
            y: noisy("new"),
            ..w
        };
        o.x.look()
    };
    tick("out").await;
    f()
}
enum Kind {
    One(Noisy),
    Two(Noisy, Noisy),
    None,
}
#[lower]
async fn enum_in_block(k: u32) -> u32 {
    let w = match k {
        0 => Kind::One(noisy("o")),
        1 => Kind::Two(noisy("a"), noisy("b")),
        _ => Kind::None,
    };
    let f = async move {
        match w {
            Kind::Two(_, b) => b.peek().await,
            Kind::One(x) => x.look(),
            _ => 3,
        }
    };
    tick("out").await;
    f.await
}
#[lower]
async fn enum_if_let(k: Kind) -> u32 {
    let f = async move {
        if let Kind::Two(a, _) = k {
            a.peek().await
        } else {
            3
        }
    };
    tick("out").await;
    f.await
}
#[lower]
async fn enum_let_else(k: Kind) -> u32 {
    tick("before").await;
    let f = async move {
        let Kind::Two(a, _) = k else { return 4 };
        a.peek().await
    };
    tick("out").await;
    f.await
}
#[lower]
async fn field_apart() -> u32 {
    let w = ((noisy("a"), noisy("b")), noisy("c"));
    let f = move || {
        let (x, _) = w.0;
        x.look()
    };
    tick("out").await;
    let n = w.1.look();
    tick("p").await;
    f() + n
}
#[lower]
async fn field_whole() -> u32 {
    let w = ((noisy("a"), noisy("b")), noisy("c"));
    let f = move || {
        let (x, y) = w.0;
        x.look() + y.look()
    };
    tick("out").await;
    let n = w.1.look();
    tick("p").await;
    f() + n
}
#[lower]
async fn the_rest_later() -> u32 {
    let w = s();
    let f = move || {
        let S { a, .. } = w;
        a.look()
    };
    tick("out").await;
    let n = w.b.spend();
    tick("p").await;
    f() + n
}
#[lower]
async fn the_rest_by_pattern() -> u32 {
    let w = s();
    let f = async move {
        let S { a, .. } = w;
        a.peek().await
    };
    tick("out").await;
    let S { b, .. } = w;
    tick("p").await;
    f.await + b.look()
}
#[lower]
async fn passed_on() -> u32 {
    let w = (s(), noisy("c"));
    let n = run(move || {
        let (S { ref a, .. }, _) = w;
        a.look()
    });
    tick("out").await;
    n
}
fn run(f: impl FnOnce() -> u32) -> u32 {
    f()
}
#[lower]
async fn or_patterns(mut w: (u32, Noisy, Noisy)) -> u32 {
    let f = move || match w {
        (1, ref a, _) | (_, _, ref a) => a.look(),
    };
    tick("out").await;
    f()
}
#[lower]
async fn mutable(mut w: (u32, Noisy, Noisy)) -> u32 {
    let f = move || {
        let (ref mut n, ref a, _) = w;
        *n += 1;
        *n + a.look()
    };
    let mut f = f;
    tick("out").await;
    f()
}
#[lower]
async fn in_loop(flag: bool) -> u32 {
    let mut n = 0;
    for _ in 0..2 {
        let w = s();
        if flag {
            let f = move || {
                let S { b, .. } = w;
                b.look()
            };
            tick("out").await;
            n += f();
        }
        tick("next").await;
    }
    n
}
#[lower]
async fn conditional(flag: bool) -> u32 {
    let w = s();
    let f;
    if flag {
        f = Some(move || {
            let S { b, .. } = w;
            b.look()
        });
    } else {
        f = None
    };
    tick("out").await;
    f.map_or(2, |f| f())
}
cases! { match_nothing(), matches_part(), match_ref_part(), copied_part(), after_an_await(), move_closure_let(), closure_match(), closure_ref(), block_let(), closure_move_param(s()), base_in_block(), base_in_closure(), enum_0: enum_in_block(0), enum_1: enum_in_block(1), enum_2: enum_in_block(2), enum_if_let(Kind::Two(noisy("a"), noisy("b"))), enum_if_let_one: enum_if_let(Kind::One(noisy("a"))), enum_let_else(Kind::Two(noisy("a"), noisy("b"))), enum_let_else_none: enum_let_else(Kind::None), field_apart(), field_whole(), the_rest_later(), the_rest_by_pattern(), passed_on(), or_patterns((1, noisy("a"), noisy("b"))), mutable((1, noisy("a"), noisy("b"))), in_loop(true), in_loop_not: in_loop(false), conditional(true), conditional_not: conditional(false) }
