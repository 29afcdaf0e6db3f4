// Locals drop before parameters, in reverse order of declaration, at the end of their own block.

#[lower]
async fn two_locals(p: Noisy) -> u32 {
    let a = noisy("a");
    let b = noisy("b");
    tick("pause").await;
    a.look() + b.look() + p.look()
}

#[lower]
async fn locals_between_awaits(p: Noisy) {
    let a = noisy("a");
    tick("first").await;
    let b = noisy("b");
    tick("second").await;
    let c = noisy("c");
    tick("third").await;
}

#[lower]
async fn inner_block(p: Noisy) -> u32 {
    let outer = noisy("outer");
    {
        let inner = noisy("inner");
        tick("in block").await;
        inner.look();
    }
    tick("after block").await;
    outer.look()
}

#[lower]
async fn block_value(p: Noisy) -> u32 {
    let number = {
        let inner = noisy("inner");
        tick("in block").await;
        inner.look()
    };
    tick("after block").await;
    number + p.look()
}

#[lower]
async fn block_gives_out_its_local() -> u32 {
    let kept = {
        let inner = noisy("inner");
        let dropped = noisy("dropped");
        tick("in block").await;
        inner
    };
    tick("after block").await;
    kept.look()
}

#[lower]
async fn disjoint_blocks() -> u32 {
    let first = {
        let a = noisy("a");
        tick("one").await;
        a.look()
    };
    let second = {
        let b = noisy("b");
        tick("two").await;
        b.look()
    };
    first + second
}

#[lower]
async fn deeply_nested_blocks() {
    let a = noisy("a");
    {
        let b = noisy("b");
        {
            let c = noisy("c");
            tick("depth three").await;
            {
                let d = noisy("d");
                tick("depth four").await;
            }
            mark("left depth four");
            tick("depth three again").await;
        }
        tick("depth two").await;
    }
    tick("depth one").await;
}

#[lower]
async fn local_not_crossing() -> u32 {
    let number = {
        let plain = noisy("plain");
        plain.look()
    };
    tick("pause").await;
    let late = noisy("late");
    late.look() + number
}

#[lower]
async fn local_dropped_explicitly() {
    let a = noisy("a");
    let b = noisy("b");
    tick("first").await;
    drop(a);
    tick("second").await;
    mark("end");
}

#[lower]
async fn unused_locals() {
    let _a = noisy("a");
    let _ = noisy("at once");
    let _b = noisy("b");
    tick("pause").await;
}

#[lower]
async fn tail_of_block_is_await() -> u32 {
    let a = noisy("a");
    {
        let b = noisy("b");
        leaf("tail", 1, a.look() + b.look()).await
    }
}

#[lower]
async fn branch_scopes(flag: bool) -> u32 {
    let outer = noisy("outer");
    if flag {
        let yes = noisy("yes");
        tick("yes").await;
        yes.look()
    } else {
        let no = noisy("no");
        leaf("no", 2, ()).await;
        let other = noisy("other");
        no.look() + other.look()
    }
}

#[lower]
async fn loop_scopes(count: usize) {
    let outer = noisy("outer");
    for index in 0..count {
        let inner = noisy(format!("inner {index}"));
        tick("turn").await;
        inner.look();
    }
    tick("after").await;
}

#[lower]
async fn block_in_operand() -> u32 {
    1 + {
        let a = noisy("a");
        tick("pause").await;
        a.look()
    } + {
        let b = noisy("b");
        tick("again").await;
        b.look()
    }
}

#[lower]
async fn items_before_use(p: Noisy) -> u32 {
    tick("pause").await;
    const BASE: u32 = 10;
    fn helper(noisy: &Noisy) -> u32 {
        noisy.look() + BASE
    }
    helper(&p)
}

cases! {
    two_locals(noisy("p")),
    locals_between_awaits(noisy("p")),
    inner_block(noisy("p")),
    block_value(noisy("p")),
    block_gives_out_its_local(),
    disjoint_blocks(),
    deeply_nested_blocks(),
    local_not_crossing(),
    local_dropped_explicitly(),
    unused_locals(),
    tail_of_block_is_await(),
    branch_scopes_yes: branch_scopes(true),
    branch_scopes_no: branch_scopes(false),
    loop_scopes(3),
    loop_scopes_empty: loop_scopes(0),
    block_in_operand(),
    items_before_use(noisy("p")),
}
