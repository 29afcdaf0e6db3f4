// Places that are found by operators of the user's, where another operand awaits.

use std::ops::{Deref, DerefMut, Index, IndexMut};
struct Wrap {
    inner: Vec<Noisy>,
    count: u32,
}
impl Deref for Wrap {
    type Target = Vec<Noisy>;
    fn deref(&self) -> &Vec<Noisy> {
        mark("deref");
        &self.inner
    }
}
impl DerefMut for Wrap {
    fn deref_mut(&mut self) -> &mut Vec<Noisy> {
        mark("deref_mut");
        &mut self.inner
    }
}
struct Table {
    inner: Vec<Vec<u32>>,
}
impl Index<&str> for Table {
    type Output = Vec<u32>;
    fn index(&self, s: &str) -> &Vec<u32> {
        mark("index");
        &self.inner[s.len()]
    }
}
impl IndexMut<&str> for Table {
    fn index_mut(&mut self, s: &str) -> &mut Vec<u32> {
        mark("index_mut");
        &mut self.inner[s.len()]
    }
}
fn table() -> Table {
    Table {
        inner: vec![vec![1], vec![2, 3], vec![]],
    }
}
fn wrap() -> Wrap {
    Wrap {
        inner: vec![noisy("a")],
        count: 1,
    }
}

