// Operands already evaluated when a later operand is cancelled drop in reverse order.

struct Three {
    first: Noisy,
    second: u32,
    third: Noisy,
}

fn join(left: Noisy, number: u32, right: Noisy) -> u32 {
    left.look() + number + right.look()
}

#[lower]
async fn call_with_await_in_the_middle() -> u32 {
    join(noisy("left"), leaf("middle", 1, 1).await, noisy("right"))
}

#[lower]
async fn call_with_await_at_the_end() -> (u32, u32) {
    fn take(left: Noisy, right: Noisy, number: u32) -> (u32, u32) {
        (left.look() + right.look(), number)
    }
    take(noisy("left"), noisy("right"), leaf("end", 1, 1).await)
}

#[lower]
async fn every_argument_awaits() -> u32 {
    join(
        leaf("one", 1, noisy("left")).await,
        leaf("two", 1, 2).await,
        leaf("three", 1, noisy("right")).await,
    )
}

#[lower]
async fn tuple_operands() -> (Noisy, u32, Noisy) {
    (noisy("first"), leaf("second", 1, 2).await, noisy("third"))
}

#[lower]
async fn array_operands() -> [Noisy; 3] {
    [
        noisy("first"),
        leaf("second", 1, noisy("second")).await,
        noisy("third"),
    ]
}

#[lower]
async fn array_repeat() -> [u32; 3] {
    [leaf("element", 1, 7).await; 3]
}

#[lower]
async fn struct_operands() -> u32 {
    let three = Three {
        third: noisy("third"),
        second: leaf("second", 1, 2).await,
        first: noisy("first"),
    };
    tick("pause").await;
    three.first.look() + three.second + three.third.look()
}

#[lower]
async fn struct_update(base: Three) -> Three {
    Three {
        second: leaf("second", 1, 2).await,
        first: leaf("first", 1, noisy("new first")).await,
        ..base
    }
}

#[not_yet]
async fn struct_update_with_awaited_base(first: Noisy) -> Three {
    Three {
        first,
        ..leaf(
            "base",
            1,
            Three {
                first: noisy("base first"),
                second: 3,
                third: noisy("base third"),
            },
        )
        .await
    }
}

#[lower]
async fn enum_constructor_operands() -> Option<(Noisy, u32)> {
    Some((noisy("inner"), leaf("number", 1, 1).await))
}

#[lower]
async fn method_arguments(mut list: Vec<Noisy>) -> usize {
    list.insert(
        leaf("index", 1, 0).await,
        leaf("element", 1, noisy("element")).await,
    );
    tick("pause").await;
    list.len()
}

#[lower]
async fn nested_calls() -> u32 {
    fn add(left: u32, right: u32) -> u32 {
        mark("add");
        left + right
    }
    add(
        add(value("one", 1), leaf("two", 1, 2).await),
        add(leaf("three", 1, 3).await, value("four", 4)),
    )
}

#[lower]
async fn temporaries_of_earlier_operands(a: Noisy) -> u32 {
    fn read(view: &View<'_>, number: u32) -> u32 {
        view.look() + number
    }
    let number = read(&a.view(), leaf("second", 1, 2).await);
    mark("after statement");
    number
}

#[lower]
async fn mutable_temporary_of_an_earlier_operand() -> u32 {
    fn fill(list: &mut Vec<Noisy>, element: Noisy) -> u32 {
        list.push(element);
        list.len() as u32
    }
    fill(
        &mut vec![noisy("already")],
        leaf("element", 1, noisy("element")).await,
    )
}

#[lower]
async fn references_to_locals_in_operands(a: Noisy, mut b: Noisy) -> u32 {
    fn use_both(a: &Noisy, b: &mut Noisy, number: u32) -> u32 {
        a.look() + b.touch() + number
    }
    use_both(&a, &mut b, leaf("third", 1, 1).await)
}

