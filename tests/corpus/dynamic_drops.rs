// Drops that depend on the path taken: initialisation, arrays, slices, `@` and `|` patterns. Every value is logged and
// every step of every body panics once.

#[derive(Debug)]
struct Two<T>(T, T);

#[lower]
async fn initialised_on_one_path(flag: bool) {
    let _a;
    if flag {
        _a = noisy("a");
    }
    tick("pause").await;
}

#[lower]
async fn initialised_on_both_paths(flag: bool) -> u32 {
    let a;
    if flag {
        a = leaf("gives", 1, noisy("yes")).await;
    } else {
        a = noisy("no");
    }
    tick("pause").await;
    a.look()
}

#[lower]
async fn initialised_in_a_loop(count: u32) {
    let mut a;
    for index in 0..count {
        a = noisy(format!("turn {index}"));
        tick("turn").await;
        if index == 1 {
            drop(a);
            tick("dropped").await;
        }
    }
}

#[lower]
async fn assigned_when_moved_or_not(flag: bool) -> u32 {
    let mut a = noisy("first");
    if flag {
        tick("moving").await;
        drop(a);
    }
    a = leaf("gives", 1, noisy("second")).await;
    tick("pause").await;
    a.look()
}

#[lower]
async fn assigned_from_a_sibling(flag: bool) -> u32 {
    let mut a = noisy("a");
    let b = noisy("b");
    if flag {
        a = b;
        tick("moved").await;
    } else {
        tick("kept").await;
    }
    tick("pause").await;
    a.look()
}

#[lower]
async fn assigned_from_a_sibling_through_an_await(flag: bool) -> u32 {
    let mut a = noisy("a");
    let b = noisy("b");
    if flag {
        a = leaf("carries", 1, b).await;
    }
    tick("pause").await;
    a.look()
}

#[lower]
async fn field_assigned(flag: bool) -> u32 {
    let mut two = Two(noisy("left"), noisy("right"));
    two.1 = leaf("gives", 1, noisy("new right")).await;
    if flag {
        two.0 = noisy("new left");
        tick("inside").await;
    }
    tick("pause").await;
    two.0.look() + two.1.look()
}

#[lower]
async fn field_moved_and_assigned(flag: bool) -> u32 {
    let mut two = Two(noisy("left"), noisy("right"));
    drop(two.0);
    tick("moved").await;
    if flag {
        two.0 = noisy("new left");
    }
    tick("pause").await;
    two.1.look()
}

#[lower]
async fn struct_assigned_whole() -> Two<Noisy> {
    let mut two = Two(noisy("left"), noisy("right"));
    tick("one").await;
    two = Two(leaf("gives", 1, noisy("new left")).await, noisy("new right"));
    tick("two").await;
    two
}

#[lower]
async fn array_element_patterns() -> u32 {
    let [a, _, c] = [noisy("a"), noisy("b"), noisy("c")];
    tick("pause").await;
    drop(a);
    tick("again").await;
    c.look()
}

#[not_yet]
async fn array_moved_out_in_parts(number: u32) -> u32 {
    let list = [noisy("a"), noisy("b"), noisy("c")];
    tick("before").await;
    let first = match number {
        0 => {
            let [a, ..] = list;
            tick("first").await;
            a.look()
        }
        1 => {
            let [_, b, _] = list;
            tick("second").await;
            b.look()
        }
        2 => {
            let [.., c] = list;
            tick("third").await;
            c.look()
        }
        _ => 0,
    };
    tick("after").await;
    first
}

#[not_yet]
async fn array_rest_moved_out() -> usize {
    let list = [noisy("a"), noisy("b"), noisy("c"), noisy("d")];
    let [_, middle @ .., _] = list;
    tick("pause").await;
    middle.len()
}

#[not_yet]
async fn array_rest_from_the_end(flag: bool) -> usize {
    let list = [noisy("a"), noisy("b"), noisy("c")];
    if flag {
        let [start @ .., _] = list;
        tick("start").await;
        start.len()
    } else {
        let [_, end @ ..] = list;
        tick("end").await;
        end.len()
    }
}

