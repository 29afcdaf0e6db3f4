// Rule 13: what loops and labelled blocks move on some of the ways out of them, in an operand.

fn combine(left: Noisy, right: Noisy) -> u32 {
    left.look() + right.look()
}

#[lower]
async fn moved_by_a_break(p4: Noisy) -> u32 {
    let v = combine(
        {
            let mut i = 0;
            loop {
                i += 1;
                if i >= 2 {
                    break p4;
                }
            }
        },
        leaf("t9", 1, noisy("n8")).await,
    );
    tick("x").await;
    v
}

#[lower]
async fn moved_before_a_break(p4: Noisy, p5: Noisy, p6: Noisy, choice: u32) -> u32 {
    let v = combine(
        {
            let mut i = 0;
            'out: loop {
                i += 1;
                while i < 5 {
                    if i == choice {
                        drop(p4);
                        drop(p5);
                        break 'out;
                    }
                    i += 1;
                }
                drop(p5);
                break;
            }
            noisy("z")
        },
        leaf("t9", 1, noisy("n8")).await,
    );
    tick("x").await;
    v
}

#[lower]
async fn moved_in_a_labelled_block(p4: Noisy, p5: Noisy, choice: bool) -> u32 {
    let v = combine(
        'out: {
            if choice {
                drop(p4);
                break 'out noisy("a");
            }
            drop(p5);
            noisy("b")
        },
        leaf("t9", 1, noisy("n8")).await,
    );
    tick("x").await;
    v
}

#[lower]
async fn moved_and_filled_in_a_loop(p4: Noisy, choice: u32) -> u32 {
    let mut p4 = p4;
    let v = combine(
        {
            for i in 0..4 {
                if i == choice {
                    continue;
                }
                if i == 3 {
                    drop(p4);
                    break;
                }
                drop(p4);
                p4 = noisy("again");
            }
            noisy("z")
        },
        leaf("t9", 1, noisy("n8")).await,
    );
    tick("x").await;
    v
}

cases! {
    moved_by_a_break(noisy("p4")),
    moved_before_a_break(noisy("p4"), noisy("p5"), noisy("p6"), 3),
    moved_before_a_break_none: moved_before_a_break(noisy("p4"), noisy("p5"), noisy("p6"), 9),
    moved_in_a_labelled_block(noisy("p4"), noisy("p5"), true),
    not_moved_in_a_labelled_block: moved_in_a_labelled_block(noisy("p4"), noisy("p5"), false),
    moved_and_filled_in_a_loop(noisy("p4"), 2),
    moved_and_filled_in_a_loop_last: moved_and_filled_in_a_loop(noisy("p4"), 3),
}
