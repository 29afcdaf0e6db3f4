// Rule 18: what a `move` closure takes that stands in a closure or block without `move`.

#[lower]
async fn inner_reference(p: Noisy, q: Noisy) -> u32 {
    let n = (async {
        let inner = async move {
            let view = &p;
            tick("i").await;
            view.look()
        };
        let n = inner.await;
        tick("o").await;
        n + q.look()
    })
    .await;
    tick("b").await;
    n
}

#[lower]
async fn inner_assignment(mut p1: Option<Noisy>) -> u32 {
    let n = (async {
        (async move {
            p1 = Some(noisy("new"));
            tick("i").await;
        })
        .await;
        tick("o").await;
        3
    })
    .await;
    tick("b").await;
    n
}

#[lower]
async fn inner_numbers(p4: u32, p5: &Noisy, name: String) -> u32 {
    let n = (async {
        let local = (noisy("l"), noisy("m"));
        let c = move |x: u32| x + p4.pow(2) + p5.look() + local.0.look();
        tick("m27").await;
        c(3) + p4 + p5.look()
    })
    .await;
    tick("b").await;
    n + p4 + p5.look() + name.len() as u32
}

#[lower]
async fn hidden_by_a_parameter(p: Noisy, x: Noisy) -> u32 {
    let call = || {
        let inner = move |x: u32| x + p.look();
        inner(3)
    };
    let n = call();
    tick("b").await;
    n + x.look()
}

struct Owner {
    left: Noisy,
    right: Noisy,
}

impl Owner {
    #[lower]
    async fn whole(self) -> u32 {
        let n = (async {
            let inner = async move { (&self).left.look() };
            inner.await + 1
        })
        .await;
        tick("b").await;
        n
    }
    #[lower]
    async fn by_reference(&self) -> u32 {
        let n = (async {
            let inner = async move {
                tick("i").await;
                self.left.look()
            };
            inner.await + self.right.look()
        })
        .await;
        tick("b").await;
        n
    }
}

#[lower]
async fn inner_format(p: Noisy, text: String) -> usize {
    let n = (async {
        let inner = async move {
            tick("i").await;
            format!("{text}{}", p.look()).len()
        };
        inner.await + 1
    })
    .await;
    tick("b").await;
    n
}

#[lower]
async fn inner_twice(p: u32, mut q: u32) -> u32 {
    let n = (async {
        let one = move || {
            q += 1;
            p + q
        };
        let two = move || p + q;
        ({
            let mut one = one;
            one()
        }) + two()
            + q
    })
    .await;
    tick("b").await;
    n + q
}

// A closure that uses a variable in several ways, one of which takes it.
#[lower]
async fn two_ways(k: u32) -> u32 {
    let p = noisy("p");
    let q = noisy("q");
    tick("a").await;
    let c = || match k {
        1 => {
            let n = p.look();
            drop(p);
            n
        }
        _ => {
            drop(q);
            p.look()
        }
    };
    let n = c();
    tick("b").await;
    n
}
#[lower]
async fn three_ways(k: u32) -> u32 {
    let p = noisy("p");
    tick("a").await;
    let c = || match k {
        1 => {
            drop(p);
            1
        }
        _ => p.look(),
    };
    let n = c();
    tick("b").await;
    n
}
cases! {
    two_ways(1),
    three_ways(1),
    inner_reference(noisy("p"), noisy("q")),
    inner_assignment(Some(noisy("p1"))),
    inner_numbers: async { let n = noisy("nn"); inner_numbers(3, &n, String::from("x")).await },
    hidden_by_a_parameter(noisy("p"), noisy("x")),
    owner_whole: Owner { left: noisy("l"), right: noisy("r") }.whole(),
    owner_by_reference: async { let o = Owner { left: noisy("l"), right: noisy("r") }; o.by_reference().await },
    inner_format(noisy("p"), String::from("t")),
    inner_twice(1, 2),
}