#[lower]
async fn array_built_with_awaits(flag: bool) -> Option<usize> {
    let list = [noisy("a"), leaf("b", 1, flag.then(|| noisy("b"))).await?, leaf("c", 1, noisy("c")).await];
    tick("pause").await;
    Some(list.len())
}

#[lower]
async fn vector_built_with_awaits(flag: bool) -> Option<usize> {
    let list = vec![noisy("a"), leaf("b", 1, flag.then(|| noisy("b"))).await?, noisy("c")];
    tick("pause").await;
    Some(list.len())
}

#[lower]
async fn at_pattern_moves(maybe: Option<Two<Noisy>>) -> u32 {
    match maybe {
        whole @ Some(_) => {
            tick("whole").await;
            whole.map_or(0, |two| two.0.look())
        }
        None => 0,
    }
}

#[lower]
async fn at_pattern_with_references(pair: (Noisy, u32)) -> u32 {
    let ref whole @ (ref first, number @ 1..) = pair else {
        return leaf("else", 1, 0).await;
    };
    tick("pause").await;
    whole.1 + first.look() + number
}

#[lower]
async fn or_pattern_moves(pair: (Option<Noisy>, Option<Noisy>)) -> u32 {
    match pair {
        (Some(a), None) | (None, Some(a)) => {
            tick("one").await;
            a.look()
        }
        (Some(a), Some(_)) => {
            tick("two").await;
            a.look()
        }
        (None, None) => 0,
    }
}

#[lower]
async fn or_pattern_with_guard(result: Result<Noisy, Noisy>, flag: bool) -> u32 {
    match result {
        Ok(a) | Err(a) if leaf("guard", 1, flag).await => {
            tick("guarded").await;
            a.look()
        }
        Ok(a) => a.consume().await,
        Err(a) => a.peek().await,
    }
}

#[lower]
async fn binding_and_wildcard_in_a_tuple() -> u32 {
    let pair = (noisy("a"), noisy("b"));
    let (a, _) = pair;
    tick("one").await;
    drop(a);
    tick("two").await;
    pair.1.look()
}

#[lower]
async fn wildcard_of_a_temporary() -> u32 {
    let (_, b) = (noisy("a"), noisy("b"));
    tick("pause").await;
    b.look()
}

#[lower]
async fn wildcard_of_a_call() -> u32 {
    fn pair() -> (Noisy, Noisy) {
        (noisy("a"), noisy("b"))
    }
    let (_, b) = pair();
    tick("pause").await;
    b.look()
}

#[lower]
async fn mixed_drop_and_copy() -> u32 {
    let (number, a) = leaf("pair", 1, (5, noisy("a"))).await;
    let Two(left, _) = Two(number, 7);
    tick("pause").await;
    left + a.look()
}

#[lower]
async fn break_from_inside_an_operand(flag: bool) -> u32 {
    let mut result = 0;
    loop {
        let list = [
            noisy("first"),
            if flag {
                break;
            } else {
                leaf("second", 1, noisy("second")).await
            },
        ];
        result += list.len() as u32;
        if result > 2 {
            break;
        }
    }
    tick("after").await;
    result
}

#[lower]
async fn box_partially_initialised(flag: bool) -> Option<Box<Two<Noisy>>> {
    Some(Box::new(Two(noisy("left"), leaf("right", 1, flag.then(|| noisy("right"))).await?)))
}

#[lower]
async fn moved_in_a_while_condition() -> u32 {
    let a = noisy("a");
    let mut slot = Some(a);
    let mut sum = 0;
    while let Some(inner) = slot.take() {
        tick("turn").await;
        sum += 1;
        if sum < 3 {
            slot = Some(inner);
        }
    }
    sum
}

#[lower]
async fn uninhabited_variable(flag: bool) -> u32 {
    async fn never(a: Noisy) -> std::convert::Infallible {
        tick("never").await;
        std::future::pending().await
    }
    let a = noisy("a");
    if !flag {
        return a.peek().await;
    }
    match leaf("result", 1, Ok::<u32, std::convert::Infallible>(3)).await {
        Ok(number) => number,
        Err(impossible) => match impossible {},
    }
}

