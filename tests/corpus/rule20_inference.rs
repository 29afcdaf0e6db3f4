// Type inference is as strong as in the plain body, also from what stands after an await.

use std::collections::{BTreeMap, VecDeque};

#[lower]
async fn vector_filled_after_an_await() -> usize {
    let mut list = Vec::new();
    tick("pause").await;
    list.push(noisy("element"));
    tick("again").await;
    list.len()
}

#[lower]
async fn option_filled_after_an_await() -> u32 {
    let mut maybe = None;
    tick("pause").await;
    maybe = Some(noisy("inner"));
    tick("again").await;
    maybe.map_or(0, |inner| inner.look())
}

#[lower]
async fn integer_literal_decided_later() -> u64 {
    let mut count = 0;
    tick("pause").await;
    let other: u64 = leaf("other", 1, 5).await;
    count += 1;
    count + other
}

#[lower]
async fn integer_literal_never_decided() -> String {
    let number = 7;
    tick("pause").await;
    format!("{number} {}", std::mem::size_of_val(&number))
}

#[lower]
async fn float_literal() -> f32 {
    let number = 1.5;
    tick("pause").await;
    number * leaf("factor", 1, 2.0_f32).await
}

#[lower]
async fn default_decided_later() -> usize {
    let mut map = Default::default();
    tick("pause").await;
    fill(&mut map);
    map.len()
}

fn fill(map: &mut BTreeMap<u32, String>) {
    map.insert(1, String::new());
}

#[lower]
async fn parse_decided_by_the_return_type(text: &str) -> u8 {
    let number = text.parse().unwrap();
    tick("pause").await;
    number
}

#[lower]
async fn collect_decided_later() -> VecDeque<u32> {
    let list = (0..3).collect();
    tick("pause").await;
    list
}

#[lower]
async fn into_decided_later(text: &str) -> String {
    let owned = text.into();
    tick("pause").await;
    owned
}

#[lower]
async fn closure_parameter_decided_later() -> u32 {
    let add = |left, right| left + right;
    tick("pause").await;
    add(1_u32, 2)
}

#[lower]
async fn closure_that_returns_a_future() -> u32 {
    let make = |number| leaf("made", 1, number);
    let first = make(1_u32).await;
    first + make(2).await
}

#[lower]
async fn nested_generics() -> usize {
    let mut lists = Vec::new();
    for index in 0..2 {
        let mut inner = Vec::new();
        tick("turn").await;
        inner.push(index);
        lists.push(inner);
    }
    let total: usize = lists.iter().map(Vec::len).sum();
    total + lists[0].iter().map(|number: &u16| *number as usize).sum::<usize>()
}

#[lower]
async fn result_type_decided_later() -> Result<u32, Failure> {
    let result = Ok(leaf("number", 1, 1).await);
    tick("pause").await;
    result
}

#[lower]
async fn error_type_decided_by_question_mark() -> Result<u32, Failure> {
    let inner = async {
        tick("inner").await;
        succeed("number", 1).await?;
        Ok::<_, Failure>(2)
    };
    inner.await
}

#[lower]
async fn reference_coercions(list: Vec<u32>, text: String) -> usize {
    let slice: &[u32] = &list;
    let text: &str = &text;
    tick("pause").await;
    slice.len() + text.len()
}

#[lower]
async fn unsized_coercion() -> String {
    let boxed: Box<dyn Debug> = Box::new(leaf("inner", 1, 5).await);
    let list: Box<[u32]> = Box::new([1, leaf("second", 1, 2).await]);
    tick("pause").await;
    format!("{boxed:?} {list:?}")
}

#[lower]
async fn function_pointer_coercion() -> u32 {
    fn double(number: u32) -> u32 {
        number * 2
    }
    fn triple(number: u32) -> u32 {
        number * 3
    }
    let mut function: fn(u32) -> u32 = double;
    let first = function(leaf("first", 1, 1).await);
    function = triple;
    tick("pause").await;
    first + function(1)
}

#[lower]
async fn branches_of_one_type(flag: bool) -> Box<dyn Debug> {
    let value: Box<dyn Debug> = if flag {
        Box::new(leaf("yes", 1, 1).await)
    } else {
        tick("no").await;
        Box::new("text")
    };
    tick("pause").await;
    value
}

#[lower]
async fn never_type_in_branches(maybe: Option<u32>) -> u32 {
    let number = match maybe {
        Some(number) => number,
        None => return leaf("none", 1, 9).await,
    };
    tick("pause").await;
    number
}

#[lower]
async fn array_length_inferred() -> usize {
    let list = [0; 3];
    let copy: [u8; 3] = list;
    tick("pause").await;
    let other = [[0_u8; 2]; 4];
    tick("again").await;
    copy.len() + other.concat().len()
}

#[lower]
async fn turbofish_and_underscore() -> Vec<u8> {
    let list: Vec<_> = "1 2".split(' ').map(|part| part.parse::<u8>()).collect();
    tick("pause").await;
    list.into_iter().collect::<Result<_, _>>().unwrap()
}

#[lower]
async fn channel_types_decided_later() -> u32 {
    let (sender, receiver) = std::sync::mpsc::channel();
    tick("pause").await;
    sender.send(noisy("message")).unwrap();
    tick("again").await;
    receiver.recv().unwrap().look()
}

