// Temporaries that blocks, branches and matches leave behind where they are operands and something awaits later.

fn two<A, B>(a: A, b: B) -> u32 {
    mark("two");
    2
}
#[lower]
async fn if_let_operand(l: Lock<Option<u32>>) -> u32 {
    let r = two(
        if let Some(n) = *l.guard() {
            n
        } else {
            l.is_held();
            0
        },
        leaf("x", 1, 1).await,
    );
    l.is_held();
    r
}
#[lower]
async fn if_let_value_operand(a: Option<Noisy>, b: Noisy) -> u32 {
    fn make(a: Option<Noisy>) -> Option<Noisy> {
        a
    }
    let r = two(
        if let Some(n) = make(a) {
            n.look()
        } else {
            b.look()
        },
        leaf("x", 1, 1).await,
    );
    r
}
#[lower]
async fn if_let_value_kept(b: Noisy) -> u32 {
    fn make(a: Noisy) -> (Noisy, Noisy, u32) {
        (a, noisy("m2"), 4)
    }
    let r = two(
        if let (_, x, 4) = make(noisy("m1")) {
            x.look()
        } else {
            b.look()
        },
        leaf("x", 1, 1).await,
    );
    r
}
#[lower]
async fn match_value_operand(a: Option<Noisy>) -> u32 {
    fn make(a: Option<Noisy>) -> Option<Noisy> {
        a
    }
    let r = two(
        match make(a) {
            Some(x) => x,
            None => noisy("none"),
        },
        leaf("x", 1, 1).await,
    );
    r
}
#[lower]
async fn match_guard_operand(l: Lock<Option<u32>>) -> u32 {
    let r = two(
        match *l.guard() {
            Some(n) if n > 1 => n,
            _ => 0,
        },
        leaf("x", 1, 1).await,
    );
    l.is_held();
    r
}
#[lower]
async fn block_match_tail(l: Lock<Option<u32>>) -> u32 {
    let r = two(
        {
            let k = noisy("k");
            match *l.guard() {
                Some(n) if n > 1 => n,
                _ => k.look(),
            }
        },
        leaf("x", 1, 1).await,
    );
    l.is_held();
    r
}
#[lower]
async fn block_if_let_tail(l: Lock<Option<u32>>) -> u32 {
    let r = leaf("x", 1, {
        let k = noisy("k");
        if let Some(n) = *l.guard() {
            n
        } else {
            k.look()
        }
    })
    .await
        + leaf("y", 1, 1).await;
    l.is_held();
    r
}
#[lower]
async fn block_tuple_tail(a: Noisy) -> u32 {
    two(
        {
            let k = noisy("k");
            (a.view().look(), k.look())
        },
        leaf("x", 1, 1).await,
    )
}
#[lower]
async fn repeat_operand(a: Noisy) -> u32 {
    two([a.view().look(); 2], leaf("x", 1, 1).await)
}
#[lower]
async fn matches_operand(l: Lock<Option<u32>>) -> u32 {
    let r = two(matches!(*l.guard(), Some(3)), leaf("x", 1, 1).await);
    l.is_held();
    r
}
#[lower]
async fn and_operand(l: Lock<Option<u32>>, a: Noisy) -> u32 {
    let r = two(
        l.guard().is_some() && a.view().look() == 1,
        leaf("x", 1, 1).await,
    );
    l.is_held();
    r
}
#[lower]
async fn block_tail_temp(a: Noisy) -> u32 {
    leaf("x", 1, {
        let b = noisy("b");
        a.view().look() + b.look()
    })
    .await
}
#[lower]
async fn if_tail_temp(a: Noisy, flag: bool) -> (u32, u32) {
    (
        if flag {
            a.view().look()
        } else {
            noisy("else").look()
        },
        leaf("y", 1, 3).await,
    )
}
#[lower]
async fn call_if_tail_temp(a: Noisy, flag: bool) -> u32 {
    leaf(
        if flag {
            format!("{}", a.name()).as_str().to_owned()
        } else {
            String::from("no")
        },
        1,
        4,
    )
    .await
}
#[lower]
async fn unsafe_tail_temp(a: Noisy) -> u32 {
    let k = leaf("x", 1, unsafe { a.view().look() }).await + 1;
    k
}
#[lower]
async fn order_before_block(a: Noisy) -> u32 {
    fn three(x: u32, y: u32, z: u32) -> Leaf<u32> {
        leaf("three", 1, x + y + z)
    }
    three(
        value("first", 1),
        {
            mark("block");
            a.view().look()
        },
        value("last", 2),
    )
    .await
}
#[lower]
async fn nested_blocks(a: Noisy) -> u32 {
    fn id<T>(t: T) -> T {
        t
    }
    leaf(
        "o",
        1,
        id({
            let x = noisy("x");
            x.look() + {
                let y = noisy("y");
                a.view().look() + y.look()
            }
        }),
    )
    .await
}
#[lower]
async fn labelled_block_operand(a: Noisy, f: bool) -> u32 {
    two(
        'b: {
            if f {
                break 'b a.view().look();
            }
            a.view().look()
        },
        leaf("x", 1, 1).await,
    )
}
#[lower]
async fn block_receiver(a: Noisy) -> u32 {
    ({
        let t = noisy("t");
        a.view()
    })
    .look()
        + leaf("x", 1, 1).await
}
#[lower]
async fn block_receiver_args(v: Vec<u32>) -> usize {
    let mut w = v;
    ({
        mark("blk");
        &mut w
    })
    .push(leaf("x", 1, 1).await);
    w.len()
}
#[lower]
async fn if_let_in_await_operand(l: Lock<Option<u32>>) -> u32 {
    leaf(
        "x",
        1,
        if let Some(n) = *l.guard() {
            n
        } else {
            l.is_held();
            0
        },
    )
    .await;
    l.is_held();
    2
}
#[lower]
async fn block_diverges(a: Noisy, f: bool) -> Option<u32> {
    let r = two(
        {
            if f {
                return None;
            }
            a.view().look()
        },
        leaf("x", 1, 1).await,
    );
    let q = two(
        {
            let o = if f { None } else { Some(a.view()) };
            o?.look()
        },
        leaf("x", 1, 1).await,
    );
    Some(r + q)
}
// The elements of a `vec!` are dropped before the temporaries of the tail that it is.

