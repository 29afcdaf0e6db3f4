// `move` closures and blocks that capture fields of a variable which lives across awaits.

use std::rc::Rc;
use std::sync::Arc;
#[derive(Debug)]
struct Config {
    name: Noisy,
    addr: Noisy,
    retries: u32,
    list: Vec<u32>,
}
fn config() -> Config {
    Config {
        name: noisy("name"),
        addr: noisy("addr!"),
        retries: 3,
        list: vec![1, 2],
    }
}
struct Dropping {
    name: Noisy,
    n: u32,
}
impl Drop for Dropping {
    fn drop(&mut self) {
        mark("~Dropping");
    }
}
#[lower]
async fn closure_moves_a_field(c: Config) -> u32 {
    tick("a").await;
    let f = move || c.name.look();
    tick("b").await;
    f() + 1
}
#[lower]
async fn closure_moves_and_rest_is_used(c: Config) -> u32 {
    tick("a").await;
    let f = move || c.name.look();
    tick("b").await;
    let r = f() + c.addr.look();
    tick("c").await;
    r + c.retries
}
#[lower]
async fn closure_copies_a_field(c: Config) -> u32 {
    tick("a").await;
    let f = move || c.retries + 1;
    tick("b").await;
    let r = f();
    tick("c").await;
    r + c.name.look()
}
#[lower]
async fn closure_copies_at_once(mut c: Config) -> u32 {
    tick("a").await;
    let f = move |x: u32| c.retries + x;
    c.retries = 9;
    tick("b").await;
    f(1) + c.retries
}
#[lower]
async fn closure_with_parameter(c: Config) -> u32 {
    tick("a").await;
    let v: Vec<u32> = [1u32, 2]
        .iter()
        .map(move |x: &u32| x + c.list[0] + c.retries)
        .collect();
    tick("b").await;
    v[1] + c.name.look()
}
#[lower]
async fn block_moves_fields(c: Config) -> u32 {
    tick("a").await;
    let f = async move {
        tick("in").await;
        c.name.look() + c.list.len() as u32
    };
    tick("b").await;
    f.await + c.addr.look()
}
#[lower]
async fn block_moves_last_field(c: Config) -> u32 {
    let d = noisy("d");
    tick("a").await;
    let f = async move {
        tick("in").await;
        c.name.consume().await
    };
    let r = f.await;
    tick("b").await;
    r + d.look()
}
#[lower]
async fn moved_into_both(f: bool, c: Config) -> u32 {
    tick("a").await;
    let r = if f {
        let g = move || c.name.spend();
        tick("b").await;
        g()
    } else {
        let g = async move {
            tick("n").await;
            c.addr.look()
        };
        g.await
    };
    tick("c").await;
    r
}
#[lower]
async fn two_variables(c: Config, p: (Noisy, Noisy)) -> u32 {
    tick("a").await;
    let f = move || c.addr.look() + p.1.look() + c.list.len() as u32;
    let r = f();
    tick("b").await;
    r
}
#[lower]
async fn through_an_arc(c: Arc<Config>) -> u32 {
    let keep = c.clone();
    tick("a").await;
    let f = move || c.name.look();
    tick("b").await;
    let r = f();
    drop(f);
    tick("c").await;
    r + Arc::strong_count(&keep) as u32
}
#[lower]
async fn through_a_box(c: (Box<Config>, Noisy)) -> u32 {
    tick("a").await;
    let f = move || c.0.name.look();
    tick("b").await;
    f()
}
#[lower]
async fn of_a_type_with_drop(c: Dropping) -> u32 {
    tick("a").await;
    let f = move || c.name.look();
    tick("b").await;
    f()
}
#[lower]
async fn copy_of_a_type_with_drop(c: Dropping) -> u32 {
    tick("a").await;
    let f = move || c.n + 1;
    tick("b").await;
    f() + c.name.look()
}
#[lower]
async fn nested_path(c: (u32, (Config, Noisy))) -> u32 {
    tick("a").await;
    let mut f = move || c.1.0.list.len() as u32 + c.1.0.name.look();
    tick("b").await;
    let r = f();
    drop(f);
    tick("c").await;
    r + c.1.1.look() + c.0
}
#[lower]
async fn mutates_its_own(c: Config) -> u32 {
    tick("a").await;
    let mut c = c;
    let mut f = move |x: u32| {
        c.retries += x;
        c.retries
    };
    let a = f(1) + f(2);
    tick("b").await;
    a * 100 + c.retries + f(1)
}
#[lower]
async fn refilled_after(mut c: Config) -> u32 {
    tick("a").await;
    let f = move || c.name.spend();
    tick("b").await;
    let r = f();
    c.addr = noisy("new addr");
    tick("c").await;
    r + c.addr.look()
}
struct Worker {
    id: u32,
    inner: Noisy,
    jobs: Vec<u32>,
}
impl Worker {
    #[lower]
    async fn spawn_like(self) -> u32 {
        tick("a").await;
        let f = async move {
            tick("in").await;
            self.inner.look()
        };
        f.await + self.id
    }
    #[lower]
    async fn maps(&self) -> u32 {
        tick("a").await;
        let v: Vec<u32> = self.jobs.iter().map(move |j| j + self.id).collect();
        tick("b").await;
        v.len() as u32 + self.inner.look()
    }
}
#[lower]
async fn drive_worker() -> (u32, u32) {
    let w = Worker {
        id: 2,
        inner: noisy("inner"),
        jobs: vec![1, 2, 3],
    };
    let a = w.maps().await;
    (a, w.spawn_like().await)
}
#[lower]
async fn unknown_reference(p: (Config, u32)) -> u32 {
    let q = &p;
    let r = q.0.addr.view();
    tick("a").await;
    let s = std::convert::identity(&p.0);
    let f = move || s.retries + s.name.look();
    tick("b").await;
    f() + s.addr.look() + r.look()
}
#[lower]
async fn unique_reference(mut p: (Config, u32)) -> u32 {
    let s = std::convert::identity(&mut p.0);
    tick("a").await;
    let mut f = move || {
        s.retries += 1;
        s.retries
    };
    tick("b").await;
    f() + p.0.retries
}
#[lower]
async fn in_a_loop(c: Config) -> u32 {
    let mut n = 0;
    for i in 0..3u32 {
        let f = move || c.retries + i;
        tick("t").await;
        n += f();
    }
    n + c.name.look()
}
#[lower]
async fn boxed(c: Config) -> u32 {
    tick("a").await;
    let f: Box<dyn Fn(u32) -> u32> = Box::new(move |x| x + c.retries + c.name.look());
    tick("b").await;
    f(2)
}
#[lower]
async fn in_an_operand(c: Config) -> u32 {
    tick("a").await;
    fn run<F: FnOnce() -> u32>(f: F) -> Leaf<u32> {
        leaf("run", 1, f())
    }
    run(move || c.name.spend() + c.list.len() as u32).await + c.retries
}
#[lower]
async fn matched_inside(c: (Option<Noisy>, Noisy)) -> u32 {
    tick("a").await;
    let f = move || match c.0 {
        Some(x) => x.look(),
        None => 0,
    };
    tick("b").await;
    f()
}
// A block that takes the whole variable must stay `Send`.
#[derive(Debug)]
struct Loop {
    net: Option<Noisy>,
    n: u32,
}
async fn run(l: &mut Loop) -> u32 {
    tick("run").await;
    l.n += 1;
    l.n
}
fn spawn<F: Future + Send + 'static>(f: F) -> F {
    f
}
struct Options {
    n: u32,
}
impl Loop {
    fn set(&mut self, o: &Options) {
        self.n += o.n;
    }
}
#[lower]
async fn spawned(k: u32) -> u32 {
    let o = Options { n: k };
    let (c, mut l) = (3, Loop { net: None, n: k });
    l.set(&o);
    let h = spawn(async move {
        let r = run(&mut l).await;
        if r > 1 {
            assert!(l.net.is_none());
        }
        r
    });
    h.await + o.n + c
}
cases! {
    spawned(2),
    closure_moves_a_field(config()), closure_moves_and_rest_is_used(config()), closure_copies_a_field(config()), closure_copies_at_once(config()), closure_with_parameter(config()),
    block_moves_fields(config()), block_moves_last_field(config()), mib_a: moved_into_both(true, config()), mib_b: moved_into_both(false, config()), two_variables(config(), (noisy("p"), noisy("q"))),
    through_an_arc(Arc::new(config())), through_a_box((Box::new(config()), noisy("x"))), of_a_type_with_drop(Dropping { name: noisy("dn"), n: 3 }), copy_of_a_type_with_drop(Dropping { name: noisy("dn"), n: 3 }),
    nested_path((2, (config(), noisy("z")))), mutates_its_own(config()), refilled_after(config()), drive_worker(), unknown_reference((config(), 2)), unique_reference((config(), 2)), in_a_loop(config()),
    boxed(config()), in_an_operand(config()), matched_inside((Some(noisy("m")), noisy("n"))),
}
