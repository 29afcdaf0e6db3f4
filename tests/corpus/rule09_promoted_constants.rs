// References to constants, which outlive the statement that makes them: rvalue static promotion.

#[derive(Debug, Clone, Copy, PartialEq)]
struct Span {
    lo: usize,
    hi: usize,
}
#[derive(Debug)]
struct W(u32);
#[derive(Debug)]
enum E {
    A,
    B(u32),
}
const K: Span = Span { lo: 7, hi: 8 };
fn first<'a, T: ?Sized>(a: &'a T, _: u32) -> &'a T {
    a
}
#[lower]
async fn structs(k: u32) -> usize {
    let r = first(&Span { lo: 1, hi: 2 }, leaf("x", 1, k).await);
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + r.hi + big[1]
}
#[lower]
async fn tuple_structs(k: u32) -> u32 {
    let r = first(&W(5), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.0 + big[1]
}
#[lower]
async fn somes(k: u32) -> u32 {
    let r = first(&Some(5), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.unwrap() + big[1]
}
#[lower]
async fn variants(k: u32) -> String {
    let r = first(&E::B(4), leaf("x", 1, k).await);
    let q = first(&E::A, leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    format!("{r:?} {q:?} {}", big[1])
}
#[lower]
async fn consts(k: u32) -> usize {
    let r = first(&K, leaf("x", 1, k).await);
    let q = first(&K.hi, leaf("x", 1, k).await);
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + q + big[1]
}
#[lower]
async fn sums(k: u32) -> u32 {
    let r = first(&(1 + 2 * 3), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r + big[1]
}
#[lower]
async fn casts(k: u32) -> u64 {
    let r = first(&(7u32 as u64), leaf("x", 1, k).await);
    let big = [k as u64; 8];
    tick("y").await;
    r + big[1]
}
#[lower]
async fn slices(k: u32) -> u32 {
    let r = first(&[Some(1), None, Some(3)][..], leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.iter().flatten().sum::<u32>() + big[1]
}
#[lower]
async fn refs(k: u32) -> u32 {
    let r = first(&&W(5), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.0 + big[1]
}
#[lower]
async fn nones(k: u32) -> u32 {
    let r: &Option<u32> = first(&None, leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.unwrap_or(3) + big[1]
}
#[lower]
async fn blocks(k: u32) -> usize {
    let r = first({ &Span { lo: 1, hi: 2 } }, leaf("x", 1, k).await);
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + r.hi + big[1]
}
#[lower]
async fn ifs(k: u32) -> usize {
    let r = first(
        if k > 0 { &Span { lo: 1, hi: 2 } } else { &K },
        leaf("x", 1, k).await,
    );
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + r.hi + big[1]
}
#[lower]
async fn awaited(k: u32) -> usize {
    let r = leaf("x", 1, &Span { lo: 1, hi: 2 }).await;
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + r.hi + big[1]
}
#[lower]
async fn methods(k: u32) -> usize {
    let r = Some(&Span { lo: 1, hi: 2 })
        .filter(|s| s.lo > 0)
        .map(|s| &s.hi)
        .xor(leaf("x", 1, None).await)
        .unwrap();
    let big = [k as usize; 8];
    tick("y").await;
    r + big[1]
}
#[lower]
async fn empties(k: u32) -> usize {
    let r: &mut [u32] = second(leaf("x", 1, k).await, &mut []);
    let s: &[Span] = first(&[], leaf("x", 1, k).await);
    let big = [k as usize; 8];
    tick("y").await;
    r.len() + s.len() + big[1]
}
fn second<'a, T: ?Sized>(_: u32, a: &'a mut T) -> &'a mut T {
    a
}
struct Loud(u32);
impl Drop for Loud {
    fn drop(&mut self) {
        mark("drop loud")
    }
}
#[lower]
async fn louds(k: u32) -> u32 {
    let n = first(&Loud(5), leaf("x", 1, k).await).0;
    let m = first(&Some(Loud(6)), leaf("z", 1, k).await)
        .as_ref()
        .map_or(0, |l| l.0);
    tick("y").await;
    n + m
}
#[lower]
async fn generic<T: std::fmt::Debug>(t: T) -> String {
    let r = first(&Some(3), leaf("x", 1, 2).await);
    let p: &std::marker::PhantomData<u32> = first(&std::marker::PhantomData, leaf("x", 1, 2).await);
    tick("y").await;
    format!("{t:?}{r:?}{p:?}")
}
#[lower]
async fn generics(k: u32) -> String {
    generic(k).await
}
#[lower]
async fn strs(k: u32) -> usize {
    let t = "abc".to_string();
    let r = lens(&[Some("a"), None], &t, leaf("x", 1, k).await);
    let q: &[&str] = first(&["a", "b"], 3);
    let z: &dyn std::fmt::Debug = dynamic(&W(3), leaf("x", 1, k).await);
    tick("y").await;
    r.len() + q.len() + format!("{z:?}").len()
}
fn lens<'a>(a: &'a [Option<&'a str>; 2], _: &'a str, _: u32) -> &'a [Option<&'a str>] {
    a
}
fn dynamic<'a>(a: &'a dyn std::fmt::Debug, _: u32) -> &'a dyn std::fmt::Debug {
    a
}
#[lower]
async fn receivers(k: u32) -> u32 {
    let mut it = kept([1, 2, 3].iter(), leaf("x", 1, k).await);
    let o = kept("abc".chars(), leaf("x", 1, k).await);
    let t = kept((1, 2).clone(), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    it.next_back().unwrap() + o.count() as u32 + big[2] + t.1
}
#[lower]
async fn receivers_mut(k: u32) -> u32 {
    let s = kept(
        [3, 1, 2]
            .iter_mut()
            .map(|x| {
                *x += 1;
                *x
            })
            .sum::<u32>(),
        leaf("x", 1, k).await,
    );
    let m = kept([3, 1, 2].len() as u32, leaf("x", 1, k).await);
    tick("y").await;
    s + m
}
fn kept<T>(t: T, _: u32) -> T {
    t
}
trait Sql {
    fn sql(&self) -> u32;
}
impl Sql for u32 {
    fn sql(&self) -> u32 {
        *self
    }
}
impl Sql for &str {
    fn sql(&self) -> u32 {
        self.len() as u32
    }
}
async fn dyns<'a>(a: &'a [&'a dyn Sql], _: u32) -> &'a [&'a dyn Sql] {
    tick("d").await;
    a
}
fn refs_of<'a>(a: &'a [&'a u32; 2], _: u32) -> &'a [&'a u32; 2] {
    a
}
impl Span {
    fn start(&self) -> &usize {
        &self.lo
    }
    fn grow(mut self, k: usize) -> Span {
        self.hi += k;
        self
    }
    fn bump(&mut self) -> &mut usize {
        self.hi += 1;
        &mut self.hi
    }
}
#[derive(Debug)]
struct Own(u32);
impl Own {
    fn into(self) -> u32 {
        mark("into");
        self.0
    }
    fn look(&self) -> &u32 {
        &self.0
    }
    fn change(&mut self) -> &mut u32 {
        self.0 += 1;
        &mut self.0
    }
}
impl Loud {
    fn look(&self) -> &u32 {
        mark("look");
        &self.0
    }
    fn change(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
    fn into(self) -> u32 {
        self.0
    }
}
#[lower]
async fn arrays_of_references(k: u32) -> u32 {
    let r = refs_of(&[&1, &2], leaf("x", 1, k).await);
    let d = dyns(&[&3u32, &"four"], k).await;
    let big = [k; 8];
    tick("y").await;
    *r[0] + r[1] + big[2] + d.iter().map(|d| d.sql()).sum::<u32>()
}
#[lower]
async fn struct_receivers(k: u32) -> usize {
    let r = first(Span { lo: 1, hi: 2 }.start(), leaf("x", 1, k).await);
    let g = kept(Span { lo: 1, hi: 2 }.grow(3), leaf("x", 1, k).await);
    let b = kept(*Span { lo: 1, hi: 2 }.bump(), leaf("x", 1, k).await);
    let o = first(Own(4).look(), leaf("x", 1, k).await);
    let p = kept(Own(4).into(), leaf("x", 1, k).await);
    let q = kept(*Own(4).change(), leaf("x", 1, k).await);
    let big = [k as usize; 8];
    tick("y").await;
    r + g.hi + b + big[1] + (*o + p + q) as usize
}
#[lower]
async fn loud_receivers(k: u32) -> u32 {
    let a = kept(*Loud(1).look(), leaf("x", 1, k).await);
    let b = kept(Loud(1).change(), leaf("x", 1, k).await);
    let c = kept(Loud(2).into(), leaf("x", 1, k).await);
    tick("y").await;
    a + b + c
}
#[lower]
async fn option_receivers(k: u32) -> u32 {
    let r = kept(Some(3).as_ref(), leaf("x", 1, k).await);
    let m = kept(Some(3).map(|x| x + k), leaf("x", 1, k).await);
    let t = kept(Some(3).take(), leaf("x", 1, k).await);
    let s = kept([3, 1, 2].iter().max(), leaf("x", 1, k).await);
    let f = kept([3, 1, 2].fold_them(), leaf("x", 1, k).await);
    let w = kept([3, 1, 2].swapped()[0], leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    r.unwrap() + m.unwrap() + t.unwrap() + s.unwrap() + f + w + big[1]
}
trait Folds {
    fn fold_them(&self) -> u32;
    fn swapped(&mut self) -> &mut [u32];
}
impl Folds for [u32; 3] {
    fn fold_them(&self) -> u32 {
        self.iter().sum()
    }
    fn swapped(&mut self) -> &mut [u32] {
        self.swap(0, 1);
        self
    }
}
#[lower]
async fn parts(k: u32) -> u32 {
    let a = first(&(1, 2).1, leaf("x", 1, k).await);
    let b = first(&Span { lo: 3, hi: 4 }.hi, leaf("x", 1, k).await);
    let c = first(&[[1, 2], [3, 4]][1][..], leaf("x", 1, k).await);
    let d = first(&[7u32; 4][2], leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    a + *b as u32 + c[1] + d + big[1]
}
#[lower]
async fn ranges(k: u32) -> u32 {
    let a = first(&(1..3), leaf("x", 1, k).await);
    let b = first(&(1..=3), leaf("x", 1, k).await);
    let c = first(&(6 / 2), leaf("x", 1, k).await);
    let d = first(&(1 << 3), leaf("x", 1, k).await);
    let e = first(&(3 > 2), leaf("x", 1, k).await);
    let f = first(&std::mem::align_of::<u32>(), leaf("x", 1, k).await);
    let g = first(&const { 4 + 5 }, leaf("x", 1, k).await);
    let h = first(&u32::MAX, leaf("x", 1, k).await);
    let i = first(&(u8::MAX as u32 + 1), leaf("x", 1, k).await);
    let j = first(&std::mem::size_of::<u32>(), leaf("x", 1, k).await);
    let big = [k; 8];
    tick("y").await;
    a.clone().sum::<u32>()
        + b.clone().sum::<u32>()
        + c
        + d
        + *e as u32
        + *f as u32
        + g
        + (h >> 30)
        + i
        + *j as u32
        + big[1]
}
#[lower]
async fn scrutinees(k: u32) -> usize {
    let out;
    match &(Span { lo: 1, hi: 2 }) {
        s => {
            tick("m").await;
            out = s;
        }
    }
    let it;
    if let Some(s) = (Some(&Span { lo: 5, hi: 6 })) {
        tick("n").await;
        it = s
    } else {
        it = out
    }
    let mut last = &0;
    for x in [1, 2, 3].iter() {
        tick("f").await;
        last = x;
    }
    let big = [k as usize; 8];
    tick("y").await;
    out.lo + it.hi + last + big[1]
}
#[lower]
async fn statics_in_let(k: u32) -> usize {
    let r = {
        tick("a").await;
        &Span { lo: 1, hi: 2 }
    };
    let s = if k > 0 {
        tick("b").await;
        Span { lo: 3, hi: 4 }.start()
    } else {
        &9
    };
    let t = &Span {
        lo: leaf("c", 1, 4).await,
        hi: 3,
    };
    let big = [k as usize; 8];
    tick("y").await;
    r.lo + s + t.lo + big[1]
}
const LIMIT: u32 = 6;
static STATIC: u32 = 9;
impl Sql for Loud {
    fn sql(&self) -> u32 {
        self.0
    }
}
impl Sql for Span {
    fn sql(&self) -> u32 {
        self.hi as u32
    }
}
#[lower]
async fn arrays_of_constants(k: u32) -> u32 {
    let d = dyns(&[&LIMIT, &Span { lo: 1, hi: 2 }], k).await;
    let n = dyns(&[&STATIC, &LIMIT, &Loud(3)], k).await.len() as u32;
    let big = [k; 8];
    tick("y").await;
    d.iter().map(|d| d.sql()).sum::<u32>() + n + big[1]
}
#[lower]
async fn nested_loud(k: u32) -> u32 {
    let n = kept((&&Loud(4)).0, leaf("x", 1, k).await);
    let m = kept((&Some(&Loud(5))).unwrap().0, leaf("x", 1, k).await);
    tick("y").await;
    n + m
}
cases! { arrays_of_constants(1), nested_loud(1),  arrays_of_references(1), struct_receivers(1), loud_receivers(1), option_receivers(1), parts(1), ranges(1), scrutinees(1), statics_in_let(1),  receivers(1), receivers_mut(1),  louds(1), generics(1), strs(1),  structs(1), tuple_structs(1), somes(1), variants(1), consts(1), sums(1), casts(1), slices(1), refs(1), nones(1), blocks(1), ifs(1), awaited(1), methods(1), empties(1) }
