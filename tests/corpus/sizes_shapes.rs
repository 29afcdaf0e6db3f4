// Sizes: locals, branches, loops, temporaries and ordinary code.

fn sum(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(*byte)).sum()
}

fn data<const N: usize>() -> [u8; N] {
    [3; N]
}

#[lower]
async fn two_disjoint_locals() -> u32 {
    let first = {
        let a = data::<1000>();
        pause().await;
        pause().await;
        sum(&a)
    };
    let second = {
        let b = data::<1000>();
        pause().await;
        pause().await;
        sum(&b)
    };
    first + second
}

#[lower]
async fn two_disjoint_locals_in_a_row() -> u32 {
    let a = data::<1000>();
    pause().await;
    let first = sum(&a);
    let b = data::<1000>();
    pause().await;
    first + sum(&b)
}

#[lower]
async fn two_small_blocks() {
    {
        let a = [0_u8; 100];
        pause().await;
        drop(a);
    }
    {
        let b = [1_u8; 100];
        pause().await;
        drop(b);
    }
}

#[lower]
async fn local_moved_once() -> u32 {
    let a = data::<100>();
    let b = a;
    pause().await;
    sum(&b)
}

#[lower]
async fn local_not_crossing() -> u32 {
    let a = data::<1000>();
    let number = sum(&a);
    pause().await;
    number
}

#[lower]
async fn branches(flag: bool) -> u32 {
    if flag {
        let a = data::<300>();
        pause().await;
        sum(&a)
    } else {
        let b = data::<200>();
        pause().await;
        sum(&b)
    }
}

#[lower]
async fn branches_with_calls(flag: bool) -> u32 {
    if flag {
        hold(data::<100>()).await
    } else {
        hold(data::<101>()).await
    }
}

#[lower]
async fn hold<const N: usize>(bytes: [u8; N]) -> u32 {
    pause().await;
    sum(&bytes)
}

#[lower]
async fn calls_in_sequence() -> u32 {
    hold([0; 100]).await + hold([1; 100]).await + hold([2; 100]).await
}

#[lower]
async fn statements_in_sequence() {
    hold([0; 100]).await;
    hold([1; 100]).await;
    hold([2; 100]).await;
}

#[lower]
async fn four_arms(number: u32) -> u32 {
    match number {
        0 => hold([0; 50]).await,
        1 => hold([1; 60]).await,
        2 => {
            let a = data::<70>();
            pause().await;
            sum(&a)
        }
        _ => 0,
    }
}

#[lower]
async fn loop_over_numbers(count: u32) -> u32 {
    let mut sum = 0;
    for number in 0..count {
        pause().await;
        sum += number;
    }
    sum
}

#[lower]
async fn loop_with_a_local(count: u32) -> u32 {
    let mut total = 0;
    for _ in 0..count {
        let a = data::<100>();
        pause().await;
        total += sum(&a);
    }
    total
}

#[lower]
async fn loop_with_a_borrowed_vector(count: u64) -> u64 {
    let mut buffer = vec![0_u64; 4];
    let mut total = 0_u64;
    let mut index = 0;
    while index < count {
        pause().await;
        let value = add(&mut buffer, index).await;
        if value % 2 == 0 {
            pause().await;
            total += 1;
        }
        total = total.wrapping_add(value);
        index += 1;
    }
    total + buffer.len() as u64
}

#[lower]
async fn add(buffer: &mut Vec<u64>, number: u64) -> u64 {
    pause().await;
    buffer[0] += number;
    buffer[0]
}

#[lower]
async fn borrowed_buffer() -> u32 {
    let mut buffer = [0_u8; 512];
    fill(&mut buffer).await;
    fill(&mut buffer[10..]).await;
    sum(&buffer)
}

#[lower]
async fn fill(buffer: &mut [u8]) {
    pause().await;
    buffer.fill(1);
}

#[lower]
async fn temporary_of_an_operand() -> usize {
    let length = length_of(std::future::ready([0_u8; 64]).await);
    std::future::ready(length).await
}

fn length_of(bytes: [u8; 64]) -> usize {
    bytes.len()
}

#[lower]
async fn operands_spilled() -> u64 {
    u64::from(1_u8) + wide(1).await + wide(2).await * wide(3).await
}

#[lower]
async fn wide(number: u64) -> u64 {
    pause().await;
    number
}

#[lower]
async fn option_of_large(flag: bool) -> u32 {
    let maybe = if flag { Some(data::<300>()) } else { None };
    pause().await;
    maybe.map_or(0, |bytes| sum(&bytes))
}

#[lower]
async fn result_with_question_mark() -> Result<u32, Failure> {
    let first = fallible(1).await?;
    let second = fallible(first).await?;
    Ok(first + second)
}

#[lower]
async fn fallible(number: u32) -> Result<u32, Failure> {
    pause().await;
    if number > 10 {
        Err(Failure("too large"))
    } else {
        Ok(number + 1)
    }
}

#[lower]
async fn large_result_passed_up() -> [u8; 1000] {
    large_result().await
}

#[lower]
async fn large_result() -> [u8; 1000] {
    pause().await;
    data()
}

#[lower]
async fn only_awaits() {
    pause().await;
    pause().await;
    pause().await;
}

