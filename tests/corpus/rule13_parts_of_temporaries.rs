// Rules 3 and 13: a part of a temporary is moved out by what uses it, the other parts live to the end of the statement.

fn pair(name: &'static str) -> (u32, Noisy) {
    (1, noisy(name))
}

#[lower]
async fn receiver_borrowed() -> u32 {
    pair("a").1.peek().await
}

#[lower]
async fn receiver_consumed() -> u32 {
    pair("a").1.consume().await
}

#[lower]
async fn receiver_consumed_of_awaited() -> u32 {
    leaf("t", 1, pair("a")).await.1.consume().await
}

#[lower]
async fn receiver_borrowed_of_awaited() -> u32 {
    leaf("t", 1, pair("a")).await.1.peek().await
}

#[lower]
async fn field_of_awaited() -> u32 {
    leaf("t", 1, leaf("u", 1, pair("a")).await.1).await.look()
}

#[lower]
async fn field_of_value() -> u32 {
    leaf("t", 1, pair("a").1).await.look()
}

#[lower]
async fn deref_of_value() -> u32 {
    leaf("t", 1, *Box::new(noisy("b"))).await.look()
}

#[lower]
async fn deref_of_awaited() -> u32 {
    leaf(
        "t",
        1,
        *leaf("u", 1, Box::new((noisy("b"), noisy("c")))).await,
    )
    .await
    .0
    .look()
}

#[lower]
async fn field_kept() -> u32 {
    look_at(pair("a").1, tick("t").await)
        + look_at(leaf("t", 1, pair("a")).await.1, tick("t").await)
}

#[lower]
async fn field_kept_copy() -> u32 {
    number_of(pair("a").0, tick("t").await)
        + number_of(leaf("t", 1, pair("a")).await.0, tick("t").await)
}

#[lower]
async fn nested_fields() -> u32 {
    let n = leaf(
        "t",
        1,
        ((noisy("a"), (noisy("b"), noisy("c"))), noisy("d")).0.1,
    )
    .await;
    tick("t").await;
    n.1.look()
}

#[lower]
async fn order() -> u32 {
    let n = leaf(
        "t",
        1,
        (
            value("a", noisy("v")),
            pair("d").1,
            value("b", 3),
            *Box::new(noisy("box")),
        ),
    )
    .await;
    tick("t").await;
    n.1.look()
}

fn look_at(n: Noisy, _: ()) -> u32 {
    n.look()
}

fn number_of(n: u32, _: ()) -> u32 {
    n
}

struct Reply {
    head: Noisy,
    body: Noisy,
    code: u32,
}

fn reply() -> Reply {
    Reply {
        head: noisy("head"),
        body: noisy("body"),
        code: 3,
    }
}

#[lower]
async fn matched(choice: bool) -> u32 {
    match leaf("t", 1, (Some(noisy("some")), reply())).await.0 {
        Some(found) if choice => {
            tick("found").await;
            found.look()
        }
        Some(ref found) => found.peek().await,
        None => leaf("none", 1, 0).await,
    }
}

#[lower]
async fn matched_if_let() -> u32 {
    let number = if let (1, body) = (
        leaf("t", 1, (reply(), noisy("rest"))).await.0.code,
        reply().body,
    ) {
        body.peek().await
    } else {
        2
    };
    let number = if let Reply { head, .. } = leaf("t", 1, (reply(), noisy("rest"))).await.0 {
        head.peek().await
    } else {
        number
    };
    tick("after").await;
    number
}

#[lower]
async fn bound() -> u32 {
    let Reply { head, .. } = leaf("t", 1, (reply(), noisy("rest"))).await.0;
    let body = leaf("u", 1, reply()).await.body;
    tick("after").await;
    head.look() + body.look()
}

#[lower]
async fn question_marks() -> Result<u32, Failure> {
    let number = succeed("t", reply()).await?.body.peek().await;
    let renamed = succeed("t", reply())
        .await?
        .body
        .rename("renamed")
        .consume()
        .await;
    let passed = leaf("u", 1, succeed("t", reply()).await?.head).await;
    tick("after").await;
    Ok(number + renamed + passed.look())
}

#[lower]
async fn method_with_an_argument() -> u32 {
    let view = reply().head.view().look() + leaf("t", 1, reply()).await.body.view().look();
    let number = both(reply().body.peek(), reply().head.consume()).await;
    tick("after").await;
    view + number.0 + number.1
}

#[lower]
async fn through_a_guard() -> u32 {
    let numbers = std::cell::RefCell::new((1, noisy("cell")));
    let number = leaf("t", 1, numbers.borrow().0).await + leaf("u", 1, *lock("l", 3).guard()).await;
    let name = numbers.borrow().1.peek().await;
    number + name
}

#[lower]
async fn copied_part(choice: bool) -> u32 {
    let mut number = leaf("t", 1, reply()).await.code + leaf("u", 1, reply().code).await;
    number += leaf("v", 1, (number, reply())).await.0;
    if leaf("w", 1, (choice, reply())).await.0 {
        number += 1;
    }
    number
}

cases! {
    receiver_borrowed(),
    receiver_consumed(),
    receiver_consumed_of_awaited(),
    receiver_borrowed_of_awaited(),
    field_of_awaited(),
    field_of_value(),
    deref_of_value(),
    deref_of_awaited(),
    field_kept(),
    field_kept_copy(),
    nested_fields(),
    order(),
    matched(true),
    matched_by_reference: matched(false),
    matched_if_let(),
    bound(),
    question_marks(),
    method_with_an_argument(),
    through_a_guard(),
    copied_part(true),
}
