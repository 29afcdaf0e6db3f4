// An operand that leaves by `?`, or panics, when others and temporaries have been made: an arm has its temporaries beyond its operands, the tail of a
// block beside them since edition 2024.

fn three(a: Noisy, b: &Noisy, c: u32) -> u32 {
    a.look() + b.look() + c
}
#[lower]
async fn question_mark(k: Option<u32>) -> Option<u32> {
    Some({ three(leaf("l", 1, noisy("n1")).await, &noisy("t"), k?) })
}
#[lower]
async fn question_mark_let(k: Option<u32>) -> Option<u32> {
    let n = { three(leaf("l", 1, noisy("n1")).await, &noisy("t"), k?) };
    Some(n)
}
#[lower]
async fn question_mark_await(k: Option<u32>) -> Option<u32> {
    Some({ three(noisy("n1"), &noisy("t"), leaf("l", 1, k).await?) })
}
#[lower]
async fn arm_question_mark(k: u32, o: Option<u32>) -> Option<u32> {
    Some(match k {
        0 => three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?),
        _ => 1,
    })
}
#[lower]
async fn arm_question_mark_let(k: u32, o: Option<u32>) -> Option<u32> {
    let n = match k {
        0 => three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?),
        _ => 1,
    };
    Some(n)
}
#[lower]
async fn arm_tail(k: u32, o: Option<u32>) -> Option<u32> {
    match k {
        0 => Some(three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?)),
        _ => None,
    }
}
#[lower]
async fn if_tail(k: u32, o: Option<u32>) -> Option<u32> {
    if k == 0 {
        Some(three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?))
    } else {
        None
    }
}
#[lower]
async fn fn_tail(k: u32, o: Option<u32>) -> Option<u32> {
    Some(three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?))
}
#[lower]
async fn fn_tail_direct(k: u32, o: Result<u32, u32>) -> Result<u32, u32> {
    fn three(a: Noisy, b: &Noisy, c: u32) -> Result<u32, u32> {
        Ok(a.look() + b.look() + c)
    }
    three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?)
}
#[lower]
async fn statement(o: Option<u32>) -> Option<u32> {
    three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?);
    let n = three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?);
    Some(n)
}
#[lower]
async fn operand(o: Option<u32>) -> Option<u32> {
    let n = 1 + three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?);
    Some(n)
}
#[lower]
async fn arm_leaf(k: u32, o: Option<u32>) -> Option<u32> {
    let n = match k {
        0 => three(noisy("n1"), &noisy("t"), o?),
        _ => leaf("l", 1, 1).await,
    };
    Some(n)
}
#[lower]
async fn arm_panics(k: u32) -> u32 {
    let n = match k {
        0 => three(
            leaf("l", 1, noisy("n1")).await,
            &noisy("t"),
            noisy("p").look(),
        ),
        _ => 1,
    };
    n
}
#[lower]
async fn arm_with_braces(k: u32, o: Option<u32>) -> Option<u32> {
    let n = match k {
        0 => three(leaf("l", 1, noisy("n1")).await, &noisy("t"), o?),
        _ => 1,
    };
    Some(n)
}
cases! { arm_leaf(0, None), arm_panics(0), arm_with_braces(0, None), question_mark(None), question_mark_let(None), question_mark_await(None), arm_question_mark(0, None), arm_question_mark_let(0, None), arm_tail(0, None), if_tail(0, None), fn_tail(0, None), fn_tail_direct(0, Err(1)), statement(None), operand(None) }
