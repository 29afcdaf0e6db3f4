// Rule 8: an operand that is kept belongs to its expression and a temporary to the statement, so operands are dropped first,
// whichever was made first.

fn first<T>(first: Noisy, _: T) -> Noisy {
    first
}

fn second<T>(_: T, second: u32) -> u32 {
    second
}

impl Joined {
    fn joined(self, other: u32) -> u32 {
        self.0.look() + other
    }

    fn beside(&self, other: u32) -> u32 {
        self.0.look() + other
    }
}

struct Joined(Noisy);

fn joined(name: &'static str) -> Joined {
    Joined(noisy(name))
}

#[lower]
async fn before_a_temporary_in_a_let() -> u32 {
    let kept = first(noisy("operand"), noisy("temporary").peek().await);
    tick("after").await;
    kept.look()
}

#[lower]
async fn before_a_temporary_in_a_statement() {
    first(noisy("operand"), noisy("temporary").peek().await);
    tick("after").await;
}

#[lower]
async fn in_an_array() -> u32 {
    let all = [
        noisy("one"),
        leaf("t", 1, (noisy("temporary").peek().await, noisy("two")))
            .await
            .1,
    ];
    tick("after").await;
    all[0].look()
}

#[lower]
async fn in_nested_calls() -> u32 {
    let number = second(
        noisy("outer"),
        noisy("early").peek().await
            + second(
                first(noisy("inner"), noisy("late").peek().await),
                leaf("t", 1, 3).await,
            ),
    );
    tick("after").await;
    number
}

#[lower]
async fn in_a_tail() -> u32 {
    let local = noisy("local");
    second(noisy("operand"), noisy("temporary").peek().await)
}

#[lower]
async fn nested_in_a_tail() -> u32 {
    let local = noisy("local");
    second(1, second(noisy("operand"), noisy("temporary").peek().await))
}

#[lower]
async fn in_the_tail_of_an_inner_block() -> u32 {
    let number = second(noisy("outer"), {
        let local = noisy("local");
        second(noisy("inner"), noisy("temporary").peek().await)
    });
    tick("after").await;
    number
}

#[lower]
async fn nested_in_the_tail_of_an_inner_block() -> u32 {
    let number = second(noisy("outer"), {
        let local = noisy("local");
        second((), second(noisy("inner"), noisy("temporary").peek().await)) + leaf("t", 1, 3).await
    });
    tick("after").await;
    number
}

#[lower]
async fn in_the_body_of_an_arm(choice: bool) -> u32 {
    let number = match choice {
        true => second(noisy("operand"), noisy("temporary").peek().await),
        false => second(
            (),
            second(noisy("operand"), noisy("temporary").peek().await),
        ),
    };
    tick("after").await;
    number
}

#[lower]
async fn in_the_body_of_a_unit_arm(choice: Option<Noisy>) {
    match choice {
        Some(bound) => drop(second(noisy("operand"), (&bound.view()).load().await)),
        None => drop(first(noisy("operand"), noisy("temporary").peek().await)),
    }
    tick("after").await;
}

#[lower]
async fn in_a_condition() -> u32 {
    if second(noisy("operand"), noisy("temporary").peek().await) > 100 {
        1
    } else {
        leaf("t", 1, 3).await
    }
}

#[lower]
async fn as_a_condition() -> u32 {
    if Joined(noisy("operand")).joined(noisy("temporary").peek().await) == 3 {
        1
    } else {
        leaf("t", 1, 3).await
    }
}

fn holds<T>(_: T, number: u32) -> bool {
    number > 1
}

#[lower]
async fn outermost_in_a_condition() -> u32 {
    let mut rounds = 0;
    while holds(noisy("operand"), noisy("temporary").peek().await) && rounds < 2 {
        rounds += 1;
    }
    if holds(noisy("operand"), noisy("temporary").peek().await) {
        rounds + 1
    } else {
        leaf("t", 1, rounds).await
    }
}

#[lower]
async fn in_an_operand_of_a_lazy_operator(choice: bool) -> bool {
    let holds = choice && holds(noisy("operand"), noisy("temporary").peek().await)
        || holds(
            noisy("last"),
            second(noisy("nested"), noisy("temporary").peek().await),
        );
    tick("after").await;
    holds
}

#[lower]
async fn in_a_guard(choice: Option<u32>) -> u32 {
    match choice {
        Some(number) if holds(noisy("operand"), noisy("temporary").peek().await) => number,
        Some(_) => 1,
        None => 2,
    }
}

#[lower]
async fn beside_what_a_let_extends() -> u32 {
    let (kept, extended, number) = (
        first(noisy("operand"), noisy("temporary").peek().await),
        &noisy("extended"),
        second(noisy("borrowed").peek().await, leaf("t", 1, 3).await),
    );
    tick("after").await;
    kept.look() + extended.look() + number
}

#[lower]
async fn with_an_else() -> u32 {
    let Some(kept) = leaf(
        "t",
        1,
        Some(first(noisy("operand"), noisy("temporary").peek().await)),
    )
    .await
    else {
        return 1;
    };
    tick("after").await;
    kept.look()
}