#[lower]
async fn recursion_of_closures() -> u32 {
    let mut log = vec![];
    let mut record = |number| log.push(number);
    record(1_u32);
    record(2);
    tick("pause").await;
    log.iter().sum()
}

#[lower]
async fn deferred_type() -> u32 {
    let list;
    tick("pause").await;
    list = vec![leaf("element", 1, 1).await];
    tick("again").await;
    list.iter().sum()
}

#[lower]
async fn reborrow_is_implied(number: &mut u32) -> u32 {
    fn bump(number: &mut u32) {
        *number += 1;
    }
    let alias = &mut *number;
    bump(alias);
    tick("pause").await;
    bump(alias);
    bump(number);
    *number
}

#[lower]
async fn calls_the_reborrowing_one() -> u32 {
    let mut number = 1;
    reborrow_is_implied(&mut number).await + number
}

#[lower]
async fn associated_constant_and_path_types() -> u64 {
    let limit = <u32>::MAX;
    tick("pause").await;
    let wide = u64::from(limit) + <u64 as From<u8>>::from(leaf("small", 1, 1).await);
    wide
}

#[lower]
async fn coerced_in_the_tail(name: &String) -> Result<&str, Box<dyn std::error::Error>> {
    tick("pause").await;
    if name.is_empty() {
        return Err("empty")?;
    }
    Ok(&name)
}

#[lower]
async fn coerced_in_arms_and_blocks(name: &String, number: u32) -> Option<&str> {
    match number {
        0 => {
            tick("arm").await;
            Some(&name)
        }
        1 => Some(&name),
        2 => {
            if leaf("condition", 1, true).await {
                tick("then").await;
                Some(&name)
            } else {
                Some(&name)
            }
        }
        3 => loop {
            tick("loop").await;
            break Some(&name);
        },
        4 => 'left: {
            if leaf("left", 1, true).await {
                break 'left Some(&name);
            }
            None
        },
        _ => {
            let found: Option<&str> = if number == 9 {
                tick("let").await;
                Some(&name)
            } else {
                Some(&name)
            };
            found
        }
    }
}

#[lower]
async fn coerced_in_an_assignment(name: &String) -> Vec<Box<dyn Fn() -> usize>> {
    let mut found: Option<&str> = None;
    tick("pause").await;
    found = Some(&name);
    let mut boxed: Vec<Box<dyn Fn() -> usize>> = Vec::new();
    tick("again").await;
    boxed = vec![Box::new({
        let length = found.map_or(0, str::len);
        move || length
    })];
    tick("end").await;
    boxed
}

#[lower]
async fn opaque_in_the_tail(list: &Vec<Noisy>) -> Option<impl Iterator<Item = u32> + use<'_>> {
    tick("pause").await;
    Some(list.iter().map(|one| one.look()))
}

#[lower]
async fn drives_the_coerced_ones(number: u32) -> usize {
    let name = String::from("name");
    let list = vec![noisy("one"), noisy("two")];
    let mut total = coerced_in_the_tail(&name).await.map_or(0, str::len);
    total += coerced_in_arms_and_blocks(&name, number).await.map_or(9, str::len);
    total += coerced_in_an_assignment(&name).await.iter().map(|one| one()).sum::<usize>();
    total + opaque_in_the_tail(&list).await.map_or(0, Iterator::count)
}

// A closure that captures nothing is a constant; which lifetimes its parameters have, the call says.
async fn applied(function: &dyn Fn(&str) -> Option<&str>, text: &str) -> usize {
    tick("applied").await;
    function(text).map_or(0, str::len)
}

#[lower]
async fn closure_by_reference(text: String) -> usize {
    let first = applied(&|text| text.split(' ').next(), &text).await;
    let whole = applied(&|text| Some(text), "whole").await;
    first * 10 + whole
}

cases! {
    closure_by_reference("one two".to_string()),
    coerced_in_an_arm: drives_the_coerced_ones(0),
    coerced_in_a_plain_arm: drives_the_coerced_ones(1),
    coerced_in_a_branch: drives_the_coerced_ones(2),
    coerced_in_a_loop: drives_the_coerced_ones(3),
    coerced_in_a_labelled_block: drives_the_coerced_ones(4),
    coerced_in_a_let: drives_the_coerced_ones(9),
    vector_filled_after_an_await(),
    option_filled_after_an_await(),
    integer_literal_decided_later(),
    integer_literal_never_decided(),
    float_literal(),
    default_decided_later(),
    parse_decided_by_the_return_type("12"),
    collect_decided_later(),
    into_decided_later("text"),
    closure_parameter_decided_later(),
    closure_that_returns_a_future(),
    nested_generics(),
    result_type_decided_later(),
    error_type_decided_by_question_mark(),
    reference_coercions(vec![1, 2], "text".into()),
    unsized_coercion(),
    function_pointer_coercion(),
    branches_of_one_type(true),
    never_type_in_branches_some: never_type_in_branches(Some(1)),
    never_type_in_branches_none: never_type_in_branches(None),
    array_length_inferred(),
    turbofish_and_underscore(),
    channel_types_decided_later(),
    recursion_of_closures(),
    deferred_type(),
    calls_the_reborrowing_one(),
    associated_constant_and_path_types(),
}
