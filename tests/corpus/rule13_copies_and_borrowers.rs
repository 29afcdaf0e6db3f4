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
#[derive(Clone, Copy, Debug)]
struct M([u32; 4]);
impl<'a> IntoIterator for &'a M {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
impl M {
    fn to_view(&self) -> &[u32] {
        &self.0[1..]
    }
    fn is_first(&self) -> Option<&u32> {
        self.0.first()
    }
}
fn m() -> M {
    M([noisy("m").look() + 4, 5, 6, 7])
}
#[lower]
async fn iter(k: u32) -> u32 {
    let a = m();
    let it = a.into_iter();
    let b = a;
    tick("x").await;
    let c = M([9, 9, 9, b.0[0]]);
    it.sum::<u32>() + c.0[3]
}
#[lower]
async fn view(k: u32) -> u32 {
    let a = m();
    let v = a.to_view();
    let b = a;
    tick("x").await;
    let c = M([9, 9, 9, b.0[0]]);
    v.iter().sum::<u32>() + c.0[3]
}
#[lower]
async fn first(k: u32) -> u32 {
    let a = m();
    let v = a.is_first();
    let b = a;
    tick("x").await;
    let c = M([9, 9, 9, b.0[0]]);
    v.unwrap() + c.0[3]
}
#[lower]
async fn assigned(k: u32) -> u32 {
    let a = m();
    let v;
    let w: Option<&M>;
    v = &a;
    w = if k > 1 { Some(&a) } else { None };
    let b = a;
    tick("x").await;
    let c = M([9, 9, 9, b.0[0]]);
    v.0[1] + c.0[3] + w.map_or(0, |m| m.0[2])
}
#[lower]
async fn iflet(k: u32) -> u32 {
    let a = Some(m());
    let mut n = 0;
    if let Some(x) = &a {
        let y = a;
        n += leaf("l", 1, y.unwrap().0[0]).await + x.0[1];
    }
    if let Some(ref x) = a {
        let y = a;
        n += leaf("l", 1, y.unwrap().0[0]).await + x.0[1];
    }
    match a {
        Some(ref x) if k > 0 => {
            let y = a;
            n += leaf("l", 1, y.unwrap().0[0]).await + x.0[1];
        }
        Some(x) => n += x.0[0],
        None => {}
    }
    let (ref p, q) = (a, 1);
    let r = *p;
    let s = p;
    tick("e").await;
    n + r.unwrap().0[3] + s.unwrap().0[1] + q
}
#[lower]
async fn blocks(k: u32) -> u32 {
    let a = m();
    let r = {
        let q = &a;
        let z = a;
        tick("in").await;
        if z.0[0] > k { q } else { &M([1; 4]) }
    };
    let r2 = match k {
        0 => &a,
        _ => {
            let t = a;
            tick("arm").await;
            if t.0[0] > 100 { &a } else { r }
        }
    };
    tick("out").await;
    let b = loop {
        let t = a;
        if t.0[0] > 0 {
            break r2;
        }
    };
    tick("end").await;
    b.0[1] + r.0[2]
}
#[lower]
async fn pinned(k: u32) -> u32 {
    let a = m();
    let mut f = std::pin::pin!(async {
        tick("f").await;
        a.0[1]
    });
    let b = a;
    f.as_mut().await + b.0[0]
}
#[lower]
async fn unsafe_ptr(k: u32) -> u32 {
    let mut a = m();
    let p = &raw mut a.0[1];
    let b = a;
    tick("x").await;
    let n = unsafe {
        *p = 70;
        *p
    };
    n + b.0[1]
}
cases! {
iter(1), view(1), first(1), assigned(2), iflet(1), blocks(1), pinned(1), unsafe_ptr(1), drives(3), pushes(2), closures(1), loops(2), tuples(5), selfref(1) }
