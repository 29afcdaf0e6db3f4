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
#[lower]
async fn what_a_box_holds() -> u32 {
    let mut boxed = Box::new(noisy("first"));
    tick("before").await;
    let moved = *boxed;
    tick("empty").await;
    *boxed = moved.rename("second");
    tick("full").await;
    boxed.look()
}

#[lower]
async fn what_a_box_holds_twice() -> u32 {
    let mut boxed = Box::new(noisy("first"));
    let first = *boxed;
    *boxed = leaf("second", 1, noisy("second")).await;
    tick("between").await;
    let second = *boxed;
    *boxed = leaf("third", 1, noisy("third")).await;
    boxed.look() + first.look() + second.look()
}

#[lower]
async fn what_a_box_holds_then_the_box() -> u32 {
    let mut boxed = Box::new(noisy("first"));
    tick("before").await;
    let moved = *boxed;
    tick("empty").await;
    *boxed = moved.rename("second");
    boxed = Box::new(leaf("third", 1, noisy("third")).await);
    boxed.look()
}

#[lower]
async fn what_a_box_holds_in_rounds() -> u32 {
    let mut boxed = Box::new((noisy("state"), 0u32));
    let mut rounds = 0;
    while rounds < 3 {
        let (state, count) = *boxed;
        let next = leaf("next", 1, count + state.look()).await;
        *boxed = (state, next);
        rounds += leaf("round", 1, 1).await;
    }
    boxed.0.look() + boxed.1
}

#[lower]
async fn what_a_box_holds_perhaps(takes: bool) -> u32 {
    let mut boxed = Box::new(noisy("first"));
    if takes {
        drop(*boxed);
        tick("empty").await;
        *boxed = noisy("second");
    }
    tick("full").await;
    let mut other = boxed;
    if takes {
        let held = *other;
        tick("empty again").await;
        held.look()
    } else {
        *other = leaf("third", 1, noisy("third")).await;
        other.look()
    }
}

#[lower]
async fn behind_references() -> u32 {
    fn raise(number: &mut u32) -> u32 {
        *number += 1;
        *number
    }
    let mut number = 1;
    let mut names = Some(noisy("name"));
    tick("before").await;
    let reference = &mut number;
    let before = *reference;
    *reference = leaf("next", 1, before + 1).await;
    let raised = raise(reference);
    tick("raised").await;
    *reference = leaf("last", 1, raised * 2).await;
    if let Some(name) = &mut names {
        let touched = name.touch();
        *name = leaf("other", 1, noisy("other")).await;
        *reference += touched + name.look();
    }
    number
}

cases! {
    drive(1), whole(1), lists(3), what_a_box_holds(), what_a_box_holds_twice(), what_a_box_holds_then_the_box(), what_a_box_holds_in_rounds(),
    what_a_box_holds_perhaps(true), behind_references(),
}
