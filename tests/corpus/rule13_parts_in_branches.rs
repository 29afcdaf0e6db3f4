// A part is moved out where it depends on the path taken whether another may be gone, and that one turns out to be borrowed only.
struct St {
    b: Noisy,
    oa: Option<Noisy>,
}
fn st() -> St {
    St {
        b: noisy("bb"),
        oa: Some(noisy("oa")),
    }
}
#[lower]
async fn take_in_branch(mut s: St, k: bool) -> u32 {
    if k {
        s.oa.take();
        tick("in").await;
    }
    let b = s.b;
    tick("e").await;
    b.look()
}
#[lower]
async fn as_mut_in_branch(mut s: St, k: bool) -> u32 {
    if k {
        s.oa.as_mut().unwrap().touch();
    }
    tick("in").await;
    let b = s.b;
    tick("e").await;
    b.look()
}
#[lower]
async fn as_ref_in_branch(s: St, k: bool) -> u32 {
    let mut n = 0;
    if k {
        n += s.oa.as_ref().map_or(0, |x| x.look());
        tick("in").await;
    }
    tick("mid").await;
    n += s.b.spend();
    tick("e").await;
    n
}
struct In {
    x: Noisy,
    y: Noisy,
}
struct St3 {
    a: Noisy,
    b: Noisy,
    i: In,
}
fn st3() -> St3 {
    St3 {
        a: noisy("a"),
        b: noisy("b"),
        i: In {
            x: noisy("x"),
            y: noisy("y"),
        },
    }
}
#[lower]
async fn ordinary_loop(v: Vec<St3>) -> u32 {
    let mut n = 0;
    for s in v {
        if s.a.look() > 0 {
            n += s.i.x.look();
        }
        n += s.b.consume().await;
    }
    n
}
#[lower]
async fn boxed(s: Box<St3>, k: bool) -> u32 {
    if k {
        s.a.look();
    }
    let b = s.b;
    tick("e").await;
    b.look()
}
#[lower]
async fn nested(s: St3, k: bool) -> u32 {
    if k {
        s.i.y.look();
    }
    let b = s.i.x;
    tick("e").await;
    b.look()
}
#[lower]
impl St3 {
    async fn of_self(self, k: bool) -> u32 {
        if k {
            self.a.look();
        }
        let b = self.b;
        tick("e").await;
        b.look()
    }
}
#[lower]
async fn uses_self(k: bool) -> u32 {
    st3().of_self(k).await
}
#[lower]
async fn returned(mut s: St3, k: bool) -> (Noisy, u32) {
    if k {
        s.a.touch();
        tick("in").await;
    }
    (s.b, leaf("z", 1, 1).await)
}
#[lower]
async fn in_a_match(s: St3, k: bool) -> u32 {
    let n = match k {
        true => s.a.look(),
        false => 0,
    };
    let b = s.b;
    tick("e").await;
    n + b.look()
}
#[lower]
async fn in_an_and(s: St3, k: bool) -> u32 {
    if k && s.a.look() > 0 {
        tick("i").await;
    }
    let b = s.b;
    tick("e").await;
    b.look()
}
#[lower]
async fn in_a_format(s: St3, k: bool) -> u32 {
    if k {
        mark(format!("{}", s.a.name()));
    }
    let b = s.b;
    tick("e").await;
    b.look()
}
#[lower]
async fn moved_before(s: St3, k: bool) -> u32 {
    let b = s.b;
    if k {
        s.a.look();
        tick("in").await;
    }
    tick("e").await;
    b.look()
}
cases! { take_in_branch(st(), true), take_in_branch_not: take_in_branch(st(), false), as_mut_in_branch(st(), true), as_mut_in_branch_not: as_mut_in_branch(st(), false), as_ref_in_branch(st(), true), as_ref_in_branch_not: as_ref_in_branch(st(), false), ordinary_loop(vec![st3(), st3()]), boxed(Box::new(st3()), true), nested(st3(), true), uses_self(true), returned(st3(), true), in_a_match(st3(), false), in_an_and(st3(), true), in_a_format(st3(), false), moved_before(st3(), true) }
