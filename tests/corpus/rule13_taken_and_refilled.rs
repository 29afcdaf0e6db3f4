// What a pattern takes out of a place that is given a new value in the same branch.

#[derive(Debug)]
struct Z {
    x: Option<Noisy>,
    n: u32,
}
impl Z {
    #[lower]
    async fn rep(mut self, k: u32) -> Z {
        tick("a").await;
        if let Some(b) = self.x {
            let c = b.peek().await;
            self.x = if c > k { Some(noisy("new")) } else { None };
            drop(b);
        }
        tick("b").await;
        self
    }
    #[lower]
    async fn rep2(mut self, k: u32) -> Z {
        tick("a").await;
        while let Some(b) = self.x {
            self.x = if self.n > k {
                self.n -= 1;
                Some(noisy("new"))
            } else {
                None
            };
            drop(b);
        }
        tick("b").await;
        self
    }
    #[lower]
    async fn rep3(mut self, k: u32) -> Z {
        tick("a").await;
        match self.x {
            Some(b) if k > 0 => self.x = Some(leaf("l", 1, b.rename("other")).await),
            Some(b) => {
                self.x = Some(b.rename("third"));
            }
            None => self.x = Some(noisy("n")),
        }
        self
    }
    #[lower]
    async fn rep4(mut self, k: u32) -> Z {
        self.x = match self.x {
            Some(b) => {
                let n = b.peek().await;
                if n > k { Some(b) } else { None }
            }
            None => None,
        };
        tick("b").await;
        self
    }
}
#[lower]
async fn drive(k: u32) -> Z {
    let z = Z {
        x: Some(noisy("z")),
        n: 4,
    };
    z.rep(k).await.rep2(2).await.rep3(k).await.rep4(0).await
}
#[lower]
async fn whole(k: u32) -> u32 {
    let mut o = Some(noisy("o"));
    tick("a").await;
    if let Some(b) = o {
        o = if b.look() > k { Some(b) } else { None };
    }
    tick("b").await;
    let mut n = 0;
    while let Some(b) = o {
        n += b.peek().await;
        o = if n > 3 { None } else { Some(noisy("again")) };
    }
    tick("c").await;
    match o {
        Some(b) => {
            o = Some(b.rename("x"));
        }
        None => {}
    }
    if let Some(b) = o {
        n += b.look();
        o = None;
    } else {
        n += 1;
    }
    o.map_or(n, |b| b.look())
}
#[lower]
async fn lists(k: u32) -> u32 {
    struct Node {
        v: Noisy,
        next: Option<Box<Node>>,
    }
    let mut head: Option<Box<Node>> = None;
    for i in 0..k {
        head = Some(Box::new(Node {
            v: noisy(format!("n{i}")),
            next: head,
        }));
    }
    tick("built").await;
    let mut rev = None;
    while let Some(mut node) = head {
        head = node.next.take();
        node.next = rev;
        rev = Some(node);
        if k == 2 {
            tick("turn").await;
        }
    }
    let mut n = 0;
    let mut at = &rev;
    while let Some(node) = at {
        n += node.v.peek().await;
        at = &node.next;
    }
    tick("seen").await;
    while let Some(node) = rev {
        let Node { v, next } = *node;
        n += v.consume().await;
        rev = next;
    }
    n
}
cases! { drive(1), whole(1), lists(3) }
