// Guards that await, over values and references, with arms that take parts.

#[lower]
async fn ref_patterns(p: &(Noisy, Option<Noisy>)) -> u32 {
    match p {
        (a, Some(b)) if a.peek().await > 3 => b.peek().await,
        (a, Some(_)) if a.look() > 1 => 7,
        (a, _) => a.look(),
    }
}
#[lower]
async fn mut_ref_patterns(p: &mut (Noisy, Option<Noisy>, u32)) -> u32 {
    match p {
        (a, Some(b), n) if a.peek().await > 3 && *n == 1 => b.change().await,
        (a, Some(_), n) if a.look() > 1 => {
            *n += 1;
            7
        }
        (a, _, n) => a.change().await + *n,
    }
}
#[lower]
async fn range_slices(v: Vec<u32>) -> u32 {
    let s = &v[leaf("i", 1, 0usize).await..leaf("j", 1, 2usize).await];
    tick("a").await;
    match s {
        [a, b] if *a < leaf("k", 1, 9).await => a + b,
        [first, rest @ ..] if rest.len() + leaf("m", 1, 0).await == 1 => first + 100,
        [first, ..] => *first,
        [] => 0,
    }
}
#[lower]
async fn owned_patterns(p: (Noisy, Option<Noisy>, u32)) -> u32 {
    match p {
        (a, Some(b), n) if a.peek().await > 3 && n == 1 => b.consume().await,
        (a, Some(b), 3..) if leaf("g", 1, b.look() == 1).await => {
            drop(a);
            b.spend()
        }
        (a, _, mut n) => {
            n += 1;
            a.consume().await + n
        }
    }
}
#[lower]
async fn string_and_opts(o: Option<String>) -> usize {
    match &o {
        Some(s) if s.len() == leaf("l", 1, 2usize).await => 1,
        Some(s) if s.starts_with(leaf("m", 1, "x").await) => 2,
        Some(s) => s.len(),
        None => 0,
    }
}
#[lower]
async fn ident_pattern(n: u32) -> u32 {
    match n {
        x if x > leaf("l", 1, 2).await => x,
        x @ 1..=2 if leaf("m", 1, x == 1).await => x + 10,
        _ => 0,
    }
}
#[lower]
async fn vec_iter_match(v: Vec<Result<u32, Noisy>>) -> u32 {
    let mut n = 0;
    for r in &v {
        n += match r {
            Ok(x) if leaf("ok", 1, *x > 2).await => *x,
            Ok(x) => x + 100,
            Err(e) if e.peek().await == 1 => 1,
            Err(e) => e.look(),
        };
    }
    n
}
#[lower]
async fn nested_partial(p: ((Noisy, Noisy), Option<(Noisy, u32)>)) -> u32 {
    let q = p;
    tick("t").await;
    let r = match q {
        ((a, _), Some((b, n))) if a.peek().await > n => b.look() + a.look(),
        ((_, b), Some((c, _))) if c.look() == 2 => {
            tick("two").await;
            b.look()
        }
        ((_, b), None) if b.peek().await == 9 => 4,
        ((a, b), _) => a.spend() + b.spend(),
    };
    tick("u").await;
    r
}
#[lower]
async fn field_partial(mut p: (Noisy, (Option<Noisy>, Noisy))) -> u32 {
    let r = match p.1 {
        (Some(x), _) if x.peek().await > 1 => x.spend(),
        (None, y) if y.peek().await > 1 => y.spend(),
        (x, _) => x.is_some() as u32,
    };
    tick("u").await;
    r + p.0.look()
}
fn rp(a: &'static str, b: Option<Noisy>) -> (Noisy, Option<Noisy>) {
    (noisy(a), b)
}
enum Kind {
    Nothing,
    One(Noisy),
    Two { left: Noisy, right: u32 },
    Three { left: Noisy },
}

#[lower]
async fn alternatives(kind: Kind) -> u32 {
    match kind {
        Kind::One(noisy) | Kind::Two { left: noisy, .. } if noisy.peek().await > 3 => {
            tick("long").await;
            noisy.look()
        }
        Kind::Nothing | Kind::Three { .. } if leaf("t", 1, true).await => 7,
        Kind::Two { right, .. } => right,
        _ => 8,
    }
}

cases! {
    long_one: alternatives(Kind::One(noisy("long"))),
    short_one: alternatives(Kind::One(noisy("o"))),
    long_two: alternatives(Kind::Two { left: noisy("long"), right: 5 }),
    short_two: alternatives(Kind::Two { left: noisy("t"), right: 5 }),
    no_kind: alternatives(Kind::Nothing),
    three: alternatives(Kind::Three { left: noisy("three") }),
    rp_a: async { let p = rp("abcd", Some(noisy("b"))); ref_patterns(&p).await }, rp_b: async { let p = rp("ab", Some(noisy("b"))); ref_patterns(&p).await }, rp_c: async { let p = rp("a", None); ref_patterns(&p).await },
    mrp_a: async { let mut p = (noisy("abcd"), Some(noisy("b")), 1); mut_ref_patterns(&mut p).await }, mrp_b: async { let mut p = (noisy("ab"), Some(noisy("b")), 1); mut_ref_patterns(&mut p).await }, mrp_c: async { let mut p = (noisy("ab"), None, 1); mut_ref_patterns(&mut p).await },
    rs_a: range_slices(vec![1, 2, 3]), rs_b: range_slices(vec![10, 2, 3]),
    op_a: owned_patterns((noisy("abcd"), Some(noisy("b")), 1)), op_b: owned_patterns((noisy("ab"), Some(noisy("b")), 3)), op_c: owned_patterns((noisy("ab"), Some(noisy("bb")), 4)), op_d: owned_patterns((noisy("ab"), None, 4)),
    np_a: nested_partial(((noisy("abc"), noisy("d")), Some((noisy("e"), 2)))), np_b: nested_partial(((noisy("abc"), noisy("d")), Some((noisy("ee"), 20)))), np_c: nested_partial(((noisy("abc"), noisy("d")), None)),
    np_d: nested_partial(((noisy("abc"), noisy("d")), Some((noisy("e"), 20)))),
    fp_a: field_partial((noisy("o"), (Some(noisy("xx")), noisy("y")))), fp_b: field_partial((noisy("o"), (None, noisy("yy")))), fp_c: field_partial((noisy("o"), (Some(noisy("x")), noisy("y")))), fp_d: field_partial((noisy("o"), (None, noisy("y")))),
    so_a: string_and_opts(Some("ab".into())), so_b: string_and_opts(Some("xab".into())), so_c: string_and_opts(Some("abcd".into())), so_d: string_and_opts(None),
    ip_a: ident_pattern(3), ip_b: ident_pattern(1), ip_c: ident_pattern(2), vec_iter_match(vec![Ok(1), Ok(3), Err(noisy("a")), Err(noisy("bb"))]),
}
