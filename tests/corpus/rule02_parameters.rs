// Parameters drop in reverse order once polled and in order when unpolled; patterns follow the same two orders.

struct Pair {
    left: Noisy,
    right: Noisy,
}

fn pair(left: &'static str, right: &'static str) -> Pair {
    Pair {
        left: noisy(left),
        right: noisy(right),
    }
}

#[lower]
async fn three(a: Noisy, b: Noisy, c: Noisy) -> u32 {
    tick("pause").await;
    b.look()
}

#[lower]
async fn three_unused(a: Noisy, b: Noisy, c: Noisy) {
    tick("pause").await;
}

#[lower]
async fn three_with_locals(a: Noisy, b: Noisy, c: Noisy) -> u32 {
    let x = noisy("x");
    let y = noisy("y");
    tick("pause").await;
    a.look() + x.look()
}

#[lower]
async fn middle_is_moved(a: Noisy, b: Noisy, c: Noisy) -> u32 {
    tick("first").await;
    let taken = b;
    tick("second").await;
    taken.look()
}

#[lower]
async fn underscore_in_the_middle(a: Noisy, _: Noisy, c: Noisy) {
    tick("pause").await;
    c.look();
}

#[lower]
async fn tuple_pattern((a, b): (Noisy, Noisy), c: Noisy) -> u32 {
    tick("pause").await;
    a.look() + b.look() + c.look()
}

#[lower]
async fn tuple_pattern_with_underscore(before: Noisy, (a, _): (Noisy, Noisy), after: Noisy) -> u32 {
    tick("pause").await;
    a.look()
}

#[lower]
async fn tuple_pattern_with_rest((a, .., d): (Noisy, Noisy, Noisy, Noisy)) -> u32 {
    tick("pause").await;
    d.look()
}

#[lower]
async fn struct_pattern(Pair { left, right }: Pair, last: Noisy) -> u32 {
    tick("pause").await;
    right.look()
}

#[lower]
async fn struct_pattern_with_rest(first: Noisy, Pair { right, .. }: Pair, last: Noisy) -> u32 {
    tick("pause").await;
    right.look()
}

#[lower]
async fn struct_pattern_renamed(
    Pair {
        left: mut l,
        right: _,
    }: Pair,
) -> u32 {
    l.touch();
    tick("pause").await;
    l.touch()
}

#[lower]
async fn ref_pattern(ref a: Noisy, b: Noisy) -> u32 {
    tick("pause").await;
    a.look() + b.look()
}

#[lower]
async fn ref_mut_pattern(ref mut a: Noisy) -> u32 {
    a.touch();
    tick("pause").await;
    a.touch()
}

#[lower]
async fn binding_at_pattern(whole @ Pair { .. }: Pair) -> u32 {
    tick("pause").await;
    whole.left.look()
}

#[lower]
async fn nested_pattern(((a, _), Pair { left, .. }): ((Noisy, Noisy), Pair), b: Noisy) -> u32 {
    tick("first").await;
    let sum = a.look() + left.look();
    tick("second").await;
    sum
}

#[lower]
async fn array_pattern([a, _, c]: [Noisy; 3]) -> u32 {
    tick("pause").await;
    c.look() + a.look()
}

#[lower]
async fn shadowed_parameter(a: Noisy, b: Noisy) -> u32 {
    let a = noisy("inner a");
    tick("pause").await;
    a.look() + b.look()
}

#[lower]
async fn parameter_rebound(a: Noisy, b: Noisy) -> u32 {
    let a = a;
    tick("pause").await;
    a.look()
}

#[lower]
async fn parameters_returned(a: Noisy, b: Noisy, c: Noisy) -> (Noisy, Noisy) {
    tick("pause").await;
    (c, a)
}

#[lower]
async fn reference_parameters(text: &str, numbers: &[u32]) -> usize {
    tick("pause").await;
    text.len() + numbers.len()
}

#[lower]
async fn copied_parameters(mut count: u32, flag: bool, letter: char) -> (u32, char) {
    while count > 2 {
        tick("pause").await;
        count -= 1;
    }
    (count + flag as u32, letter)
}

struct Info {
    id: String,
    seen: u32,
}
impl Info {
    fn handle(&mut self, n: &Noisy) {
        self.seen += n.look();
    }
}
#[lower]
async fn dispatch<U: Extend<u32>>(
    context: &mut Vec<u32>,
    (raw, events): (&[u32], &[Noisy]),
    info: &mut Info,
    new: &mut U,
    store: &Noisy,
) -> Result<(), Failure> {
    for (raw, event) in std::iter::zip(raw, events) {
        match event {
            e if e.look() > 3 => {
                info.handle(event);
                member(context, &info.id, e, new).await?;
            }
            e => {
                info.handle(e);
            }
        }
        context.push(*raw + store.look());
    }
    Ok(())
}
#[lower]
async fn member<U: Extend<u32>>(
    context: &mut Vec<u32>,
    id: &str,
    n: &Noisy,
    new: &mut U,
) -> Result<(), Failure> {
    context.push(id.len() as u32);
    new.extend([n.peek().await]);
    Ok(())
}
#[lower]
async fn dispatched() -> u32 {
    let mut info = Info {
        id: "id".into(),
        seen: 0,
    };
    let mut context = vec![];
    let mut new = vec![];
    let store = noisy("store");
    let events = [noisy("first"), noisy("2")];
    dispatch(
        &mut context,
        (&[1, 2], &events),
        &mut info,
        &mut new,
        &store,
    )
    .await
    .ok()
    .unwrap();
    context.len() as u32 + new.len() as u32 + info.seen
}
#[lower]
async fn names_of_arguments(
    argument: Noisy,
    (left, _): (Noisy, Noisy),
    argument_3: u32,
    [one, ..]: [u32; 2],
    last: Noisy,
) -> u32 {
    let argument_2 = noisy("own");
    tick("x").await;
    let argument_4 = left.look() + argument.look() + argument_2.look();
    tick("y").await;
    argument_4 + argument_3 + one + last.look()
}

cases! {
    dispatched(), names_of_arguments(noisy("a"), (noisy("b"), noisy("c")), 3, [4, 5], noisy("d")),
    three(noisy("a"), noisy("b"), noisy("c")),
    three_unused(noisy("a"), noisy("b"), noisy("c")),
    three_with_locals(noisy("a"), noisy("b"), noisy("c")),
    middle_is_moved(noisy("a"), noisy("b"), noisy("c")),
    underscore_in_the_middle(noisy("a"), noisy("b"), noisy("c")),
    tuple_pattern((noisy("a"), noisy("b")), noisy("c")),
    tuple_pattern_with_underscore(noisy("before"), (noisy("a"), noisy("b")), noisy("after")),
    tuple_pattern_with_rest((noisy("a"), noisy("b"), noisy("c"), noisy("d"))),
    struct_pattern(pair("left", "right"), noisy("last")),
    struct_pattern_with_rest(noisy("first"), pair("left", "right"), noisy("last")),
    struct_pattern_renamed(pair("left", "right")),
    ref_pattern(noisy("a"), noisy("b")),
    ref_mut_pattern(noisy("a")),
    binding_at_pattern(pair("left", "right")),
    nested_pattern(((noisy("a"), noisy("x")), pair("left", "right")), noisy("b")),
    array_pattern([noisy("a"), noisy("b"), noisy("c")]),
    shadowed_parameter(noisy("a"), noisy("b")),
    parameter_rebound(noisy("a"), noisy("b")),
    parameters_returned(noisy("a"), noisy("b"), noisy("c")),
    reference_parameters("text", &[1, 2, 3]),
    copied_parameters(5, true, 'x'),
}
