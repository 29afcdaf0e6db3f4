// Rule 3: a comparison borrows its operands, so that a temporary lives on to the end of the statement.

#[derive(Debug)]
struct Same(Noisy, u32);
impl PartialEq for Same {
    fn eq(&self, other: &Same) -> bool {
        mark("eq");
        self.1 == other.1
    }
}

fn same(name: &'static str) -> Same {
    Same(noisy(name), 1)
}
async fn later(name: &'static str) -> Same {
    tick("later").await;
    same(name)
}

#[lower]
async fn compared_in_a_let() -> bool {
    let equal = same("a") == later("b").await;
    tick("x").await;
    equal
}

#[lower]
async fn compared_in_a_condition() -> u32 {
    if same("a") == later("b").await {
        leaf("t", 1, 1).await
    } else {
        2
    }
}

#[lower]
async fn compared_in_an_operand() -> u32 {
    let pair = (
        noisy("o"),
        same("a") == later("b").await,
        leaf("t", 1, 3).await,
        later("c").await != same("d"),
        later("e").await == later("f").await,
        leaf("t", 1, 3).await,
    );
    tick("x").await;
    pair.2
}

#[lower]
async fn compared_in_a_tail() -> bool {
    same("a") == later("b").await
}

#[lower]
async fn compared_and_awaited() -> bool {
    leaf("t", 1, same("a") == same("b")).await
        && leaf("t", 1, (same("a") == later("b").await, noisy("n")))
            .await
            .0
}

// What is compared with a number is a number.
#[lower]
async fn compares(k: u32) -> u32 {
    let v = vec![k; 3];
    let s = "abc".to_string();
    let n = leaf("a", usize::from(k % 20 == 1), k).await;
    let m = pick(
        v.len() + 1 > 3,
        s.len() as u32 - k >= 1 && s.chars().count() == 3,
        s.chars().next().unwrap() == 'a',
        leaf("b", 1, 1).await,
    );
    let o = pick(
        v.iter().sum::<u32>() < 1000,
        -(k as i32) == -1,
        s.is_empty() != false,
        leaf("b", 1, 1.0f32 as u32).await,
    );
    if leaf("c", 1, (v[0] as f64) * 2.0 == 2.0).await && v.iter().max().copied().unwrap_or(0) == 1 {
        n + m + o
    } else {
        m
    }
}
fn pick(a: bool, b: bool, c: bool, d: u32) -> u32 {
    a as u32 + b as u32 * 2 + c as u32 * 4 + d * 8
}
cases! {
    compares(1),
    compared_in_a_let(),
    compared_in_a_condition(),
    compared_in_an_operand(),
    compared_in_a_tail(),
    compared_and_awaited(),
}
