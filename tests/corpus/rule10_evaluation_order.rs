// Operands evaluate left to right and read their places when it is their turn; `=` evaluates its right side first.

#[lower]
async fn old_value_of_a_local() -> u32 {
    let mut x = 1;
    let sum = x + {
        x = 10;
        leaf("pause", 1, 100).await
    };
    sum * 1000 + x
}

#[lower]
async fn old_and_new_value() -> (u32, u32, u32) {
    let mut x = 1;
    (
        x,
        {
            x += 1;
            tick("pause").await;
            x
        },
        {
            x += 1;
            x
        },
    )
}

#[lower]
async fn argument_read_before_a_change() -> u32 {
    fn three(a: u32, b: u32, c: u32) -> u32 {
        a * 100 + b * 10 + c
    }
    let mut x = 1;
    three(
        x,
        {
            x = 2;
            leaf("pause", 1, x).await
        },
        x + 1,
    )
}

#[lower]
async fn parameter_read_before_a_change(mut x: u32) -> u32 {
    x + {
        x = 5;
        tick("pause").await;
        x
    } + x
}

#[lower]
async fn comparison_operands() -> bool {
    let mut x = 1;
    x < {
        x = 0;
        leaf("pause", 1, 1).await
    }
}

#[lower]
async fn assignment_right_side_first() -> Vec<u32> {
    fn slot<'a>(list: &'a mut [u32], index: usize) -> &'a mut u32 {
        mark("slot");
        &mut list[index]
    }
    let mut list = vec![1, 2, 3];
    *slot(&mut list, value("index", 1)) = leaf("right side", 1, 9).await;
    list
}

#[lower]
async fn assignment_to_an_index() -> Vec<u32> {
    let mut list = vec![1, 2, 3];
    list[value("index", 2)] = leaf("right side", 1, 9).await;
    list[leaf("index", 1, 0).await] = value("right side", 8);
    list[leaf("index", 1, 1).await] = leaf("right side", 1, 7).await;
    list
}

#[lower]
async fn assignment_to_a_field() -> (u32, u32) {
    let mut pair = (1, 2);
    pair.0 = leaf("first", 1, pair.1 + 10).await;
    pair.1 = pair.0 + leaf("second", 1, 1).await;
    pair
}

#[lower]
async fn assignment_through_a_reference(mut a: u32) -> u32 {
    let reference = &mut a;
    *reference = leaf("right side", 1, 5).await;
    *reference += leaf("more", 1, 1).await;
    a
}

#[lower]
async fn destructuring_assignment() -> (u32, u32, u32) {
    let (mut a, mut b, mut c) = (1, 2, 3);
    (a, b) = (b, leaf("first", 1, a).await);
    [c, _] = [leaf("second", 1, 7).await, 0];
    (a, .., b) = (a + 1, c, b + leaf("third", 1, 1).await);
    (a, b, c)
}

#[lower]
async fn swap_with_awaits() -> (u32, u32) {
    let (mut a, mut b) = (1, 2);
    (a, b) = (leaf("b", 1, b).await, leaf("a", 1, a).await);
    (a, b)
}

#[lower]
async fn chained_blocks() -> u32 {
    let mut log = Vec::new();
    let number = {
        log.push(1);
        leaf("first", 1, 1).await
    } - {
        log.push(2);
        leaf("second", 1, 0).await
    } * {
        log.push(3);
        leaf("third", 1, 3).await
    };
    number + log.len() as u32
}

#[lower]
async fn copied_field_before_a_change() -> u32 {
    struct Counter {
        count: u32,
    }
    let mut counter = Counter { count: 1 };
    let number = counter.count + {
        counter.count = 50;
        leaf("pause", 1, 1).await
    };
    number + counter.count
}

#[lower]
async fn index_read_before_a_change() -> u32 {
    let mut list = [1, 2, 3];
    let mut index = 0;
    list[index] + {
        index = 2;
        list[0] = 40;
        leaf("pause", 1, 100).await
    } + list[index]
}

#[lower]
async fn copied_reference_before_a_change() -> usize {
    let mut text = "short";
    fn lengths(a: &str, _: (), b: &str) -> usize {
        a.len() * 100 + b.len()
    }
    lengths(
        text,
        {
            text = "longer text";
            tick("pause").await
        },
        text,
    )
}

#[lower]
async fn method_receiver_of_a_copy() -> u32 {
    let mut x = 3_u32;
    x.pow({
        x = 10;
        leaf("exponent", 1, 2).await
    }) + x
}

#[lower]
async fn return_value_read_before_drop(a: Noisy) -> (u32, u32) {
    let mut x = a.look();
    return (x, {
        x = 9;
        leaf("pause", 1, x).await
    });
}

#[lower]
async fn shadowing_in_an_operand() -> u32 {
    let x = 1;
    x + {
        let x = leaf("inner", 1, 10).await;
        x + {
            let x = leaf("innermost", 1, 100).await;
            x
        }
    } + x
}

#[lower]
async fn closure_argument_before_an_await() -> u32 {
    fn apply(function: impl Fn(u32) -> u32, number: u32) -> u32 {
        function(number)
    }
    let base = 10;
    apply(|number| number + base, leaf("argument", 1, 1).await)
}

#[lower]
async fn struct_fields_in_written_order() -> (u32, u32) {
    struct Pair {
        a: u32,
        b: u32,
    }
    let Pair { a, b } = Pair {
        b: leaf("b first", 1, 2).await,
        a: leaf("a second", 1, 1).await,
    };
    (a, b)
}

cases! {
    old_value_of_a_local(),
    old_and_new_value(),
    argument_read_before_a_change(),
    parameter_read_before_a_change(1),
    comparison_operands(),
    assignment_right_side_first(),
    assignment_to_an_index(),
    assignment_to_a_field(),
    assignment_through_a_reference(1),
    destructuring_assignment(),
    swap_with_awaits(),
    chained_blocks(),
    copied_field_before_a_change(),
    index_read_before_a_change(),
    copied_reference_before_a_change(),
    method_receiver_of_a_copy(),
    return_value_read_before_drop(noisy("a")),
    shadowing_in_an_operand(),
    closure_argument_before_an_await(),
    struct_fields_in_written_order(),
}
