// A panic drops locals, then parameters, while unwinding; a later poll panics with rustc's words; a later drop does
// nothing.

#[lower]
async fn panics_at_once(p: Noisy) -> u32 {
    let a = noisy("a");
    panic!("at once")
}

#[lower]
async fn panics_after_an_await(p: Noisy) -> u32 {
    let a = noisy("a");
    tick("pause").await;
    let b = noisy("b");
    panic!("after {}", a.look())
}

#[lower]
async fn panics_in_an_operand() -> u32 {
    fn three(a: Noisy, b: u32, c: Noisy) -> u32 {
        b
    }
    three(noisy("left"), leaf("middle", 1, None).await.unwrap(), noisy("right"))
}

#[lower]
async fn panics_in_a_called_function(a: Noisy) -> u32 {
    fn fails(a: Noisy) -> u32 {
        panic!("inside")
    }
    tick("pause").await;
    fails(a)
}

#[lower]
async fn panics_in_an_awaited_function(a: Noisy) -> u32 {
    let local = noisy("local");
    panics_after_an_await(a).await
}

#[lower]
async fn index_out_of_bounds(list: Vec<u32>) -> u32 {
    let index = leaf("index", 1, 5).await;
    list[index]
}

#[lower]
async fn overflow(number: u8) -> u8 {
    let a = noisy("a");
    number + leaf("more", 1, 200_u8).await
}

#[lower]
async fn overflow_in_a_compound_assignment(mut number: u8) -> u8 {
    number += leaf("more", 1, 200_u8).await;
    number
}

#[lower]
async fn division_by_zero(number: u32) -> u32 {
    number / leaf("divisor", 1, 0).await
}

#[lower]
async fn expect_fails(a: Noisy) -> u32 {
    let number: Result<u32, Failure> = fail("wrong").await;
    number.expect("a number")
}

#[lower]
async fn assertion_fails(a: Noisy) {
    assert_eq!(leaf("left", 1, 1).await, 2, "of {}", a.look());
}

#[lower]
async fn unreachable_branch(number: u32) -> u32 {
    match leaf("number", 1, number).await {
        1 => 1,
        other => unreachable!("number {other}"),
    }
}

#[lower]
async fn caught_inside(a: Noisy) -> u32 {
    tick("before").await;
    let result = std::panic::catch_unwind(|| {
        let inner = noisy("inner");
        std::panic::panic_any("caught")
    });
    tick("after").await;
    result.is_err() as u32
}

#[lower]
async fn panics_in_a_drop() {
    struct Fails(Noisy);
    impl Drop for Fails {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                panic!("in drop");
            }
        }
    }
    let a = noisy("a");
    let fails = Fails(noisy("inner"));
    let b = noisy("b");
    tick("pause").await;
}

#[lower]
async fn panics_in_a_closure(a: Noisy) -> u32 {
    let fails = || -> u32 { panic!("in closure {}", a.look()) };
    tick("pause").await;
    fails()
}

#[lower]
async fn panics_in_a_guard(number: u32) -> u32 {
    match number {
        1 if leaf("guard", 1, None::<bool>).await.unwrap() => 1,
        _ => 2,
    }
}

#[lower]
async fn panics_in_a_loop() -> u32 {
    let mut sum = 0;
    for index in 0..4 {
        let a = noisy(format!("turn {index}"));
        tick("turn").await;
        sum += 10 / (2_u32.checked_sub(index).expect("not too large") + 1);
    }
    sum
}

#[lower]
async fn never_returns(a: Noisy) -> std::convert::Infallible {
    tick("pause").await;
    panic!("never")
}

#[lower]
async fn diverges_with_the_never_type(flag: bool) -> u32 {
    async fn stop(a: Noisy) -> ! {
        tick("stop").await;
        panic!("stopped")
    }
    let a = noisy("a");
    if flag { stop(a).await } else { leaf("other", 1, 1).await }
}

#[lower]
async fn panics_while_a_borrow_is_held(mut a: Noisy) -> u32 {
    let reference = &mut a;
    reference.change().await;
    let text = String::from("text");
    let slice = &text[leaf("start", 1, 1).await..];
    assert!(slice.is_empty(), "not empty: {slice}");
    reference.touch()
}

#[lower]
async fn todo_and_unimplemented(flag: bool) -> u32 {
    tick("pause").await;
    if flag { todo!() } else { unimplemented!("yet") }
}

#[lower]
async fn location_of_the_caller() -> u32 {
    #[track_caller]
    fn here() -> u32 {
        std::panic::Location::caller().line()
    }
    let first = here();
    tick("pause").await;
    let second = here() + leaf("operand", 1, 0).await;
    second * 1000 + first
}

cases! {
    panics_at_once(noisy("p")),
    panics_after_an_await(noisy("p")),
    panics_in_an_operand(),
    panics_in_a_called_function(noisy("a")),
    panics_in_an_awaited_function(noisy("a")),
    index_out_of_bounds(vec![1]),
    overflow(100),
    overflow_in_a_compound_assignment(100),
    division_by_zero(1),
    expect_fails(noisy("a")),
    assertion_fails(noisy("a")),
    unreachable_branch(2),
    caught_inside(noisy("a")),
    panics_in_a_drop(),
    panics_in_a_closure(noisy("a")),
    panics_in_a_guard(1),
    panics_in_a_loop(),
    never_returns(noisy("a")),
    diverges_with_the_never_type(true),
    panics_while_a_borrow_is_held(noisy("a")),
    todo_and_unimplemented_todo: todo_and_unimplemented(true),
    todo_and_unimplemented_other: todo_and_unimplemented(false),
    location_of_the_caller(),
}
