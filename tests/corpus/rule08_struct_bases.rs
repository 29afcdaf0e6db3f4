// What a struct's base leaves, where the base is a value and something awaits later.

#[derive(Debug)]
struct Opts {
    a: Noisy,
    b: Noisy,
    n: u32,
}
async fn base_opts() -> Opts {
    tick("base").await;
    Opts {
        a: noisy("ba"),
        b: noisy("bb"),
        n: 9,
    }
}
fn base_value() -> Opts {
    Opts {
        a: noisy("va"),
        b: noisy("vb"),
        n: 8,
    }
}
fn send(o: Opts) -> Leaf<u32> {
    leaf("send", 1, o.a.look() + o.n)
}
#[derive(Debug, Default, Clone)]
struct D {
    a: u32,
    b: String,
    c: Option<u32>,
    d: Option<Box<str>>,
}
fn send_d(o: D) -> Leaf<u32> {
    leaf("send", 1, o.a)
}
#[lower]
async fn base_awaited() -> u32 {
    let o = Opts {
        a: noisy("mine"),
        ..base_opts().await
    };
    tick("x").await;
    o.a.look() + o.n
}
#[lower]
async fn base_awaited_tail() -> Opts {
    let l = noisy("local");
    Opts {
        a: noisy("mine"),
        ..base_opts().await
    }
}
#[lower]
async fn base_awaited_and_fields() -> Opts {
    Opts {
        a: leaf("l", 1, noisy("mine")).await,
        n: 3,
        ..base_opts().await
    }
}
#[lower]
async fn base_value_then_await() -> u32 {
    let o = (
        Opts {
            a: noisy("mine"),
            ..base_value()
        },
        leaf("l", 1, 3).await,
    );
    o.0.b.look() + o.1
}
#[lower]
async fn base_in_awaited_call() -> u32 {
    send(Opts {
        a: noisy("mine"),
        n: 4,
        ..base_value()
    })
    .await
        + 1
}
#[lower]
async fn base_in_awaited_call_all(x: Noisy) -> u32 {
    let r = send(Opts {
        a: x,
        ..base_value()
    })
    .await;
    tick("z").await;
    r
}
#[lower]
async fn base_default_in_call(n: u32) -> u32 {
    send_d(D {
        a: n,
        d: Some("x".into()),
        ..Default::default()
    })
    .await
}
#[lower]
async fn base_default_typed(n: u32) -> u32 {
    send_d(D {
        a: leaf("n", 1, n).await,
        ..D::default()
    })
    .await
}
#[lower]
async fn base_default_passed(n: u32) -> (D, u32) {
    (
        D {
            a: n,
            ..Default::default()
        },
        leaf("c", 1, 3).await,
    )
}
#[lower]
async fn base_clone(d: &D) -> u32 {
    send_d(D {
        a: leaf("a", 1, 3).await,
        ..d.clone()
    })
    .await
}
#[lower]
async fn base_field(d: &D, o: (Opts, u32)) -> u32 {
    let r = send(Opts {
        a: noisy("m"),
        ..o.0
    })
    .await;
    r + send_d(D {
        a: 3,
        b: String::new(),
        d: None,
        ..*d
    })
    .await
}
#[lower]
async fn base_question(o: Option<Opts>) -> Option<u32> {
    Some(
        send(Opts {
            b: noisy("m"),
            ..o?
        })
        .await,
    )
}
#[lower]
async fn base_coerced(n: u32) -> u32 {
    struct C<'a> {
        f: Box<dyn Fn(u32) -> u32 + 'a>,
        s: &'a [u32],
        m: u32,
    }
    fn run(c: C<'_>) -> Leaf<u32> {
        leaf("run", 1, (c.f)(c.m) + c.s[0])
    }
    fn base<'a>() -> C<'a> {
        C {
            f: Box::new(|x| x),
            s: &[],
            m: 4,
        }
    }
    run(C {
        f: Box::new(|x| x + 2),
        s: &[n, 2],
        ..base()
    })
    .await
}
#[lower]
async fn base_nested() -> u32 {
    #[derive(Debug)]
    struct Outer {
        o: Opts,
        k: Noisy,
    }
    fn base() -> Outer {
        Outer {
            o: base_value(),
            k: noisy("k"),
        }
    }
    fn run(o: Outer) -> Leaf<u32> {
        leaf("run", 1, o.o.n + o.k.look())
    }
    run(Outer {
        o: Opts {
            n: 1,
            a: noisy("in"),
            ..base_value()
        },
        ..base()
    })
    .await
}
#[derive(Clone, Copy)]
struct Limits {
    wait: u32,
    retries: u32,
}

async fn within(noisy: &Noisy, limits: &Limits) -> u32 {
    tick("within").await;
    noisy.look() + limits.wait + limits.retries
}

struct Pool(Noisy);

impl Pool {
    fn limits(&self) -> Limits {
        Limits {
            wait: self.0.look(),
            retries: 2,
        }
    }

    fn retries<'a>(&'a self, wait: u32, view: View<'a>) -> View<'a> {
        mark(if wait > 3 { "long" } else { "short" });
        view
    }

    async fn within(&self, limits: &Limits) -> u32 {
        within(&self.0, limits).await
    }
}

#[lower]
async fn base_from_the_receiver(a: Noisy) -> u32 {
    let pool = Pool(a);
    let sum = pool
        .within(&Limits {
            wait: 7,
            ..pool.limits()
        })
        .await;
    assert!(matches!(
        pool.within(&Limits {
            wait: 8,
            ..pool.limits()
        })
        .await,
        0..100
    ));
    sum + pool.0.look()
}

#[lower]
async fn temporaries_behind_a_receiver_read_early(a: Noisy) -> u32 {
    let pool = Pool(a);
    let retries = pool
        .retries(
            leaf("wait", 1, pool.0.look()).await,
            noisy("temporary").view(),
        )
        .load()
        .await;
    retries + pool.0.look()
}

#[lower]
async fn base_of_a_borrowed_struct(a: Noisy) -> u32 {
    fn limits(noisy: &Noisy) -> Limits {
        Limits {
            wait: noisy.look(),
            retries: 2,
        }
    }
    let sum = within(
        &a,
        &Limits {
            wait: 7,
            ..limits(&a)
        },
    )
    .await;
    assert!(matches!(
        within(
            &a,
            &Limits {
                wait: 8,
                ..limits(&a)
            }
        )
        .await,
        0..100
    ));
    sum
}

cases! {
    temporaries_behind_a_receiver_read_early(noisy("a")),
    base_from_the_receiver(noisy("a")),
    base_of_a_borrowed_struct(noisy("a")),
    base_awaited(), base_awaited_tail(), base_awaited_and_fields(), base_value_then_await(), base_in_awaited_call(), base_in_awaited_call_all(noisy("x")),
    base_default_in_call(3), base_default_typed(3), base_default_passed(3), base_clone: async { let d = D::default(); base_clone(&d).await },
    base_field: async { let d = D::default(); base_field(&d, (base_value(), 3)).await }, bq_a: base_question(Some(base_value())), bq_b: base_question(None),
    base_coerced(3), base_nested(),
}
