// Parts that a method consumes whose arguments are made on the spot, and closures that capture nothing.

struct Reply {
    own: Noisy,
}
impl Reply {
    fn send(self, text: String) -> Result<u32, String> {
        let n = self.own.look();
        if n > 1 {
            Ok(n + text.len() as u32)
        } else {
            Err(text)
        }
    }
    fn finish(self, result: Result<u32, Failure>) -> u32 {
        self.own.look() + result.unwrap_or(7)
    }
}
struct Request {
    reply: Reply,
    path: Noisy,
    n: u32,
}
fn request_of(name: &'static str) -> Request {
    Request {
        reply: Reply { own: noisy(name) },
        path: noisy("path"),
        n: 3,
    }
}
#[lower]
async fn replies_with_a_format(r: Request) -> u32 {
    let n = r.path.peek().await;
    let sent = r.reply.send(format!("{} {n}", r.path.name())).unwrap_or(1);
    tick("sent").await;
    sent + r.n
}
#[lower]
async fn replies_with_a_result(r: Request) -> u32 {
    let n = r.path.peek().await;
    let sent = r.reply.finish(Ok(n + r.n * 2));
    tick("sent").await;
    sent + r.path.look()
}
#[lower]
async fn replies_in_a_loop(mut f: Feed<u32>) -> u32 {
    let mut sum = 0;
    while let Some(n) = f.next().await {
        let r = request_of(if n > 1 { "ab" } else { "a" });
        tick("work").await;
        match n {
            1 => {
                let _ = r.reply.send(format!("{n}"));
            }
            2 => {
                sum += r
                    .reply
                    .send(String::from("two"))
                    .map_err(|_| ())
                    .unwrap_or(0);
                tick("two").await;
            }
            _ => {}
        }
        sum += r.path.look();
    }
    sum
}
#[lower]
async fn closure_without_captures() -> u32 {
    fn apply(f: impl Fn(&str) -> usize, n: u32) -> u32 {
        f("abc") as u32 + n
    }
    let a = apply(|s| s.len(), leaf("n", 1, 3).await);
    let b = Some(4u32).map_or(leaf("d", 1, 1).await, |x| x + 1);
    let c = vec![1u32, 2]
        .into_iter()
        .fold(leaf("i", 1, 0u32).await, |s, x| s + x);
    a + b + c
}
cases! { rwf_a: replies_with_a_format(request_of("ab")), rwf_b: replies_with_a_format(request_of("a")), replies_with_a_result(request_of("r")), replies_in_a_loop(feed("f", [1, 2, 3])), closure_without_captures() }
