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

cases! {
    compared_in_a_let(),
    compared_in_a_condition(),
    compared_in_an_operand(),
    compared_in_a_tail(),
    compared_and_awaited(),
}
