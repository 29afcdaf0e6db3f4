// The temporaries of a loop's head end with the loop, also where the loop is the tail of a block that is an operand.

fn stir(noisy: &mut Noisy, number: u32) -> u32 {
    noisy.touch() + number % 100
}
fn stirs(noisy: &mut Noisy, number: u32) -> Vec<u32> {
    vec![noisy.touch() + number % 100]
}
#[lower]
async fn array_in_a_head(p: u32) {
    leaf("t9", 1, {
        for b in [p, leaf("t5", 1, stir(&mut noisy("n4"), p)).await] {
            mark(format!("{b}"));
        }
    })
    .await;
    mark("x");
}
#[lower]
async fn labelled(p: u32) {
    leaf("t9", 1, {
        'l6: for b in [p, leaf("t5", 1, stir(&mut noisy("n4"), p)).await] {
            if b == 77 {
                continue 'l6;
            }
            mark(format!("{b}"));
        }
    })
    .await;
    mark("x");
}
#[lower]
async fn awaited_in_a_head(p: u32) {
    leaf("t9", 1, {
        for b in leaf("t5", 1, stirs(&mut noisy("n4"), p)).await {
            mark(format!("{b}"));
        }
    })
    .await;
    mark("x");
}
#[lower]
async fn awaiting_in_the_body(p: u32) {
    leaf("t9", 1, {
        for b in leaf("t5", 1, stirs(&mut noisy("n4"), p)).await {
            tick("in").await;
            mark(format!("{b}"));
        }
    })
    .await;
    mark("x");
}
#[lower]
async fn bound_by_a_let(p: u32) {
    let _x = {
        for b in [p, leaf("t5", 1, stir(&mut noisy("n4"), p)).await] {
            mark(format!("{b}"));
        }
    };
    mark("x");
    tick("end").await;
}
#[lower]
async fn before_a_tail(p: u32) {
    if leaf("t9", 1, {
        for b in [p, leaf("t5", 1, stir(&mut noisy("n4"), p)).await] {
            mark(format!("{b}"));
        }
        true
    })
    .await
    {
        mark("y");
    }
    mark("x");
}
#[lower]
async fn other_constructs(p: u32) {
    leaf("t9", 1, {
        while p + leaf("t5", 1, stir(&mut noisy("n4"), p)).await > 1000 {
            mark("b");
        }
    })
    .await;
    leaf("t9", 1, {
        if p + leaf("t5", 1, stir(&mut noisy("n4"), p)).await > 1000 {
            mark("b");
        } else {
            mark("c")
        }
    })
    .await;
    mark("x");
}
#[lower]
async fn behind_a_variable(p: u32) {
    leaf("t9", 1, {
        let y = p;
        for b in [y, leaf("t5", 1, stir(&mut noisy("n4"), p)).await] {
            let v = &b;
            mark(format!("{v}"));
        }
    })
    .await;
    mark("x");
}
cases! {
    array_in_a_head(1), labelled(1), awaited_in_a_head(1), awaiting_in_the_body(1), bound_by_a_let(1), before_a_tail(1), other_constructs(1),
    behind_a_variable(1),
}