#[lower]
async fn vec_simple(p1: Noisy) -> u32 {
    let v = {
        let x = noisy("x");
        vec![
            p1,
            match noisy("l").view() {
                b => {
                    tick("m").await;
                    noisy("n")
                }
            },
        ]
    };
    tick("e").await;
    1
}
#[lower]
async fn vec_tail_of_function(p1: Noisy) -> Vec<Noisy> {
    vec![
        p1,
        match noisy("l").view() {
            b => {
                tick("m").await;
                noisy("n")
            }
        },
    ]
}
#[lower]
async fn vec_three(p1: Noisy) -> Vec<Noisy> {
    vec![
        p1,
        match noisy("l").view() {
            b => {
                tick("m").await;
                noisy("n")
            }
        },
        match noisy("k").view() {
            b => {
                tick("m2").await;
                noisy("n2")
            }
        },
        leaf("z", 1, noisy("z")).await,
    ]
}
#[lower]
async fn vec_arm(p1: Noisy) -> Vec<Noisy> {
    match p1.look() {
        1000 => vec![],
        _ => vec![
            p1,
            match noisy("l").view() {
                b => {
                    tick("m").await;
                    noisy("n")
                }
            },
            leaf("z", 1, noisy("z")).await,
        ],
    }
}
#[lower]
async fn vec_block_in_let(p1: Noisy) -> Vec<Noisy> {
    let v = {
        vec![
            p1,
            match noisy("l").view() {
                b => {
                    tick("m").await;
                    noisy("n")
                }
            },
        ]
    };
    v
}
#[lower]
async fn vec_by_value(p1: Noisy) -> Vec<Noisy> {
    let v = {
        let x = noisy("x");
        vec![
            p1,
            match noisy("l") {
                b => {
                    tick("m").await;
                    noisy("n")
                }
            },
        ]
    };
    v
}
#[lower]
async fn vec_made_value(p1: Noisy) -> Vec<Noisy> {
    let v = {
        let x = noisy("x");
        vec![
            noisy("made"),
            match noisy("l").view() {
                b => {
                    tick("m").await;
                    noisy("n")
                }
            },
        ]
    };
    v
}
#[lower]
async fn vec_within(p1: Noisy) -> Option<Vec<Noisy>> {
    Some(vec![
        p1,
        match noisy("l").view() {
            b => {
                tick("m").await;
                noisy("n")
            }
        },
    ])
}

