// Recursion, async blocks and closures inside a body.

#[lower]
async fn recursive(number: u32) -> u32 {
    let local = noisy(format!("level {number}"));
    if number == 0 {
        return leaf("bottom", 1, 1).await;
    }
    Box::pin(recursive(number - 1)).await + number
}

#[lower]
async fn mutually_recursive(number: u32) -> bool {
    if number == 0 { leaf("even", 1, true).await } else { Box::pin(odd(number - 1)).await }
}

#[lower]
async fn odd(number: u32) -> bool {
    if number == 0 { leaf("odd", 1, false).await } else { Box::pin(mutually_recursive(number - 1)).await }
}

#[lower]
async fn async_block_by_reference() -> u32 {
    let a = noisy("a");
    let future = async {
        let inner = a.peek().await;
        inner + a.look()
    };
    future.await + a.look()
}

#[lower]
async fn async_block_by_move(a: Noisy) -> u32 {
    let future = async move {
        tick("inside").await;
        a.look()
    };
    tick("outside").await;
    future.await
}

#[lower]
async fn async_block_never_polled(a: Noisy) {
    let _future = async move {
        tick("never").await;
        a.look()
    };
    tick("outside").await;
}

#[lower]
async fn async_block_with_question_mark() -> Result<u32, Failure> {
    let result: Result<u32, Failure> = async {
        let first = succeed("first", 1).await?;
        let second: u32 = fail("second").await?;
        Ok(first + second)
    }
    .await;
    tick("after").await;
    result.or(Ok(7))
}

#[lower]
async fn async_block_with_return() -> u32 {
    let number = async {
        if leaf("condition", 1, true).await {
            return 5;
        }
        6
    }
    .await;
    number + leaf("after", 1, 1).await
}

#[lower]
async fn async_blocks_in_a_collection() -> u32 {
    let mut futures: Vec<Pin<Box<dyn Future<Output = u32>>>> = Vec::new();
    for index in 0..3_u32 {
        let own = noisy(format!("own {index}"));
        futures.push(Box::pin(async move {
            tick("inside").await;
            own.look() + index
        }));
    }
    let mut sum = 0;
    for future in futures {
        sum += future.await;
    }
    sum
}

#[lower]
async fn async_closure(a: Noisy) -> u32 {
    let read = async |number: u32| a.peek().await + number;
    read(1).await + read(2).await
}

#[lower]
async fn async_closure_by_move() -> u32 {
    let a = noisy("a");
    let read = async move || a.peek().await;
    let first = read().await;
    tick("between").await;
    first + read().await
}

#[lower]
async fn closure_by_reference(a: Noisy) -> u32 {
    let look = || a.look();
    tick("pause").await;
    look() + a.look()
}

#[lower]
async fn closure_by_mutable_reference() -> u32 {
    let mut count = 0;
    let mut bump = || count += 1;
    bump();
    tick("pause").await;
    bump();
    count + leaf("after", 1, 1).await
}

#[lower]
async fn closure_by_move(a: Noisy) -> u32 {
    let spend = move || a.spend();
    tick("pause").await;
    spend()
}

#[lower]
async fn closure_that_consumes_its_capture() -> u32 {
    let a = noisy("a");
    let b = noisy("b");
    let spend = || a.spend();
    tick("pause").await;
    let number = spend();
    tick("after").await;
    number + b.look()
}

#[lower]
async fn closure_never_called() {
    let a = noisy("a");
    let never = move || a.spend();
    tick("pause").await;
    mark("end");
}

#[lower]
async fn closure_in_an_operand(a: Noisy) -> u32 {
    [1, 2].iter().map(|number| number + a.look()).sum::<u32>() + leaf("after", 1, 1).await
}

#[lower]
async fn closure_that_captures_a_shadowed_name() -> u32 {
    let a = 1;
    let first = || a;
    let a = 2;
    let second = || a;
    tick("pause").await;
    let a = 3;
    first() * 100 + second() * 10 + a
}

#[lower]
async fn closure_with_parameters_that_shadow(number: u32) -> u32 {
    let twice = |number: u32| {
        let inner = number;
        inner * 2
    };
    tick("pause").await;
    twice(5) + number
}

#[lower]
async fn boxed_closures(a: Noisy) -> u32 {
    let mut actions: Vec<Box<dyn FnMut() -> u32 + '_>> = vec![Box::new(|| a.look()), Box::new(|| 1)];
    tick("pause").await;
    let mut sum = 0;
    for action in &mut actions {
        sum += action() + leaf("turn", 1, 1).await;
    }
    sum
}

cases! {
recursive(3),
    mutually_recursive(3),
    async_block_by_reference(),
    async_block_by_move(noisy("a")),
    async_block_never_polled(noisy("a")),
    async_block_with_question_mark(),
    async_block_with_return(),
    async_blocks_in_a_collection(),
    async_closure(noisy("a")),
    async_closure_by_move(),
    closure_by_reference(noisy("a")),
    closure_by_mutable_reference(),
    closure_by_move(noisy("a")),
    closure_that_consumes_its_capture(),
    closure_never_called(),
    closure_in_an_operand(noisy("a")),
    closure_that_captures_a_shadowed_name(),
    closure_with_parameters_that_shadow(1),
    boxed_closures(noisy("a")),
}
