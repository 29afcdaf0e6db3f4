// Parts of variables and temporaries that a method or call consumes are taken before its arguments are evaluated, as they are borrowed after.

#[lower]
async fn part_of_tuple(flag: bool) -> u32 {
    let b = noisy("b");
    let n = (b, Some(noisy("c"))).1.unwrap_or(if flag {
        noisy("n")
    } else {
        leaf("d", 1, noisy("d")).await
    });
    n.look()
}
#[lower]
async fn part_of_variable(flag: bool) -> u32 {
    let b = (noisy("b"), Some(noisy("c")));
    let n = b.1.unwrap_or(if flag {
        noisy("n")
    } else {
        leaf("d", 1, noisy("d")).await
    });
    n.look() + b.0.look()
}

#[lower]
async fn callee_part() -> u32 {
    let inner = noisy("inner");
    let pair = (
        move |x: Noisy, n: u32| inner.spend() + x.look() + n,
        noisy("other"),
    );
    tick("a").await;
    let n = (pair.0)(noisy("x"), leaf("d", 1, 4).await);
    tick("b").await;
    n + pair.1.look()
}
#[lower]
async fn callee_part_borrowed() -> u32 {
    let inner = noisy("inner");
    let mut pair = (|n: u32| inner.look() + n, noisy("other"), vec![1u32]);
    let n = (pair.0)(leaf("d", 1, 4).await);
    pair.2.push(leaf("e", 1, n).await);
    let m =
        pair.1.rename("r").look() + pair.2.into_iter().fold(leaf("f", 1, 2).await, |a, b| a + b);
    n + m
}
struct Owner {
    name: Option<Noisy>,
    list: Vec<Noisy>,
    kept: Noisy,
    text: String,
}
impl Owner {
    fn new() -> Owner {
        Owner {
            name: Some(noisy("name")),
            list: vec![noisy("one"), noisy("two")],
            kept: noisy("kept"),
            text: String::from("t"),
        }
    }
}
#[lower]
impl Owner {
    async fn several(self) -> u32 {
        let a = self.name.unwrap_or(leaf("a", 1, noisy("a")).await);
        let b = self
            .list
            .into_iter()
            .chain(leaf("b", 1, vec![noisy("three")]).await)
            .map(|n| n.look())
            .sum::<u32>();
        let c = self.text.len() as u32
            + self.text.trim_start_matches(leaf("c", 1, 't').await).len() as u32;
        a.look() + b + c + self.kept.look()
    }
    async fn either(self, first: bool) -> u32 {
        let n = if first {
            self.name.map_or(leaf("a", 1, 1).await, |n| n.look())
        } else {
            self.list.len() as u32
        };
        tick("x").await;
        let k = self.kept.rename("r");
        loop {
            if leaf("l", 1, true).await {
                break;
            }
        }
        n + k.look()
    }
    async fn nested(self) -> u32 {
        self.name
            .as_ref()
            .map_or(leaf("m", 1, 3).await, |n| n.look())
            + self
                .name
                .unwrap_or(leaf("n", 1, noisy("n")).await)
                .joined(
                    noisy("j"),
                    self.list
                        .into_iter()
                        .last()
                        .unwrap_or(leaf("z", 1, noisy("z")).await),
                )
                .look()
    }
}
trait Joined {
    fn joined(self, a: Noisy, b: Noisy) -> Noisy;
}
impl Joined for Noisy {
    fn joined(self, a: Noisy, b: Noisy) -> Noisy {
        a.look();
        b.look();
        self
    }
}
#[lower]
async fn owns(first: bool) -> u32 {
    Owner::new().several().await + Owner::new().either(first).await + Owner::new().nested().await
}
// The call is looked at again, for the part of a temporary in its argument.
#[lower]
async fn part_beside_a_part() -> u32 {
    fn combine(left: Noisy, right: Noisy) -> u32 {
        left.look() + right.look()
    }
    ((leaf("first", 1, noisy("first")).await, Some(3))
        .1
        .unwrap_or(
            (
                combine(noisy("left"), leaf("right", 1, noisy("right")).await),
                noisy("other"),
            )
                .0,
        )
        % 50)
        + 1
}

cases! {
part_beside_a_part(), part_of_tuple(false), part_of_variable(false), callee_part(), callee_part_borrowed(), owns(true) }
