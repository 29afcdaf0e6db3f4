// Forms that broke compilers before: lifetimes in odd places, statics, uninhabited types, labels, long sequences.

use std::sync::Mutex;

static SHARED: Mutex<[u32; 2]> = Mutex::new([1, 2]);
const GREETING: &str = "hello";

#[lower]
async fn reference_to_a_static() -> u32 {
    let reference: &'static Mutex<[u32; 2]> = &SHARED;
    tick("one").await;
    let (first, second) = (&GREETING, &SHARED);
    tick("two").await;
    let guard = second.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    guard[0] + first.len() as u32
}

#[lower]
async fn many_lifetimes<'a, 'b, 'c>(first: &'a u8, second: &'b u8, third: &'c u8) -> (&'a u8, &'c u8) {
    tick("pause").await;
    if *second > 1 { (first, third) } else { (first, third) }
}

#[lower]
async fn calls_many_lifetimes() -> u8 {
    let (a, b, c) = (1, 2, 3);
    let (x, y) = many_lifetimes(&a, &b, &c).await;
    *x + *y
}

#[lower]
async fn late_bound_in_a_bound<F>(function: F) -> usize
where
    F: for<'a> Fn(&'a str) -> Box<dyn Future<Output = usize> + 'a>,
{
    let text = String::from("text");
    let length = Pin::from(function(&text)).await;
    length + text.len()
}

#[lower]
async fn mutable_trait_object(counter: &mut dyn FnMut() -> u32) -> u32 {
    let first = counter();
    tick("pause").await;
    first + counter()
}

#[lower]
async fn calls_mutable_trait_object() -> u32 {
    let mut count = 0;
    let mut counter = || {
        count += 1;
        count
    };
    let sum = mutable_trait_object(&mut counter).await;
    sum * 10 + count
}

#[lower]
async fn same_label_twice() -> u32 {
    let mut sum = 0;
    'a: for first in 0..3 {
        tick("first").await;
        'b: loop {
            sum += first;
            if first == 1 {
                continue 'a;
            }
            break 'b;
        }
    }
    'a: loop {
        tick("second").await;
        break 'a;
    }
    sum
}

#[lower]
async fn same_label_nested_in_a_closure() -> u32 {
    let mut sum = 0;
    'outer: for index in 0..3_u32 {
        let search = |limit: u32| {
            'outer: loop {
                if limit > 0 {
                    break 'outer limit;
                }
                return 0;
            }
        };
        tick("turn").await;
        sum += search(index);
        if index == 1 {
            break 'outer;
        }
    }
    sum
}

#[not_yet]
async fn sequence_of_twenty() -> u32 {
    let mut sum = 0;
    macro_rules! step {
        ($($number:literal)*) => { $(sum += $number;)* };
    }
    step!(1 2 3);
    sum += leaf("1", 1, 1).await;
    sum += leaf("2", 0, 2).await;
    sum += leaf("3", 1, 3).await;
    sum += leaf("4", 0, 4).await;
    sum += leaf("5", 1, 5).await;
    sum += leaf("6", 0, 6).await;
    sum += leaf("7", 1, 7).await;
    sum += leaf("8", 0, 8).await;
    step!(4 5 6);
    sum
}

#[lower]
async fn unit_in_every_place() {
    let unit = tick("one").await;
    let () = tick("two").await;
    match tick("three").await {
        () => {}
    }
    if let () = tick("four").await {}
    unit
}

#[lower]
async fn condition_without_else(flag: bool) -> u32 {
    let mut number = 1;
    if leaf("condition", 1, flag).await {
        number = 2
    }
    if number == 2 {
        tick("two").await
    }
    number
}

#[lower]
async fn format_keeps_its_arguments(a: Noisy) {
    fn show(text: std::fmt::Arguments<'_>) -> usize {
        text.to_string().len()
    }
    let length = show(format_args!("{} {}", a.look(), a.view().look()));
    tick("pause").await;
    assert_eq!(length, format!("{} {}", leaf("one", 1, 1).await, 2).len());
}

#[lower]
async fn arm_without_braces(result: Result<u32, u32>) -> u32 {
    match result {
        Ok(number) => leaf("ok", 1, number),
        Err(number) => leaf("err", 2, number),
    }
    .await
        + match result {
            Ok(_) => leaf("second ok", 1, 1).await,
            Err(_) => leaf("second err", 1, 2).await,
        }
}

#[lower]
async fn inner_function_of_the_same_name() -> u32 {
    async fn inner_function_of_the_same_name(number: u32) -> u32 {
        tick("inner").await;
        number
    }
    inner_function_of_the_same_name(3).await
}

#[lower]
async fn local_named_like_a_function() -> u32 {
    let leaf = leaf("leaf", 1, 4);
    let tick = leaf.await;
    let noisy = noisy("noisy");
    let number = noisy.peek().await;
    tick + number
}