#[lower]
async fn closure_drop_depends_on_the_path(flag: bool) -> u32 {
    let a = noisy("a");
    let use_it = move || a.spend();
    tick("pause").await;
    if flag {
        return use_it();
    }
    tick("not used").await;
    0
}

#[lower]
async fn future_drop_depends_on_the_path(flag: bool) -> u32 {
    let future = initialised_on_both_paths(true);
    tick("pause").await;
    if flag {
        return future.await;
    }
    tick("not used").await;
    0
}

cases! {
    initialised_on_one_path_yes: initialised_on_one_path(true),
    initialised_on_one_path_no: initialised_on_one_path(false),
    initialised_on_both_paths_yes: initialised_on_both_paths(true),
    initialised_on_both_paths_no: initialised_on_both_paths(false),
    initialised_in_a_loop(3),
    assigned_when_moved_or_not_yes: assigned_when_moved_or_not(true),
    assigned_when_moved_or_not_no: assigned_when_moved_or_not(false),
    assigned_from_a_sibling_yes: assigned_from_a_sibling(true),
    assigned_from_a_sibling_no: assigned_from_a_sibling(false),
    assigned_from_a_sibling_through_an_await_yes: assigned_from_a_sibling_through_an_await(true),
    assigned_from_a_sibling_through_an_await_no: assigned_from_a_sibling_through_an_await(false),
    field_assigned_yes: field_assigned(true),
    field_assigned_no: field_assigned(false),
    field_moved_and_assigned_yes: field_moved_and_assigned(true),
    field_moved_and_assigned_no: field_moved_and_assigned(false),
    struct_assigned_whole(),
    array_element_patterns(),
    array_moved_out_in_parts_0: array_moved_out_in_parts(0),
    array_moved_out_in_parts_1: array_moved_out_in_parts(1),
    array_moved_out_in_parts_2: array_moved_out_in_parts(2),
    array_moved_out_in_parts_3: array_moved_out_in_parts(3),
    array_rest_moved_out(),
    array_rest_from_the_end_yes: array_rest_from_the_end(true),
    array_rest_from_the_end_no: array_rest_from_the_end(false),
    array_built_with_awaits_some: array_built_with_awaits(true),
    array_built_with_awaits_none: array_built_with_awaits(false),
    vector_built_with_awaits_some: vector_built_with_awaits(true),
    vector_built_with_awaits_none: vector_built_with_awaits(false),
    at_pattern_moves(Some(Two(noisy("left"), noisy("right")))),
    at_pattern_with_references((noisy("a"), 1)),
    or_pattern_moves_left: or_pattern_moves((Some(noisy("a")), None)),
    or_pattern_moves_right: or_pattern_moves((None, Some(noisy("b")))),
    or_pattern_moves_both: or_pattern_moves((Some(noisy("a")), Some(noisy("b")))),
    or_pattern_with_guard_yes: or_pattern_with_guard(Err(noisy("a")), true),
    or_pattern_with_guard_no: or_pattern_with_guard(Ok(noisy("a")), false),
    binding_and_wildcard_in_a_tuple(),
    wildcard_of_a_temporary(),
    wildcard_of_a_call(),
    mixed_drop_and_copy(),
    break_from_inside_an_operand_yes: break_from_inside_an_operand(true),
    break_from_inside_an_operand_no: break_from_inside_an_operand(false),
    box_partially_initialised_some: box_partially_initialised(true),
    box_partially_initialised_none: box_partially_initialised(false),
    moved_in_a_while_condition(),
    uninhabited_variable_yes: uninhabited_variable(true),
    uninhabited_variable_no: uninhabited_variable(false),
    closure_drop_depends_on_the_path_yes: closure_drop_depends_on_the_path(true),
    closure_drop_depends_on_the_path_no: closure_drop_depends_on_the_path(false),
    future_drop_depends_on_the_path_yes: future_drop_depends_on_the_path(true),
    future_drop_depends_on_the_path_no: future_drop_depends_on_the_path(false),
}
