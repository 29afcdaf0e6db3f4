// `.await` is `into_future`, pin, poll with the context of this poll; the awaited future drops at its completion,
// temporaries of its operand live to the end of the statement.

#[lower]
async fn into_future() -> u32 {
    request("r").await
}

#[lower]
async fn into_future_of_a_builder() -> u32 {
    request("r").retries(3).await
}

#[lower]
async fn into_future_of_a_local() -> u32 {
    let r = request("r");
    mark("between");
    let number = r.await;
    tick("pause").await;
    number
}

#[lower]
async fn many_polls() -> u32 {
    leaf("slow", 5, 9).await
}

#[lower]
async fn future_drops_before_the_rest() -> u32 {
    let sum = leaf("first", 1, 1).await + value("rest", 2);
    mark("after");
    sum
}

#[lower]
async fn temporary_of_the_operand(a: Noisy) -> u32 {
    let number = a.view().load().await;
    mark("after statement");
    tick("pause").await;
    number
}

#[lower]
async fn temporary_of_the_operand_consumed(a: Noisy) -> u32 {
    let number = a.view().into_load().await;
    mark("after statement");
    number
}

#[lower]
async fn temporary_of_an_argument(a: Noisy) -> u32 {
    async fn read(view: &View<'_>) -> u32 {
        tick("read").await;
        view.look()
    }
    let number = read(&a.view()).await + value("rest", 1);
    mark("after statement");
    number
}

#[lower]
async fn temporaries_of_a_chain(a: Noisy) -> u32 {
    let number = a.view().again().load().await + a.look();
    mark("after statement");
    number
}

#[lower]
async fn owned_temporary_by_reference() -> u32 {
    noisy("temporary").peek().await;
    mark("after statement");
    noisy("second temporary").peek().await
}

#[lower]
async fn owned_temporary_by_value() -> u32 {
    let number = noisy("temporary").consume().await;
    mark("after statement");
    number
}

#[lower]
async fn expression_statement_drops_its_result() {
    leaf("gives", 1, noisy("result")).await;
    mark("after statement");
    tick("pause").await;
}

#[lower]
async fn result_bound_to_underscore() {
    let _ = leaf("gives", 1, noisy("result")).await;
    mark("after statement");
    tick("pause").await;
}

#[lower]
async fn result_bound_to_a_name() {
    let _result = leaf("gives", 1, noisy("result")).await;
    mark("after statement");
    tick("pause").await;
}

#[lower]
async fn await_of_await() -> u32 {
    leaf("outer", 1, leaf("inner", 1, 5)).await.await
}

#[lower]
async fn boxed_future() -> u32 {
    let future: Pin<Box<dyn Future<Output = u32>>> = Box::pin(leaf("boxed", 1, 5));
    future.await
}

#[lower]
async fn pinned_future_by_reference() -> u32 {
    let mut future = std::pin::pin!(leaf("pinned", 2, 5));
    let first = future.as_mut().await;
    mark("still in scope");
    tick("pause").await;
    first
}

#[lower]
async fn future_in_an_option(some: bool) -> u32 {
    let future = if some { Some(leaf("some", 1, 1)) } else { None };
    tick("pause").await;
    match future {
        Some(future) => future.await,
        None => 0,
    }
}

#[lower]
async fn future_in_parentheses_and_blocks(a: Noisy) -> u32 {
    (a.peek()).await + { a.peek() }.await
}

#[lower]
async fn future_chosen_by_if(flag: bool) -> u32 {
    (if flag { leaf("yes", 1, 1) } else { leaf("no", 2, 2) }).await
}

#[lower]
async fn future_chosen_by_match(number: u32) -> u32 {
    match number {
        0 => leaf("zero", 1, 0),
        1 => leaf("one", 2, 10),
        _ => leaf("many", 0, 100),
    }
    .await
}

#[lower]
async fn field_of_result() -> u32 {
    leaf("pair", 1, (noisy("left"), 7)).await.1
}

#[lower]
async fn method_of_result() -> u32 {
    leaf("gives", 1, noisy("result")).await.spend() + value("rest", 1)
}

#[lower]
async fn reference_method_of_result() -> u32 {
    leaf("gives", 1, noisy("result")).await.look() + leaf("second", 1, 1).await
}

#[lower]
async fn index_of_result() -> u32 {
    leaf("list", 1, vec![1, 2, 3]).await[leaf("index", 1, 1).await]
}

#[lower]
async fn poll_fn_and_ready() -> u32 {
    let mut left = 2;
    let first = std::future::poll_fn(move |context| {
        if left == 0 {
            std::task::Poll::Ready(4)
        } else {
            left -= 1;
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        }
    })
    .await;
    first + std::future::ready(value("ready", 1)).await
}

cases! {
    into_future(),
    into_future_of_a_builder(),
    into_future_of_a_local(),
    many_polls(),
    future_drops_before_the_rest(),
    temporary_of_the_operand(noisy("a")),
    temporary_of_the_operand_consumed(noisy("a")),
    temporary_of_an_argument(noisy("a")),
    temporaries_of_a_chain(noisy("a")),
    owned_temporary_by_reference(),
    owned_temporary_by_value(),
    expression_statement_drops_its_result(),
    result_bound_to_underscore(),
    result_bound_to_a_name(),
    await_of_await(),
    boxed_future(),
    pinned_future_by_reference(),
    future_in_an_option_some: future_in_an_option(true),
    future_in_an_option_none: future_in_an_option(false),
    future_in_parentheses_and_blocks(noisy("a")),
    future_chosen_by_if(true),
    future_chosen_by_match(1),
    field_of_result(),
    method_of_result(),
    reference_method_of_result(),
    index_of_result(),
    poll_fn_and_ready(),
}
