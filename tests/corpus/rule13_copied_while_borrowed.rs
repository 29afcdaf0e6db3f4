// A value that is copied while something else borrows the variable.

#[lower]
async fn cast(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let t = i as u8;
    tick("a").await;
    let mut buf = [0u32; 8];
    buf[0] = t as u32;
    *r + buf[0]
}
#[lower]
async fn copied(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let t = i;
    tick("a").await;
    *r + t
}
#[lower]
async fn operator(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let t = !i;
    let u = -(t as i64) + 1;
    tick("a").await;
    *r + (t & 7) + u as u32 % 2
}
#[lower]
async fn index(k: u32) -> u32 {
    let i = noisy("n").look() as usize;
    let l = [1, 2, 3];
    let r = &i;
    let t = l[i % 3];
    tick("a").await;
    *r as u32 + t
}
#[lower]
async fn range(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let mut t = 0;
    for j in 0..i {
        t += j;
    }
    tick("a").await;
    *r as u32 + t
}
#[lower]
async fn struct_(k: u32) -> u32 {
    #[derive(Clone, Copy)]
    struct P {
        x: u32,
        y: u32,
    }
    let i = P {
        x: noisy("n").look(),
        y: 2,
    };
    let r = &i.x;
    let P { x, y } = i;
    tick("a").await;
    *r as u32 + x + y
}
#[lower]
async fn returned(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let c = 'a: {
        if k == 1 {
            break 'a i;
        }
        7
    };
    tick("a").await;
    *r as u32 + c
}
#[lower]
async fn closure(k: u32) -> u32 {
    let i = noisy("n").look();
    let r = &i;
    let c = move || i;
    let b = async move { i };
    tick("a").await;
    *r as u32 + c() + b.await
}
#[lower]
async fn ifs(k: u32) -> u32 {
    let i = noisy("n").look() > 2;
    let r = &i;
    let c = if i { 3 } else { 4 };
    tick("a").await;
    *r as u32 + c
}
#[lower]
async fn ands(k: u32) -> u32 {
    let i = noisy("n").look() > 2;
    let r = &i;
    let c = k == 1 && i;
    let d = match r {
        true => 1,
        false => 2,
    };
    tick("a").await;
    *r as u32 + c as u32 + d
}
#[lower]
async fn whiles(k: u32) -> u32 {
    let i = noisy("n").look() > 200;
    let r = &i;
    let t = [i; 2].len() + [0u8; 8].iter().rposition(|_| true).unwrap();
    while i {
        tick("never").await;
    }
    tick("a").await;
    *r as u32 + t as u32
}
async fn two(a: &u32, b: u32) -> u32 {
    tick("two").await;
    let mut buf = [0u32; 16];
    buf[3] = b;
    *a + buf[3]
}
#[derive(Clone, Copy)]
struct C(u32);
impl C {
    async fn two(&self, c: C) -> u32 {
        tick("two").await;
        self.0 + c.0
    }
    fn view(&self) -> &u32 {
        &self.0
    }
    async fn with(&self, f: impl Fn() -> u32) -> u32 {
        tick("with").await;
        self.0 + f()
    }
}
#[lower]
async fn awaited(k: u32) -> u32 {
    let i = noisy("n").look();
    two(&i, i).await + k
}
#[lower]
async fn awaited2(k: u32) -> u32 {
    let i = C(noisy("n").look());
    i.two(i).await + k
}
#[lower]
async fn awaited3(k: u32) -> u32 {
    let i = C(noisy("n").look());
    two(i.view(), i.0).await + k
}
#[lower]
async fn awaited4(k: u32) -> u32 {
    let i = C(noisy("n").look());
    i.with(move || i.0).await + k
}
#[lower]
async fn awaited5(k: u32) -> u32 {
    let i = C(noisy("n").look());
    let f = i.two(i);
    let f = Box::pin(f);
    f.await + k
}
#[lower]
async fn param(i: u32) -> u32 {
    two(&i, i).await
}
#[lower]
async fn param2(i: u32) -> u32 {
    let r = &i;
    let j = i;
    two(r, j).await
}
#[lower]
async fn item(k: u32) -> u32 {
    let mut n = 0;
    for i in [1u32, 2] {
        n += two(&i, i).await;
    }
    for i in 0..k {
        n += two(&i, i).await;
    }
    while let Some(i) = (n < 30).then_some(n) {
        n += two(&i, i + 1).await;
    }
    match n {
        i => two(&i, i).await + n,
    }
}
#[lower]
async fn join(k: u32) -> (u32, u32) {
    let i = noisy("n").look();
    let a = two(&i, i);
    let b = two(&k, k);
    let (mut a, mut b) = (std::pin::pin!(a), std::pin::pin!(b));
    let x = a.as_mut().await;
    (x, b.await)
}
trait Sql {
    fn sql(&self) -> u32;
}
impl Sql for i32 {
    fn sql(&self) -> u32 {
        *self as u32
    }
}
impl Sql for Vec<u8> {
    fn sql(&self) -> u32 {
        self.len() as u32
    }
}
#[lower]
async fn write(n: &u32, values: &[&(dyn Sql + Sync)]) -> Result<u32, String> {
    tick("w").await;
    let n: u32 = values.iter().map(|v| v.sql()).sum::<u32>() + *n;
    Ok(n)
}
#[lower]
async fn writes(k: i32) -> u32 {
    let n = noisy("n").look();
    let mut m = 0;
    for i in 0..2i32 {
        m += write(&n, &[&i, &vec![i as u8; 8]]).await.unwrap();
    }
    m
}

cases! {
    cast(1),
    copied(1),
    operator(1),
    index(1),
    range(1),
    struct_(1),
    returned(1),
    closure(1),
    ifs(1),
    ands(1),
    whiles(1),
    awaited(1),
    awaited2(1),
    awaited3(1),
    awaited4(1),
    awaited5(1),
    param(1),
    param2(1),
    item(2),
    join(1),
    writes(3),
}
