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
cases! { receivers(1), receivers_mut(1),  louds(1), generics(1), strs(1),  structs(1), tuple_structs(1), somes(1), variants(1), consts(1), sums(1), casts(1), slices(1), refs(1), nones(1), blocks(1), ifs(1), awaited(1), methods(1), empties(1) }
