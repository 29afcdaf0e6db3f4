// Every position an await can stand in, one body a position.

use std::ops::{Deref, Index};

#[lower]
async fn statement() {
    tick("statement").await;
}

#[lower]
async fn initialiser() -> u32 {
    let number = leaf("initialiser", 1, 1).await;
    number
}

#[lower]
async fn tail() -> u32 {
    leaf("tail", 1, 1).await
}

#[lower]
async fn return_operand() -> u32 {
    return leaf("return", 1, 1).await;
}

#[lower]
async fn break_operand() -> u32 {
    loop {
        break leaf("break", 1, 1).await;
    }
}

#[lower]
async fn labelled_break_operand() -> u32 {
    'out: {
        break 'out leaf("break", 1, 1).await;
    }
}

#[lower]
async fn if_condition() -> u32 {
    if leaf("condition", 1, true).await { 1 } else { 2 }
}

#[lower]
async fn if_let_scrutinee() -> u32 {
    if let Some(number) = leaf("scrutinee", 1, Some(1)).await { number } else { 2 }
}

#[lower]
async fn else_if_condition() -> u32 {
    if false {
        1
    } else if leaf("condition", 1, true).await {
        2
    } else {
        3
    }
}

#[lower]
async fn while_condition() -> u32 {
    let mut count = 0;
    while leaf("condition", 1, count).await < 2 {
        count += 1;
    }
    count
}

#[lower]
async fn while_let_scrutinee() -> u32 {
    let mut count = 3_u32;
    while let Some(next) = leaf("scrutinee", 1, count.checked_sub(1)).await {
        count = next;
    }
    count
}

#[lower]
async fn for_iterable() -> u32 {
    let mut sum = 0;
    for number in leaf("iterable", 1, [1, 2]).await {
        sum += number;
    }
    sum
}

#[lower]
async fn for_body() -> u32 {
    let mut sum = 0;
    for number in [1, 2] {
        sum += leaf("body", 1, number).await;
    }
    sum
}

#[lower]
async fn match_scrutinee() -> u32 {
    match leaf("scrutinee", 1, 1).await {
        1 => 10,
        _ => 20,
    }
}

#[lower]
async fn match_guard() -> u32 {
    match 1 {
        1 if leaf("guard", 1, false).await => 10,
        _ => 20,
    }
}

#[lower]
async fn match_arm() -> u32 {
    match 1 {
        1 => leaf("arm", 1, 10).await,
        _ => 20,
    }
}

#[lower]
async fn let_else_initialiser() -> u32 {
    let Some(number) = leaf("initialiser", 1, Some(1)).await else { return 0 };
    number
}

#[lower]
async fn let_else_block() -> u32 {
    let Some(number) = None::<u32> else { return leaf("else", 1, 5).await };
    number
}

#[lower]
async fn left_operand() -> u32 {
    leaf("left", 1, 1).await + value("right", 2)
}

#[lower]
async fn right_operand() -> u32 {
    value("left", 1) + leaf("right", 1, 2).await
}

#[lower]
async fn lazy_left_operand() -> bool {
    leaf("left", 1, true).await && value("right", true)
}

#[lower]
async fn lazy_right_operand() -> bool {
    value("left", false) || leaf("right", 1, true).await
}

#[lower]
async fn unary_operand() -> i32 {
    -leaf("operand", 1, 1).await
}

#[lower]
async fn dereferenced() -> u32 {
    *leaf("operand", 1, &5).await
}

#[lower]
async fn borrowed() -> u32 {
    let reference = &leaf("operand", 1, 5).await;
    *reference
}

#[lower]
async fn cast() -> u8 {
    leaf("operand", 1, 257_u32).await as u8
}

#[lower]
async fn call_argument() -> u32 {
    u32::max(leaf("first", 1, 1).await, leaf("second", 1, 2).await)
}

#[lower]
async fn callee() -> u32 {
    fn one() -> u32 {
        1
    }
    (leaf("callee", 1, one as fn() -> u32).await)()
}

#[lower]
async fn method_receiver() -> u32 {
    leaf("receiver", 1, 2_u32).await.pow(3)
}

#[lower]
async fn method_argument() -> u32 {
    2_u32.pow(leaf("argument", 1, 3).await)
}

#[lower]
async fn field_base() -> u32 {
    leaf("base", 1, (1, 2)).await.1
}

#[lower]
async fn index_base() -> u32 {
    leaf("base", 1, [1, 2]).await[1]
}

#[lower]
async fn index_operand() -> u32 {
    [1, 2][leaf("index", 1, 1).await]
}

#[lower]
async fn overloaded_index() -> u32 {
    struct Table(Noisy);
    impl Index<u32> for Table {
        type Output = u32;

        fn index(&self, index: u32) -> &u32 {
            self.0.look();
            if index == 0 { &10 } else { &20 }
        }
    }
    let table = Table(noisy("table"));
    table[leaf("index", 1, 1).await] + Table(noisy("temporary"))[leaf("second", 1, 0).await]
}