#[lower]
async fn nothing() {}

#[lower]
async fn one_flag(flag: bool) -> bool {
    pause().await;
    flag
}

#[lower]
async fn small_values(a: u8, b: u16, c: u32) -> u64 {
    pause().await;
    let d = u64::from(a) + u64::from(b);
    pause().await;
    d + u64::from(c)
}

#[lower]
async fn conditional_move(flag: bool) -> u32 {
    let text = String::from("text");
    let list = vec![1_u8, 2];
    if flag {
        drop(text);
    }
    pause().await;
    sum(&list)
}

#[lower]
async fn reinitialised(flag: bool) -> usize {
    let mut text = String::from("text");
    pause().await;
    drop(text);
    pause().await;
    text = String::from("longer text");
    pause().await;
    text.len()
}

#[lower]
async fn nested_scopes() -> u32 {
    let a = data::<10>();
    let first = {
        let b = data::<20>();
        let second = {
            let c = data::<30>();
            pause().await;
            sum(&c)
        };
        pause().await;
        sum(&b) + second
    };
    pause().await;
    sum(&a) + first
}

#[lower]
async fn deep_chain_0() -> u32 {
    pause().await;
    1
}

#[lower]
async fn deep_chain_1() -> u32 {
    deep_chain_0().await + 1
}

#[lower]
async fn deep_chain_2() -> u32 {
    deep_chain_1().await + 1
}

#[lower]
async fn deep_chain_3() -> u32 {
    deep_chain_2().await + deep_chain_1().await
}

#[lower]
async fn deep_chain_4() -> u32 {
    deep_chain_3().await + deep_chain_2().await
}

#[lower]
async fn async_block_inside() -> u32 {
    let a = data::<100>();
    let future = async {
        pause().await;
        sum(&a)
    };
    future.await
}

#[lower]
async fn joined() -> (u32, u32) {
    both(hold(data::<100>()), hold(data::<50>())).await
}

#[lower]
async fn closure_inside(number: u64) -> u64 {
    let multiply = |other: u64| other * number;
    pause().await;
    multiply(2)
}

#[lower]
async fn iterator_held(list: Vec<u32>) -> u32 {
    let mut total = 0;
    for number in list.iter().filter(|number| **number > 1) {
        pause().await;
        total += number;
    }
    total
}

#[lower]
async fn owned_iterator(list: Vec<u32>) -> u32 {
    let mut total = 0;
    for number in list {
        pause().await;
        total += number;
    }
    total
}

#[lower]
async fn guard_held(state: Lock<u32>) -> u32 {
    let guard = state.guard();
    pause().await;
    *guard
}

#[lower]
async fn match_scrutinee_held(state: Lock<u32>) -> u32 {
    match *state.guard() {
        0 => 0,
        number => {
            pause().await;
            number
        }
    }
}

#[lower]
async fn formatted(number: u32) -> String {
    format!("{} {number} {}", wide(1).await, wide(2).await)
}

#[lower]
async fn generic<T: Clone + Debug>(value: T) -> (T, T) {
    let copy = value.clone();
    pause().await;
    (value, copy)
}

// An array that a loop goes through is used up before the loop's first await.
#[lower]
async fn arrays_used_up(k: u32) -> u32 {
    let mut n = 0;
    for x in [noisy("a"), noisy("b")]
        .into_iter()
        .filter(|x| x.look() < 100)
    {
        n += x.peek().await;
    }
    for x in ([k; 3]).into_iter().rev() {
        n += leaf("r", 1, x).await;
    }
    n += sum_of_two(
        [noisy("c"), noisy("d")].map(|x| x.look()).len() as u32,
        leaf("e", 1, 3).await,
    );
    n += sum_of_two([noisy("f")].map(|x| x.view().look())[0], {
        let t = [noisy("g"), noisy("h")].into_iter().next();
        tick("i").await;
        t.map_or(0, Noisy::spend)
    });
    n
}
fn sum_of_two(a: u32, b: u32) -> u32 {
    a + b
}

cases! {
    arrays_used_up(2),
    two_disjoint_locals(),
    two_disjoint_locals_in_a_row(),
    two_small_blocks(),
    local_moved_once(),
    local_not_crossing(),
    branches(true),
    branches_with_calls(true),
    calls_in_sequence(),
    statements_in_sequence(),
    four_arms(1),
    loop_over_numbers(3),
    loop_with_a_local(3),
    loop_with_a_borrowed_vector(4),
    borrowed_buffer(),
    temporary_of_an_operand(),
    operands_spilled(),
    option_of_large(true),
    result_with_question_mark(),
    large_result_passed_up(),
    only_awaits(),
    nothing(),
    one_flag(true),
    small_values(1, 2, 3),
    conditional_move(true),
    reinitialised(true),
    nested_scopes(),
    deep_chain_0(),
    deep_chain_4(),
    async_block_inside(),
    joined(),
    closure_inside(3),
    iterator_held(vec![1, 2, 3]),
    owned_iterator(vec![1, 2, 3]),
    guard_held(lock("state", 1)),
    match_scrutinee_held(lock("state", 1)),
    formatted(1),
    generic((1_u64, String::from("text"))),
}
