// Rules 7 and 8: operators and `Deref` of the user's in guards, comparisons and receivers, and operands that are evaluated last.

use std::sync::LazyLock;
static TABLE: LazyLock<Vec<u32>> = LazyLock::new(|| vec![1, 2, 3]);
thread_local! { static ORDER: std::cell::RefCell<u32> = const { std::cell::RefCell::new(0) }; }

#[lower]
async fn static_receiver() -> u32 {
    let number = TABLE.get(leaf("u", 1, 1).await);
    tick("x").await;
    *number.unwrap()
}

#[derive(Debug)]
struct Picky(Noisy);
impl PartialEq<u32> for Picky {
    fn eq(&self, other: &u32) -> bool {
        self.0.look() == *other
    }
}

impl PartialOrd<u32> for Picky {
    fn partial_cmp(&self, other: &u32) -> Option<std::cmp::Ordering> {
        self.0.look().partial_cmp(other)
    }
}

impl std::ops::Rem<u32> for Picky {
    type Output = Picky;
    fn rem(self, _: u32) -> Picky {
        self
    }
}

impl std::ops::Not for Picky {
    type Output = Picky;
    fn not(self) -> Picky {
        self
    }
}

fn picky(name: &'static str) -> Picky {
    Picky(noisy(name))
}

#[lower]
async fn overloaded_operator_in_a_guard(p: Option<Picky>) -> u32 {
    let v = leaf("t", 1, noisy("v")).await;
    match p {
        Some(p) if p == 9 => 1,
        Some(p) if p > 3 => {
            tick("x").await;
            p.0.look()
        }
        None => leaf("t17", 1, 1).await,
        Some(p) => p.0.look() + 1,
    }
}

#[lower]
async fn overloaded_operator_is_compared() -> bool {
    let holds = leaf("t", 1, picky("rem") % 2 == 3).await;
    let holds = leaf("u", 1, !picky("not") == 3).await && holds;
    tick("x").await;
    holds
}

#[lower]
async fn value_of_a_macro(p3: Noisy) -> String {
    let text = format!(
        "{:?}-{}",
        leaf("p", 1, 3).await,
        'l27: {
            let _ = leaf("t28", 0, 5).await;
            match (noisy("n29"), 1) {
                (_, b30) => p3,
            }
        }
        .name()
    );
    tick("x").await;
    text
}

#[lower]
async fn borrowed_value_of_a_macro(p3: Noisy) -> bool {
    let equal = matches!(
        {
            let _ = leaf("t28", 0, 5).await;
            match (noisy("n29"), 1) {
                (_, b30) => p3,
            }
        },
        Noisy { .. }
    );
    println!("{:?}", {
        let _ = leaf("t28", 0, 5).await;
        match (noisy("n30"), 1) {
            (_, b30) => b30,
        }
    });
    tick("x").await;
    equal
}

impl Picky {
    fn three(&self, _: Noisy, _: u32, c: u32) -> u32 {
        c
    }
    fn taken(self, _: Noisy, _: u32, c: u32) -> u32 {
        c
    }
}

fn three(_: Noisy, _: u32, c: u32) -> u32 {
    c
}

#[lower]
async fn settled_in_a_condition() -> u32 {
    if three(noisy("a"), noisy("t").peek().await, value("v", 3)) > 2 {
        leaf("t", 1, 1).await
    } else {
        2
    }
}

fn truth(_: Noisy, _: u32, c: bool) -> bool {
    c
}

#[lower]
async fn settled_as_a_condition(choice: bool) -> u32 {
    if truth(noisy("a"), noisy("t").peek().await, value("v", choice)) {
        leaf("t", 1, 1).await
    } else {
        2
    }
}

#[lower]
async fn settled_methods(choice: bool) -> u32 {
    let n = leaf("x", 1, {
        picky("r").taken(noisy("a"), noisy("t").peek().await, value("v", 3))
    })
    .await;
    leaf("x", 1, {
        picky("r").three(noisy("a"), noisy("t").peek().await, value("v", 3))
    })
    .await
        + n
}

#[lower]
async fn settled_tail() -> u32 {
    picky("r").taken(noisy("a"), noisy("t").peek().await, value("v", 3))
}

cases! {
    static_receiver(),
    overloaded_operator_in_a_guard(Some(picky("p"))),
    overloaded_operator_in_a_guard_long: overloaded_operator_in_a_guard(Some(picky("ppppppp"))),
    overloaded_operator_is_compared(),
    value_of_a_macro(noisy("p3")),
    borrowed_value_of_a_macro(noisy("p3")),
    settled_in_a_condition(),
    settled_as_a_condition(true),
    settled_methods(true),
    settled_tail(),
}