struct Num(u32);
impl Deref for Num {
    type Target = u32;
    fn deref(&self) -> &u32 {
        mark("num deref");
        &self.0
    }
}
impl DerefMut for Num {
    fn deref_mut(&mut self) -> &mut u32 {
        mark("num deref_mut");
        &mut self.0
    }
}
struct Row {
    n: u32,
    f: fn(u32) -> u32,
    total: Total,
    list: Vec<u32>,
}
#[derive(Debug, PartialEq)]
struct Total(u32);
impl std::ops::AddAssign<u32> for Total {
    fn add_assign(&mut self, n: u32) {
        mark("add_assign");
        self.0 += n
    }
}
impl PartialEq<u32> for Total {
    fn eq(&self, n: &u32) -> bool {
        mark("eq");
        self.0 == *n
    }
}
struct Lent(Row);
impl Deref for Lent {
    type Target = Row;
    fn deref(&self) -> &Row {
        mark("lent deref");
        &self.0
    }
}
impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut Row {
        mark("lent deref_mut");
        &mut self.0
    }
}
fn row() -> Lent {
    Lent(Row {
        n: 1,
        f: |x| x + 1,
        total: Total(2),
        list: vec![1, 2],
    })
}
#[lower]
async fn eq_deref(k: u32) -> bool {
    let n = Num(1);
    *n == leaf("x", 1, 1).await
}
#[lower]
async fn eq_field(k: u32) -> bool {
    let r = row();
    r.n == leaf("x", 1, 1).await
}
#[lower]
async fn eq_user(k: u32) -> bool {
    let r = row();
    r.total == leaf("x", 1, 1).await
}
#[lower]
async fn eq_index(k: u32) -> bool {
    let t = table();
    t["a"] == leaf("x", 1, vec![1]).await
}
#[lower]
async fn add_prim(k: u32) -> u32 {
    let mut n = Num(1);
    *n += leaf("x", 1, 1).await;
    *n
}
#[lower]
async fn add_field(k: u32) -> u32 {
    let mut r = row();
    r.n += leaf("x", 1, 1).await;
    r.n
}
#[lower]
async fn arith(k: u32) -> u32 {
    let n = Num(1);
    let r = row();
    *n + leaf("x", 1, 1).await * r.n + r.n * leaf("x", 1, 1).await
}
#[lower]
async fn asserts(k: u32) -> u32 {
    let n = Num(1);
    assert_eq!(*n, leaf("x", 1, 1).await);
    assert!(*n == leaf("y", 1, 1).await, "{}", 1);
    3
}
#[lower]
async fn args(k: u32) -> u32 {
    let n = Num(1);
    let r = row();
    three(*n, r.n, leaf("x", 1, 1).await) + three(r.list[0], *n, leaf("y", 1, 1).await)
}
fn three(a: u32, b: u32, c: u32) -> u32 {
    a + b + c
}
#[lower]
async fn literals(k: u32) -> u32 {
    let n = Num(1);
    let r = row();
    let t = (*n, leaf("x", 1, 1).await, r.n);
    let a = [r.n, leaf("x", 1, 1).await, *n];
    let row = Row {
        n: r.n,
        list: leaf("z", 1, vec![3]).await,
        f: r.f,
        total: Total(*n),
    };
    t.0 + t.1 + a[1] + row.n
}
#[lower]
async fn scrutinee(k: u32) -> u32 {
    let mut w = wrap();
    0 + match *w {
        ref mut v => {
            tick("m").await;
            v.len() as u32
        }
    } + match row().n {
        n => n + leaf("x", 1, 1).await,
    }
}
#[lower]
async fn format_(k: u32) -> String {
    let n = Num(1);
    let r = row();
    format!("{} {} {}", *n, leaf("x", 1, 1).await, r.n)
}
#[lower]
async fn bools(k: u32) -> bool {
    let n = Num(1);
    let r = row();
    *n == 1 && leaf("x", 1, true).await && r.n < 5
}
#[lower]
async fn lets(k: u32) -> usize {
    let mut w = wrap();
    let v: &mut Vec<Noisy> = &mut w;
    v.push(leaf("x", 1, noisy("z")).await);
    let s: &[Noisy] = &w;
    tick("y").await;
    s.len()
}
static mut GLOBAL: Vec<u32> = Vec::new();
static SHARED: [u32; 3] = [1, 2, 3];
const CONSTANT: [u32; 3] = [4, 5, 6];
const NOTHING: Option<u32> = None;
struct S {
    a: u32,
    b: Option<u32>,
}
const STRUCT: S = S { a: 1, b: Some(2) };
#[lower]
async fn constants_as_places() -> u32 {
    let a = None::<Noisy>.unwrap_or(leaf("a", 1, noisy("a")).await);
    let b = NOTHING.unwrap_or(leaf("b", 1, 2).await);
    let c = CONSTANT[leaf("c", 1, 1usize).await];
    let d = SHARED[leaf("d", 1, 1usize).await];
    let e = *CONSTANT.get(leaf("e", 1, 1usize).await).unwrap();
    let f = STRUCT.b.unwrap_or(leaf("f", 1, 1).await) + STRUCT.a.max(leaf("g", 1, 1).await);
    a.look() + b + c + d + e + f
}
#[lower]
async fn globals_as_places() -> u32 {
    #[allow(static_mut_refs)]
    unsafe {
        GLOBAL.clear();
        GLOBAL.push(leaf("a", 1, 1).await);
        GLOBAL.insert(leaf("i", 1, 0).await, 5);
        GLOBAL[leaf("x", 1, 0usize).await] += leaf("y", 1, 3).await;
        GLOBAL[leaf("x", 1, 0usize).await]
    }
}
#[lower]
async fn allowed() -> u32 {
    #[allow(overflowing_literals)]
    let a: u8 = {
        tick("a").await;
        300
    };
    #[allow(unconditional_panic)]
    if a == 0 {
        let list = [1];
        tick("b").await;
        return list[1];
    }
    #[allow(arithmetic_overflow)]
    if a == 1 {
        tick("b").await;
        return 255u8 as u32 + (200u8 + 100u8) as u32;
    }
    #[allow(let_underscore_lock)]
    {
        let m = std::sync::Mutex::new(1);
        let _ = m.lock();
        tick("c").await;
    }
    a as u32
}
cases! { constants_as_places(), globals_as_places(), allowed(), eq_deref(1), eq_field(1), eq_user(1), eq_index(1), add_prim(1), add_field(1), arith(1), asserts(1), args(1), literals(1), scrutinee(1), format_(1), bools(1), lets(1) }
