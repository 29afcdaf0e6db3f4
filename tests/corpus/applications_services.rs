// Services that take requests apart, answer them, and put layers around one another: large values that methods may consume.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
pub struct Req {
    head: Noisy,
    body: Vec<u8>,
    pad: [u64; 20],
}
pub struct Resp {
    head: Noisy,
    code: u32,
    pad: [u64; 12],
}
impl Req {
    fn new(n: &'static str) -> Req {
        Req {
            head: noisy(n),
            body: vec![1, 2, 3],
            pad: [3; 20],
        }
    }
    fn into_parts(self) -> (Noisy, Vec<u8>) {
        (self.head, self.body)
    }
    fn body(&self) -> &[u8] {
        &self.body
    }
    fn map(self, f: impl FnOnce(Noisy) -> Noisy) -> Req {
        Req {
            head: f(self.head),
            ..self
        }
    }
    fn respond(self, code: u32) -> Resp {
        Resp {
            head: self.head,
            code,
            pad: [1; 12],
        }
    }
    #[lower]
    async fn read(self) -> Resp {
        let n = leaf("read", 1, self.body.len() as u32).await;
        self.respond(n)
    }
    #[lower]
    async fn peek(&self) -> u32 {
        leaf("peek", 1, self.body.len() as u32).await + self.head.look()
    }
}
impl Resp {
    fn code(&self) -> u32 {
        self.code + self.head.look()
    }
    fn finish(self) -> u32 {
        self.code + self.head.spend()
    }
}
pub trait Service {
    type Out;
    #[allow(async_fn_in_trait)]
    async fn call(&self, req: Req) -> Self::Out;
    fn name(&self) -> String {
        "service".into()
    }
}
pub struct Echo(Noisy);
#[lower]
impl Service for Echo {
    type Out = Resp;
    async fn call(&self, req: Req) -> Resp {
        let n = req.peek().await;
        let req = req.map(|head| {
            head.look();
            head
        });
        if n > 1000 {
            return req.respond(1);
        }
        let mut resp = req.read().await;
        resp.code += self.0.look();
        tick(self.name()).await;
        resp
    }
}
pub struct Layer<S>(S, u32);
#[lower]
impl<S: Service> Service for Layer<S>
where
    S::Out: Into<Resp>,
{
    type Out = Result<u32, String>;
    async fn call(&self, req: Req) -> Result<u32, String> {
        let resp: Resp = self.0.call(req).await.into();
        let code = match self.1 {
            0 => resp.code(),
            1 => resp.finish(),
            _ => {
                let r = resp;
                tick("else").await;
                r.finish()
            }
        };
        tick("after").await;
        if code == 0 {
            Err(self.0.name())
        } else {
            Ok(code)
        }
    }
}
#[lower]
async fn service(k: u32) -> Result<u32, String> {
    let s = Layer(Echo(noisy("echo")), k);
    s.call(Req::new("r")).await
}
#[lower]
async fn branches(k: u32) -> u32 {
    let req = Req::new("r");
    tick("start").await;
    let out = if k == 0 {
        req.read().await.finish()
    } else if k == 1 {
        let (h, b) = req.into_parts();
        tick("parts").await;
        h.look() + b.len() as u32
    } else if k == 2 {
        req.peek().await
    } else {
        req.body().len() as u32
    };
    let other = Req::new("other");
    tick("mid").await;
    let resp = other.respond(out);
    tick("resp").await;
    resp.finish()
}
#[lower]
async fn refill(n: u32) -> u32 {
    let mut cur = Some(Req::new("c"));
    let mut sum = 0;
    let mut i = 0;
    while let Some(req) = cur.take() {
        i += 1;
        let resp = if i % 2 == 0 {
            req.read().await
        } else {
            req.respond(i)
        };
        sum += resp.code();
        if i < n {
            tick("more").await;
            cur = Some(Req::new("d"));
        }
        let done = resp.finish();
        tick("turn").await;
        sum += done;
    }
    sum
}
#[lower]
async fn swap() -> u32 {
    let mut a = Req::new("a");
    let mut b = Req::new("b");
    tick("one").await;
    std::mem::swap(&mut a, &mut b);
    let x = a.respond(1);
    tick("2").await;
    a = b;
    tick("3").await;
    let y = a.read().await;
    b = Req::new("b2");
    tick("4").await;
    x.finish() + y.code() + b.peek().await
}
#[lower]
async fn shared() -> u32 {
    let log = Rc::new(RefCell::new(Vec::new()));
    let mut queue: VecDeque<Req> = VecDeque::from([Req::new("q1"), Req::new("q2")]);
    let l = log.clone();
    let push = move |n: u32| l.borrow_mut().push(n);
    while let Some(req) = queue.pop_front() {
        let n = req.peek().await;
        push(n);
        match req.into_parts() {
            (h, b) if b.is_empty() => {
                tick("none").await;
                push(h.look());
            }
            (h, _) => {
                push(leaf("h", 1, h).await.look());
            }
        }
    }
    drop(push);
    tick("end").await;
    let v = Rc::try_unwrap(log)
        .map(|c| c.into_inner())
        .unwrap_or_default();
    v.iter().sum()
}
#[lower]
async fn opt(flag: bool) -> u32 {
    let a = flag.then(|| Req::new("o"));
    tick("x").await;
    let n = a.as_ref().map_or(0, |r| r.body().len() as u32);
    let r = match a {
        Some(r) => r.read().await,
        None => {
            tick("none").await;
            Req::new("n").respond(3)
        }
    };
    tick("y").await;
    let Resp { head, code, .. } = r;
    tick("z").await;
    n + code + head.look()
}
#[lower]
async fn question(flag: bool) -> Result<u32, u32> {
    let req = Req::new("q");
    tick("a").await;
    let resp = Ok::<Req, u32>(req)
        .and_then(|r| if flag { Err(r.head.look()) } else { Ok(r) })?
        .read()
        .await;
    let n = resp.finish();
    let v = vec![Req::new("v1"), Req::new("v2")];
    tick("b").await;
    let mut it = v.into_iter().map(|r| r.respond(n));
    let first = it.next().ok_or(1u32)?;
    tick("c").await;
    let rest: Vec<Resp> = it.collect();
    tick("d").await;
    Ok(first.finish() + rest.into_iter().map(Resp::finish).sum::<u32>())
}

cases! {
    service_looked_at: service(0),
    service_finished: service(1),
    service_finished_later: service(2),
    branches_read: branches(0),
    branches_parts: branches(1),
    branches_peeked: branches(2),
    branches_borrowed: branches(3),
    refill_once: refill(1),
    refill_often: refill(3),
    swap(),
    shared(),
    opt_some: opt(true),
    opt_none: opt(false),
    question_bad: question(true),
    question_good: question(false),
}