#[lower]
async fn overloaded_dereference() -> u32 {
    struct Handle(Noisy);
    impl Deref for Handle {
        type Target = Noisy;

        fn deref(&self) -> &Noisy {
            mark("deref");
            &self.0
        }
    }
    let handle = Handle(noisy("inner"));
    handle.peek().await + handle.view().load().await + (*handle).look()
}

#[lower]
async fn tuple_element() -> (u32, u32) {
    (leaf("first", 1, 1).await, leaf("second", 1, 2).await)
}

#[lower]
async fn array_element() -> [u32; 2] {
    [leaf("first", 1, 1).await, leaf("second", 1, 2).await]
}

#[lower]
async fn struct_field() -> std::ops::Range<u32> {
    std::ops::Range {
        start: leaf("start", 1, 1).await,
        end: leaf("end", 1, 2).await,
    }
}

#[lower]
async fn range_bounds() -> std::ops::RangeInclusive<u32> {
    leaf("start", 1, 1).await..=leaf("end", 1, 2).await
}

#[lower]
async fn assigned_value() -> u32 {
    let mut number = 0;
    number = leaf("value", 1, 1).await;
    number
}

#[lower]
async fn assigned_place() -> [u32; 2] {
    let mut list = [0, 0];
    list[leaf("index", 1, 1).await] = 5;
    list
}

#[lower]
async fn compound_value() -> u32 {
    let mut number = 1;
    number += leaf("value", 1, 1).await;
    number
}

#[lower]
async fn compound_place() -> [u32; 2] {
    let mut list = [1, 1];
    list[leaf("index", 1, 1).await] += 5;
    list
}

#[lower]
async fn question_mark_operand() -> Option<u32> {
    Some(leaf("operand", 1, Some(1)).await?)
}

#[lower]
async fn awaited_operand() -> u32 {
    leaf("outer", 1, leaf("inner", 1, 1)).await.await
}

#[lower]
async fn block() -> u32 {
    { leaf("block", 1, 1).await }
}

#[lower]
async fn unsafe_block() -> u32 {
    unsafe { leaf("unsafe", 1, 1).await }
}

#[lower]
async fn parenthesised() -> u32 {
    (leaf("parenthesised", 1, 1).await)
}

#[lower]
async fn macro_argument() -> String {
    format!("{}", leaf("argument", 1, 1).await)
}

#[lower]
async fn argument_of_an_awaited_call() -> u32 {
    async fn inner(number: u32) -> u32 {
        tick("inner").await;
        number
    }
    inner(leaf("argument", 1, 1).await).await
}

#[lower]
async fn receiver_of_an_awaited_method() -> u32 {
    leaf("receiver", 1, noisy("receiver")).await.consume().await
}

#[lower]
async fn lent_receiver_of_an_awaited_method() -> u32 {
    leaf("receiver", 1, noisy("receiver")).await.peek().await
}

#[lower]
async fn argument_of_a_closure_call() -> u32 {
    (|number: u32| number + 1)(leaf("argument", 1, 1).await)
}

#[not_yet]
async fn struct_update_base() -> std::ops::Range<u32> {
    std::ops::Range {
        start: 5,
        ..leaf("base", 1, 0..9).await
    }
}

#[lower]
async fn repeated_element() -> [u32; 3] {
    [leaf("element", 1, 1).await; 3]
}

#[lower]
async fn nested_seven_deep() -> u32 {
    Some([(leaf("deep", 1, 3).await + 1, value("beside", 2))]).map_or(
        leaf("default", 1, 0).await,
        |list| list[0].0 + list[0].1,
    )
}

cases! {
    statement(),
    initialiser(),
    tail(),
    return_operand(),
    break_operand(),
    labelled_break_operand(),
    if_condition(),
    if_let_scrutinee(),
    else_if_condition(),
    while_condition(),
    while_let_scrutinee(),
    for_iterable(),
    for_body(),
    match_scrutinee(),
    match_guard(),
    match_arm(),
    let_else_initialiser(),
    let_else_block(),
    left_operand(),
    right_operand(),
    lazy_left_operand(),
    lazy_right_operand(),
    unary_operand(),
    dereferenced(),
    borrowed(),
    cast(),
    call_argument(),
    callee(),
    method_receiver(),
    method_argument(),
    field_base(),
    index_base(),
    index_operand(),
    overloaded_index(),
    overloaded_dereference(),
    tuple_element(),
    array_element(),
    struct_field(),
    range_bounds(),
    assigned_value(),
    assigned_place(),
    compound_value(),
    compound_place(),
    question_mark_operand(),
    awaited_operand(),
    block(),
    unsafe_block(),
    parenthesised(),
    macro_argument(),
    argument_of_an_awaited_call(),
    receiver_of_an_awaited_method(),
    lent_receiver_of_an_awaited_method(),
    argument_of_a_closure_call(),
    struct_update_base(),
    repeated_element(),
    nested_seven_deep(),
}