#[not_yet]
async fn local_named_like_a_type() -> usize {
    #[allow(non_snake_case)]
    let String = 3;
    tick("pause").await;
    String + std::string::String::from("text").len()
}

#[lower]
async fn constant_in_a_pattern(number: u32) -> u32 {
    const SPECIAL: u32 = 7;
    match leaf("number", 1, number).await {
        SPECIAL => leaf("special", 1, 1).await,
        u32::MAX => 2,
        other => other,
    }
}

#[lower]
async fn unit_struct_and_enum_in_patterns(number: u32) -> u32 {
    #[derive(Clone, Copy)]
    enum Shape {
        Empty,
        Full(u32),
    }
    use Shape::*;
    let shape = if number == 0 { Empty } else { Full(number) };
    tick("pause").await;
    match shape {
        Empty => leaf("empty", 1, 0).await,
        Full(size) => leaf("full", 1, size).await,
    }
}

#[lower]
async fn semicolons_and_blocks() -> u32 {
    ;;
    {};
    { tick("block").await };
    if true { tick("if").await }
    loop { break };
    unsafe { tick("unsafe").await };
    (leaf("parenthesised", 1, 3).await)
}

#[lower]
async fn awaits_under_unary_and_casts() -> (i64, bool, u8) {
    (
        -(leaf("negative", 1, 5_i32).await as i64),
        !(leaf("left", 1, 1).await < leaf("right", 1, 2).await),
        (leaf("wide", 1, 300_u32).await & 0xff) as u8,
    )
}

#[lower]
async fn reference_of_awaited_in_a_call() -> usize {
    fn length(text: &str, list: &mut Vec<u8>) -> usize {
        list.push(1);
        text.len() + list.len()
    }
    length(&leaf("text", 1, String::from("text")).await, &mut leaf("list", 1, vec![1]).await)
}

#[lower]
async fn raw_pointer_in_an_inner_block() -> u32 {
    let mut number = 5;
    {
        let pointer = &raw mut number;
        // SAFETY: the local is alive and nothing else uses it.
        unsafe { *pointer += 1 };
    }
    tick("pause").await;
    number
}

#[lower]
async fn range_forms(list: Vec<u32>) -> u32 {
    let start = leaf("start", 1, 1).await;
    let slice = &list[start..];
    tick("one").await;
    let end = &list[..leaf("end", 1, 2).await];
    tick("two").await;
    let whole = &list[..];
    (slice.len() + end.len() + whole.len() + list[start..=2].len()) as u32
}

#[lower]
async fn try_on_a_borrowed_result(result: &Result<u32, Failure>) -> Result<u32, &Failure> {
    let number = result.as_ref()?;
    tick("pause").await;
    Ok(*number + leaf("more", 1, 1).await)
}

#[lower]
async fn calls_try_on_a_borrowed_result() -> (u32, bool) {
    let good = Ok(1);
    let bad = Err(Failure("bad"));
    (
        try_on_a_borrowed_result(&good).await.unwrap_or_default(),
        try_on_a_borrowed_result(&bad).await.is_err(),
    )
}

#[lower]
async fn mutual_with_a_boxed_return(depth: u32) -> u32 {
    fn boxed(depth: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
        Box::pin(mutual_with_a_boxed_return(depth))
    }
    if depth == 0 {
        return 0;
    }
    pause().await;
    boxed(depth - 1).await + 1
}

cases! {
    reference_to_a_static(),
    calls_many_lifetimes(),
    late_bound_in_a_bound(|text| Box::new(async move { leaf("called", 1, text.len()).await })),
    calls_mutable_trait_object(),
    same_label_twice(),
    same_label_nested_in_a_closure(),
    sequence_of_twenty(),
    unit_in_every_place(),
    condition_without_else_yes: condition_without_else(true),
    condition_without_else_no: condition_without_else(false),
    format_keeps_its_arguments(noisy("a")),
    arm_without_braces(Err(1)),
    inner_function_of_the_same_name_case: inner_function_of_the_same_name(),
    local_named_like_a_function(),
    local_named_like_a_type(),
    constant_in_a_pattern_special: constant_in_a_pattern(7),
    constant_in_a_pattern_other: constant_in_a_pattern(8),
    unit_struct_and_enum_in_patterns_empty: unit_struct_and_enum_in_patterns(0),
    unit_struct_and_enum_in_patterns_full: unit_struct_and_enum_in_patterns(2),
    semicolons_and_blocks(),
    awaits_under_unary_and_casts(),
    reference_of_awaited_in_a_call(),
    raw_pointer_in_an_inner_block(),
    range_forms(vec![1, 2, 3]),
    calls_try_on_a_borrowed_result(),
    mutual_with_a_boxed_return(2),
}