#[lower]
async fn boxed_in_a_tail(k: u32) -> u32 {
    let n = give({
        let mut v8: Box<Noisy> = if k > 0 {
            tick("m3").await;
            Box::new(noisy("n4"))
        } else {
            Box::new(noisy("n7"))
        };
        (v8.view().look() + plus(noisy("n10"), noisy("n11")))
    })
    .await;
    n
}
async fn give(n: u32) -> u32 {
    tick("give").await;
    n
}
fn plus(a: Noisy, b: Noisy) -> u32 {
    a.look() + b.look()
}
cases! {
    boxed_in_a_tail(1),
    vec_simple: vec_simple(noisy("p")),
    vec_tail_of_function: vec_tail_of_function(noisy("p")),
    vec_three: vec_three(noisy("p")),
    vec_arm: vec_arm(noisy("p")),
    vec_block_in_let: vec_block_in_let(noisy("p")),
    vec_by_value: vec_by_value(noisy("p")),
    vec_made_value: vec_made_value(noisy("p")),
    vec_within: vec_within(noisy("p")),

    if_let_operand_a: if_let_operand(lock("l", Some(1))), if_let_operand_b: if_let_operand(lock("l", None)),
    ilv_a: if_let_value_operand(Some(noisy("o")), noisy("b")), ilv_b: if_let_value_operand(None, noisy("b")), if_let_value_kept(noisy("b")),
    mvo_a: match_value_operand(Some(noisy("o"))), mvo_b: match_value_operand(None),
    mgo_a: match_guard_operand(lock("l", Some(3))), mgo_b: match_guard_operand(lock("l", None)),
    bmt_a: block_match_tail(lock("l", Some(3))), bmt_b: block_match_tail(lock("l", None)),
    bil_a: block_if_let_tail(lock("l", Some(3))), bil_b: block_if_let_tail(lock("l", None)),
    block_tuple_tail(noisy("a")), repeat_operand(noisy("a")), mo_a: matches_operand(lock("l", Some(3))), and_operand(lock("l", Some(1)), noisy("a")),
    block_tail_temp(noisy("a")),
    if_tail_temp_y: if_tail_temp(noisy("a"), true), if_tail_temp_n: if_tail_temp(noisy("a"), false),
    call_if_tail_temp_y: call_if_tail_temp(noisy("a"), true), call_if_tail_temp_n: call_if_tail_temp(noisy("a"), false),
    unsafe_tail_temp(noisy("a")), order_before_block(noisy("a")), nested_blocks(noisy("a")),
    lbo_a: labelled_block_operand(noisy("a"), true), lbo_b: labelled_block_operand(noisy("a"), false),
    block_receiver(noisy("a")), block_receiver_args(vec![1]), ila_a: if_let_in_await_operand(lock("l", Some(3))), ila_b: if_let_in_await_operand(lock("l", None)),
    bd_a: block_diverges(noisy("a"), false), bd_b: block_diverges(noisy("a"), true),
}
