// Values that are copied while what borrows the variable is kept in another one, in a closure or in a future.

async fn two<T: Copy + Into<u32>>(a: &T, b: T) -> u32 {
    tick("two").await;
    let mut buf = [0u32; 16];
    buf[3] = b.into();
    (*a).into() + buf[3]
}
async fn len(a: &&str, b: &str) -> u32 {
    tick("len").await;
    (a.len() + b.len()) as u32
}
#[derive(Clone, Copy)]
struct C(u32);
impl From<C> for u32 {
    fn from(c: C) -> u32 {
        c.0
    }
}
impl C {
    #[lower]
    async fn me(self) -> u32 {
        two(&self, self).await
    }
    #[lower]
    async fn me2(self) -> u32 {
        let r = &self;
        let s = self;
        tick("s").await;
        r.0 + s.0
    }
}
#[lower]
async fn pats((a, b): (u32, u32), C(c): C) -> u32 {
    two(&a, a).await + two(&b, b).await + two(&c, c).await
}
#[lower]
async fn generic<T: Copy + Into<u32>>(t: T) -> u32 {
    let r = &t;
    let n = two(r, t).await;
    let u = t;
    n + two(&u, u).await + {
        let c = u.into();
        two(&c, c).await
    }
}
#[lower]
async fn somes(o: Option<u32>) -> u32 {
    let Some(q) = o else { return 0 };
    let mut n = two(&q, q).await;
    if let Some(i) = o {
        n += two(&i, i).await;
    }
    match o {
        Some(i) if i > 100 => n,
        Some(i) => n + two(&i, i).await,
        None => 0,
    }
}
#[lower]
async fn strs(s: &'static str) -> u32 {
    let t = &s[1..];
    len(&t, t).await + len(&s, s).await
}
#[lower]
async fn drives(k: u32) -> u32 {
    C(k).me().await
        + C(2).me2().await
        + pats((1, 2), C(3)).await
        + generic(4u16).await
        + generic(C(5)).await
        + somes(Some(3)).await
        + strs("abc").await
}
#[lower]
async fn pushes(k: u32) -> u32 {
    let i = noisy("n").look();
    let j = i + k;
    let mut v = Vec::new();
    v.push(&i);
    v.push(&j);
    let mut o = None;
    let x = C(i);
    if k > 0 {
        o = Some(&x);
    }
    let y = j;
    let z = x;
    tick("p").await;
    let mut buf = [0u32; 8];
    buf[1] = y + z.0;
    v.iter().map(|x| **x).sum::<u32>() + buf[1] + o.map_or(0, |c| c.0) + two(&i, i).await
}
#[lower]
async fn closures(k: u32) -> u32 {
    let i = C(noisy("n").look());
    let c = || i.0 + 1;
    let d = i;
    tick("p").await;
    let n = c() + d.0;
    let e = move || i.0 + n;
    let s = async { two(&i, i).await };
    let b = Box::pin(async move { two(&i, i).await + e() });
    s.await + b.await
}
#[lower]
async fn loops(k: u32) -> u32 {
    let mut n = 0;
    let mut last: Option<&u32> = None;
    let xs = [1u32, 2, 3];
    let lim = k;
    let r = &lim;
    for x in xs.iter() {
        let y = *x;
        let q = &y;
        n += two(q, y).await + last.copied().unwrap_or(0);
        last = Some(x);
        if n > lim {
            break;
        }
    }
    n + r
}
#[lower]
async fn tuples(k: u32) -> u32 {
    let p = (k, noisy("n").look());
    let r = &p;
    let (a, b) = p;
    let t = p;
    tick("p").await;
    r.0 + a + b + t.1 + [p; 2].map(|x| x.0 + r.1)[0]
}
#[lower]
async fn selfref(k: u32) -> u32 {
    struct Cur<'a> {
        at: &'a u32,
        n: u32,
    }
    let base = noisy("b").look();
    let cur = Cur { at: &base, n: base };
    let again = Cur { n: 4, ..cur };
    let n = leaf("x", 1, base).await;
    n + *again.at + cur.n
}
cases! { drives(3), pushes(2), closures(1), loops(2), tuples(5), selfref(1) }
