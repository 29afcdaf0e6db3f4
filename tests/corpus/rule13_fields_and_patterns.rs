// Parts of one variable are taken by fields, by closures, by patterns and by the bases of structs: a pattern or base needs no more of it than it takes.
struct St {
    a: Noisy,
    b: Noisy,
}
fn st() -> St {
    St {
        a: noisy("a"),
        b: noisy("bb"),
    }
}
#[lower]
async fn closure_then_let(s: St) -> u32 {
    tick("s").await;
    let f = move || s.a.look();
    let n = f();
    tick("mid").await;
    let St { b, .. } = s;
    b.look() + n
}
#[lower]
async fn closure_then_let_no_await_between(s: St) -> u32 {
    tick("s").await;
    let f = move || s.a.look();
    let n = f();
    let St { b, .. } = s;
    b.look() + n
}
#[lower]
async fn block_then_match(s: St) -> u32 {
    tick("s").await;
    let k = async move { s.a.peek().await };
    let n = k.await;
    match s {
        St { b, .. } => b.consume().await + n,
    }
}
#[lower]
async fn tuple_closure(s: (Noisy, Noisy)) -> u32 {
    let f = move || s.0.look();
    tick("f").await;
    let (_, b) = s;
    b.consume().await + f()
}
struct St2 {
    a: Noisy,
    b: Noisy,
    list: Vec<Noisy>,
}
fn st2() -> St2 {
    St2 {
        a: noisy("a"),
        b: noisy("b"),
        list: vec![noisy("l")],
    }
}
#[lower]
async fn field_then_let(s: St2) -> u32 {
    let list = s.list;
    tick("x").await;
    let St2 { b, .. } = s;
    tick("mid").await;
    b.look() + list.len() as u32
}
#[lower]
async fn field_then_let_ref(s: St2) -> u32 {
    let list = s.list;
    tick("x").await;
    let St2 { ref b, .. } = s;
    tick("mid").await;
    b.look() + list.len() as u32
}
#[lower]
async fn field_then_match(s: St2) -> u32 {
    let list = s.list;
    tick("x").await;
    match s {
        St2 { b, .. } => {
            tick("mid").await;
            b.look() + list.len() as u32
        }
    }
}
struct S3 {
    a: Noisy,
    b: Noisy,
}
#[lower]
async fn field_then_pattern() -> u32 {
    let w = S3 {
        a: noisy("a"),
        b: noisy("b"),
    };
    let a = w.a;
    let S3 { b, .. } = w; // E0507, with or without an await before
    tick("l").await;
    b.look()
}
#[lower]
async fn field_then_ref_pattern() -> u32 {
    let w = (noisy("a"), noisy("b"));
    let x = w.0;
    tick("k").await;
    let (_, ref c) = w; // E0509
    tick("l").await;
    c.look()
}
#[lower]
async fn field_then_base() -> u32 {
    let w = S3 {
        a: noisy("a"),
        b: noisy("b"),
    };
    let a = w.a;
    let n = S3 { a: noisy("x"), ..w }; // E0507
    tick("l").await;
    n.b.look() + a.look()
}
#[derive(Debug)]
struct Deep {
    x: Noisy,
    y: Noisy,
}
#[derive(Debug)]
struct St4 {
    a: Noisy,
    b: Noisy,
    deep: Deep,
}
fn st4() -> St4 {
    St4 {
        a: noisy("a"),
        b: noisy("bb"),
        deep: Deep {
            x: noisy("x"),
            y: noisy("y"),
        },
    }
}
#[lower]
async fn field_then_base4(s: St4) -> u32 {
    let old = s.a;
    let t = St4 {
        a: old.rename("re"),
        ..s
    };
    tick("t").await;
    t.a.look() + t.b.look()
}
#[lower]
async fn functional_update(n: St4) -> St4 {
    tick("n").await;
    St4 {
        a: n.a.rename("r"),
        ..n
    }
}
#[lower]
async fn functional_update_in_loop(mut n: St4) -> St4 {
    for _ in 0..2 {
        n = St4 {
            a: n.a.rename("r"),
            ..n
        };
        tick("m").await;
    }
    n
}
#[lower]
async fn nested_bases(n: St4) -> St4 {
    tick("n").await;
    St4 {
        deep: Deep {
            x: noisy("nx"),
            ..n.deep
        },
        ..n
    }
}
cases! { closure_then_let(st()), closure_then_let_no_await_between(st()), block_then_match(st()), tuple_closure((noisy("x"), noisy("y"))), field_then_let(st2()), field_then_let_ref(st2()), field_then_match(st2()), field_then_pattern(), field_then_ref_pattern(), field_then_base(), field_then_base4(st4()), functional_update(st4()), functional_update_in_loop(st4()), nested_bases(st4()) }
