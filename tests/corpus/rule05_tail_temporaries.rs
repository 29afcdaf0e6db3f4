// Temporaries of a tail expression: after the locals in edition 2021, before them in 2024.

#[lower]
async fn tail_view(a: Noisy) -> u32 {
    let local = noisy("local");
    a.view().load().await
}

#[lower]
async fn tail_view_in_a_block(a: Noisy) -> u32 {
    let number = {
        let local = noisy("local");
        a.view().load().await
    };
    tick("after").await;
    number
}

#[lower]
async fn tail_owned_temporary() -> u32 {
    let local = noisy("local");
    noisy("temporary").peek().await
}

#[lower]
async fn tail_without_await_after_await(a: Noisy) -> u32 {
    let local = noisy("local");
    tick("pause").await;
    a.view().look()
}

#[lower]
async fn tail_with_an_await_in_an_argument(a: Noisy) -> u32 {
    let local = noisy("local");
    a.view().look() + leaf("argument", 1, 1).await
}

#[lower]
async fn tail_of_an_if(a: Noisy, flag: bool) -> u32 {
    let local = noisy("local");
    if flag {
        let inner = noisy("inner");
        a.view().load().await
    } else {
        a.view().look()
    }
}

#[lower]
async fn tail_match_scrutinee(a: Noisy) -> u32 {
    let local = noisy("local");
    match a.view().load().await {
        0 => 0,
        number => {
            tick("arm").await;
            number
        }
    }
}

#[lower]
async fn tail_of_an_arm(a: Noisy) -> u32 {
    let local = noisy("local");
    match a.look() {
        0 => 0,
        _ => a.view().load().await,
    }
}

#[lower]
async fn tail_output_is_noisy(a: Noisy) -> Noisy {
    let local = noisy("local");
    async fn make(view: &View<'_>) -> Noisy {
        tick("make").await;
        view.look();
        noisy("output")
    }
    make(&a.view()).await
}

#[lower]
async fn tail_call_with_two_temporaries(a: Noisy, b: Noisy) -> u32 {
    async fn read(left: &View<'_>, right: &View<'_>) -> u32 {
        tick("read").await;
        left.look() + right.look()
    }
    let local = noisy("local");
    read(&a.view(), &b.view()).await
}

#[lower]
async fn tail_with_return(a: Noisy) -> u32 {
    let local = noisy("local");
    return a.view().load().await;
}

#[lower]
async fn tail_macro(a: Noisy) -> String {
    let local = noisy("local");
    format!("{} {}", a.view().look(), noisy("temporary").peek().await)
}

#[lower]
async fn tail_struct(a: Noisy) -> (u32, u32) {
    let local = noisy("local");
    (a.view().look(), a.view().load().await)
}

#[lower]
async fn tail_question_mark(a: Noisy) -> Result<u32, Failure> {
    async fn read(view: &View<'_>) -> Result<u32, Failure> {
        tick("read").await;
        Ok(view.look())
    }
    let local = noisy("local");
    Ok(read(&a.view()).await?)
}

#[lower]
async fn tail_of_a_loop_body(a: Noisy) {
    for index in 0..2 {
        let local = noisy("local");
        drop(a.view().load().await)
    }
}

#[lower]
async fn tail_unsafe_and_labelled_blocks(a: Noisy) -> u32 {
    let first = unsafe {
        let local = noisy("local");
        a.view().load().await
    };
    let second = 'block: {
        let local = noisy("second local");
        a.view().load().await
    };
    first + second
}

#[lower]
async fn statement_instead_of_tail(a: Noisy) -> u32 {
    let local = noisy("local");
    let number = a.view().load().await;
    number
}

#[lower]
async fn nested_tails(a: Noisy) -> u32 {
    let outer = noisy("outer");
    {
        let middle = noisy("middle");
        {
            let inner = noisy("inner");
            a.view().load().await
        }
    }
}

#[lower]
async fn tail_lock(state: Lock<u32>) -> u32 {
    let local = noisy("local");
    *state.guard() + leaf("more", 1, 1).await
}

#[lower]
async fn tail_acquired_lock(state: Lock<Noisy>) -> u32 {
    let local = noisy("local");
    state.acquire().await.peek().await
}

cases! {
    tail_view(noisy("a")),
    tail_view_in_a_block(noisy("a")),
    tail_owned_temporary(),
    tail_without_await_after_await(noisy("a")),
    tail_with_an_await_in_an_argument(noisy("a")),
    tail_of_an_if_yes: tail_of_an_if(noisy("a"), true),
    tail_of_an_if_no: tail_of_an_if(noisy("a"), false),
    tail_match_scrutinee(noisy("a")),
    tail_of_an_arm(noisy("a")),
    tail_output_is_noisy(noisy("a")),
    tail_call_with_two_temporaries(noisy("a"), noisy("b")),
    tail_with_return(noisy("a")),
    tail_macro(noisy("a")),
    tail_struct(noisy("a")),
    tail_question_mark(noisy("a")),
    tail_of_a_loop_body(noisy("a")),
    tail_unsafe_and_labelled_blocks(noisy("a")),
    statement_instead_of_tail(noisy("a")),
    nested_tails(noisy("a")),
    tail_lock(lock("state", 3)),
    tail_acquired_lock(lock("state", noisy("content"))),
}