#[lower]
async fn with_an_else_at_once(number: u32) -> u32 {
    let (kept, 0..5) = (noisy("operand"), number + noisy("temporary").peek().await) else {
        tick("otherwise").await;
        return 1;
    };
    tick("after").await;
    kept.look()
}

#[lower]
async fn in_what_is_returned(choice: bool) -> u32 {
    if choice {
        return second(noisy("operand"), noisy("temporary").peek().await);
    }
    loop {
        break second(noisy("operand"), noisy("temporary").peek().await);
    }
}

#[lower]
async fn in_what_is_assigned() -> u32 {
    let mut number = 0;
    number = second(noisy("operand"), noisy("temporary").peek().await);
    number += second(noisy("operand"), noisy("temporary").peek().await);
    tick("after").await;
    number
}

#[lower]
async fn in_what_is_awaited() -> u32 {
    let number = leaf(
        "t",
        1,
        second(noisy("operand"), noisy("temporary").peek().await),
    )
    .await;
    leaf(
        "u",
        1,
        second(noisy("operand"), noisy("temporary").peek().await),
    )
    .await
        + number
}

#[lower]
async fn question_mark() -> Result<u32, Failure> {
    let number = succeed(
        "t",
        second(noisy("operand"), noisy("temporary").peek().await),
    )
    .await?;
    let number = second(
        noisy("operand"),
        second(noisy("temporary").peek().await, succeed("u", number).await?),
    );
    succeed(
        "v",
        first(noisy("operand"), noisy("temporary").peek().await),
    )
    .await?;
    Ok(number)
}

#[lower]
async fn receiver_that_is_consumed() -> u32 {
    let number = joined("receiver").joined(noisy("temporary").peek().await);
    tick("after").await;
    number
}

#[lower]
async fn receiver_that_is_borrowed() -> u32 {
    let number = joined("receiver").beside(noisy("temporary").peek().await);
    tick("after").await;
    number
}

#[lower]
async fn receiver_that_is_consumed_in_a_tail() -> u32 {
    joined("receiver").joined(noisy("temporary").peek().await)
}

#[lower]
async fn variable_that_is_consumed() -> u32 {
    let receiver = joined("receiver");
    let number = receiver.joined(noisy("temporary").peek().await);
    tick("after").await;
    number
}

#[lower]
async fn matched_in_an_operand() -> u32 {
    let number = second(
        noisy("operand"),
        match noisy("temporary").peek().await {
            0 => 1,
            number => number + leaf("t", 1, 3).await,
        },
    );
    tick("after").await;
    number
}

trait Doubling {
    fn again(&self) -> &str;
    fn twice(&self) -> String;
}

impl Doubling for &'static str {
    fn again(&self) -> &str {
        self
    }

    fn twice(&self) -> String {
        format!("{self}{self}")
    }
}

impl Doubling for i32 {
    fn again(&self) -> &str {
        "a number"
    }

    fn twice(&self) -> String {
        format!("{self}{self}")
    }
}

#[lower]
async fn literals_as_receivers() -> String {
    fn join(left: &str, right: &str) -> String {
        left.to_string() + right
    }
    let owned: String = leaf("owned", 1, "text".into()).await;
    let borrowed = leaf("borrowed", 1, "text".again()).await;
    let negative = leaf("negative", 1, (-3i32).twice()).await;
    let length = leaf("length", 1, 7.twice().len()).await;
    let bytes = (
        leaf("bytes", 1, b"bytes".iter()).await,
        "x".twice(),
        leaf("last", 1, 3).await,
    );
    let joined = join("left".again(), leaf("right", 1, "right").await);
    let count = bytes.0.count();
    format!(
        "{owned}{borrowed}{negative}{length}{count}{}{}{joined}",
        bytes.1, bytes.2
    )
}

cases! {
    literals_as_receivers(),
    before_a_temporary_in_a_let(),
    before_a_temporary_in_a_statement(),
    in_an_array(),
    in_nested_calls(),
    in_a_tail(),
    nested_in_a_tail(),
    in_the_tail_of_an_inner_block(),
    nested_in_the_tail_of_an_inner_block(),
    in_the_body_of_an_arm_taken: in_the_body_of_an_arm(true),
    in_the_body_of_an_arm_not_taken: in_the_body_of_an_arm(false),
    in_the_body_of_a_unit_arm_taken: in_the_body_of_a_unit_arm(Some(noisy("some"))),
    in_the_body_of_a_unit_arm_not_taken: in_the_body_of_a_unit_arm(None),
    in_a_condition(),
    as_a_condition(),
    outermost_in_a_condition(),
    in_an_operand_of_a_lazy_operator(true),
    in_a_guard(Some(3)),
    beside_what_a_let_extends(),
    with_an_else(),
    with_an_else_at_once(1),
    with_an_else_that_is_taken: with_an_else_at_once(9),
    in_what_is_returned(true),
    in_what_is_broken_with: in_what_is_returned(false),
    in_what_is_assigned(),
    in_what_is_awaited(),
    question_mark(),
    receiver_that_is_consumed(),
    receiver_that_is_borrowed(),
    receiver_that_is_consumed_in_a_tail(),
    variable_that_is_consumed(),
    matched_in_an_operand(),
}
