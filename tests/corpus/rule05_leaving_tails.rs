// A value that a block leaves with is its tail: up to edition 2021 its temporaries outlive the block's variables, but not the body or branch
// that the block is. (rustfmt would end these tails by semicolons.)
#[lower]
#[rustfmt::skip]
async fn let_else_returns(o: Option<Noisy>) -> u32 {
    let local = noisy("local");
    let Some(v) = o else {
        tick("x").await;
        return noisy("t").look();
    };
    v.look()
}
#[lower]
#[rustfmt::skip]
async fn let_else_tail(o: Option<Noisy>) -> u32 {
    let local = noisy("local");
    let Some(v) = o else {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    };
    v.look()
}
#[lower]
#[rustfmt::skip]
async fn let_else_breaks(o: Option<Noisy>) -> u32 {
    loop {
        let local = noisy("local");
        let Some(v) = o else {
            let inner = noisy("inner");
            tick("x").await;
            break noisy("t").look()
        };
        return v.look();
    }
}
#[lower]
#[rustfmt::skip]
async fn block_statement() -> u32 {
    let local = noisy("local");
    {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    }
    mark("never");
    1
}
#[lower]
#[rustfmt::skip]
async fn block_tail() -> u32 {
    let local = noisy("local");
    {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    }
}
#[lower]
#[rustfmt::skip]
async fn let_block() -> u32 {
    let local = noisy("local");
    let x: u32 = {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    };
    x
}
#[lower]
#[rustfmt::skip]
async fn assigned_block() -> u32 {
    let local = noisy("local");
    let x: u32;
    x = {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    };
    x
}
#[lower]
#[rustfmt::skip]
async fn unsafe_block() -> u32 {
    let local = noisy("local");
    unsafe {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    };
    3
}
#[lower]
#[rustfmt::skip]
async fn loop_block() -> u32 {
    let local = noisy("local");
    loop {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    }
}
#[lower]
#[rustfmt::skip]
async fn match_arm(k: u32) -> u32 {
    let local = noisy("local");
    match k { 1 => {
        let inner = noisy("inner");
        tick("x").await;
        return noisy("t").look()
    } 2 => { tick("y").await; return noisy("u").look() } _ => return noisy("v").look() }
}
#[lower]
#[rustfmt::skip]
async fn labelled() -> u32 {
    let local = noisy("local");
    let n = 'a: {
        let inner = noisy("inner");
        tick("x").await;
        { let more = noisy("more"); break 'a noisy("t").look() }
    };
    n
}
#[lower]
#[rustfmt::skip]
async fn part_of_let_else(o: (Option<Noisy>, Noisy)) -> u32 {
    let local = noisy("local");
    tick("a").await;
    let (Some(v), _) = o else {
        tick("x").await;
        return noisy("t").look()
    };
    tick("b").await;
    v.look()
}
cases! { let_else_returns(None), let_else_tail(None), let_else_breaks(None), block_statement(), block_tail(), let_block(), assigned_block(), unsafe_block(), loop_block(), match_arm_1: match_arm(1), match_arm_2: match_arm(2), match_arm_3: match_arm(3), labelled(), part_of_let_else((None, noisy("p"))) }