#[lower]
async fn local_moved_into_an_earlier_operand(a: Noisy) -> u32 {
    fn take(a: Noisy, number: u32) -> u32 {
        a.look() + number
    }
    take(a, leaf("second", 1, 1).await)
}

#[lower]
async fn awaited_call_with_awaited_arguments() -> u32 {
    async fn inner(left: Noisy, number: u32) -> u32 {
        tick("inner").await;
        left.look() + number
    }
    inner(noisy("left"), leaf("argument", 1, 3).await).await
}

#[lower]
async fn operand_with_early_exit(flag: bool) -> Result<u32, Failure> {
    Ok(join(
        noisy("left"),
        if flag {
            succeed("good", 1).await?
        } else {
            fail("bad").await?
        },
        noisy("right"),
    ))
}

#[lower]
async fn operand_with_break() -> u32 {
    'out: {
        join(
            noisy("left"),
            match leaf("middle", 1, 3).await {
                3 => break 'out 99,
                other => other,
            },
            noisy("right"),
        )
    }
}

#[lower]
async fn boxed_operand() -> Box<(Noisy, u32)> {
    Box::new((noisy("boxed"), leaf("number", 1, 1).await))
}

#[lower]
async fn closure_as_callee(a: Noisy) -> u32 {
    let add = |left: u32, right: u32| left + right + a.look();
    add(leaf("left", 1, 1).await, leaf("right", 1, 2).await)
}

#[lower]
async fn callee_is_awaited() -> u32 {
    fn double(number: u32) -> u32 {
        number * 2
    }
    leaf("callee", 1, double as fn(u32) -> u32).await(leaf("argument", 1, 4).await)
}

#[lower]
async fn range_operands() -> Vec<u32> {
    let mut seen = Vec::new();
    for number in leaf("start", 1, 1).await..leaf("end", 1, 4).await {
        seen.push(number);
    }
    seen.extend(value("from", 7)..=leaf("to", 1, 8).await);
    seen
}

#[lower]
async fn casts_and_unary() -> (u64, i32, bool) {
    (
        leaf("cast", 1, 300_u32).await as u8 as u64,
        -leaf("negated", 1, 5).await,
        !leaf("inverted", 1, false).await,
    )
}

#[lower]
async fn dereference_of_awaited(a: Noisy) -> u32 {
    *leaf("boxed", 1, Box::new(5)).await + *&leaf("reference", 1, 6).await
}

#[lower]
async fn chain_of_twenty_operands() -> u32 {
    value("1", 1)
        + leaf("2", 1, 2).await
        + value("3", 3)
        + leaf("4", 1, 4).await
        + value("5", 5) * leaf("6", 1, 6).await
        - value("7", 7)
        + leaf("8", 1, 8).await % value("9", 9)
        + (leaf("10", 1, 10).await << value("11", 1))
}

cases! {
    call_with_await_in_the_middle(),
    call_with_await_at_the_end(),
    every_argument_awaits(),
    tuple_operands(),
    array_operands(),
    array_repeat(),
    struct_operands(),
    struct_update: struct_update(Three { first: noisy("f"), second: 0, third: noisy("t") }),
    struct_update_with_awaited_base(noisy("own first")),
    enum_constructor_operands(),
    method_arguments(vec![noisy("old")]),
    nested_calls(),
    temporaries_of_earlier_operands(noisy("a")),
    mutable_temporary_of_an_earlier_operand(),
    references_to_locals_in_operands(noisy("a"), noisy("b")),
    local_moved_into_an_earlier_operand(noisy("a")),
    awaited_call_with_awaited_arguments(),
    operand_with_early_exit_good: operand_with_early_exit(true),
    operand_with_early_exit_bad: operand_with_early_exit(false),
    operand_with_break(),
    boxed_operand(),
    closure_as_callee(noisy("a")),
    callee_is_awaited(),
    range_operands(),
    casts_and_unary(),
    dereference_of_awaited(noisy("a")),
    chain_of_twenty_operands(),
}

impl Debug for Three {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {} {}", self.first, self.second, self.third)
    }
}
