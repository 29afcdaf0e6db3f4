// Every type and lifetime parameter is captured, in every edition.

#[lower]
async fn elided(text: &str) -> usize {
    tick("pause").await;
    text.len()
}

#[lower]
async fn elided_output(text: &str) -> &str {
    tick("pause").await;
    &text[1..]
}

#[lower]
async fn two_elided(first: &str, second: &str) -> usize {
    tick("pause").await;
    first.len() + second.len()
}

#[lower]
async fn named<'a>(first: &'a str, second: &str) -> &'a str {
    tick("pause").await;
    if second.is_empty() { first } else { &first[..1] }
}

#[lower]
async fn two_named<'a, 'b: 'a>(first: &'a str, second: &'b str) -> &'a str {
    tick("pause").await;
    if first.len() > second.len() { first } else { second }
}

#[lower]
async fn lifetime_in_a_type(view: View<'_>) -> u32 {
    tick("pause").await;
    view.look()
}

#[lower]
async fn lifetime_in_nested_types<'a>(list: &mut Vec<&'a str>, item: &'a str) -> Option<&'a str> {
    list.push(item);
    tick("pause").await;
    list.pop()
}

#[lower]
async fn mutable_reference(number: &mut u32) -> &mut u32 {
    *number += 1;
    tick("pause").await;
    *number += 1;
    number
}

#[lower]
async fn reference_to_reference(text: &&str, list: &[&str]) -> usize {
    tick("pause").await;
    text.len() + list.len()
}

#[lower]
async fn generic<T>(value: T) -> T {
    tick("pause").await;
    value
}

#[lower]
async fn generic_with_where<T, U>(first: T, second: U) -> String
where
    T: Debug + Clone,
    U: IntoIterator,
    U::Item: Debug,
{
    let copy = first.clone();
    tick("pause").await;
    let list: Vec<_> = second.into_iter().collect();
    tick("again").await;
    format!("{first:?} {copy:?} {list:?}")
}

#[lower]
async fn generic_unused<T: Default + Debug, const N: usize>() -> ([T; N], usize)
where
    [T; N]: Default,
{
    tick("pause").await;
    (Default::default(), N)
}

#[lower]
async fn generic_by_reference<'a, T: ?Sized + Debug>(value: &'a T) -> (&'a T, String) {
    tick("pause").await;
    (value, format!("{value:?}"))
}

#[lower]
async fn argument_impl(value: impl Debug + Clone, mut list: impl Iterator<Item = u32>) -> String {
    let mut sum = 0;
    while let Some(number) = list.next() {
        sum += leaf("turn", 1, number).await;
    }
    format!("{:?} {sum}", value.clone())
}

#[lower]
async fn argument_impl_future(first: impl Future<Output = u32>, second: impl Future<Output = u32>) -> u32 {
    first.await + second.await
}

#[lower]
async fn argument_impl_with_lifetime(text: &str, parts: impl Iterator<Item = &str>) -> usize {
    tick("pause").await;
    text.len() + parts.map(str::len).sum::<usize>()
}

#[lower]
async fn argument_closure<F>(mut function: F) -> u32
where
    F: FnMut(u32) -> u32,
{
    let first = function(1);
    tick("pause").await;
    first + function(2)
}

#[lower]
async fn argument_async_function<F, R>(function: F) -> u32
where
    F: Fn(u32) -> R,
    R: Future<Output = u32>,
{
    function(1).await + function(2).await
}

#[lower]
async fn argument_async_closure(function: impl AsyncFn(u32) -> u32) -> u32 {
    function(1).await + function(2).await
}

#[lower]
async fn argument_dyn(value: &dyn Debug, mut boxed: Box<dyn FnMut(u32) -> u32 + '_>) -> String {
    let number = boxed(1);
    tick("pause").await;
    format!("{value:?} {} {number}", boxed(2))
}

#[lower]
async fn argument_higher_ranked(function: for<'a> fn(&'a str) -> &'a str, text: String) -> usize {
    tick("pause").await;
    function(&text).len()
}

#[lower]
async fn returns_impl(number: u32) -> impl Iterator<Item = u32> + Debug {
    tick("pause").await;
    0..number
}

#[lower]
async fn returns_impl_with_lifetime(list: &[u32]) -> impl Iterator<Item = &u32> + Debug {
    tick("pause").await;
    list.iter().skip(1)
}

#[lower]
async fn associated_types<I>(mut items: I) -> Option<I::Item>
where
    I: Iterator,
{
    let first = items.next();
    tick("pause").await;
    items.next().or(first)
}

#[lower]
async fn const_generic<const N: usize>(list: [Noisy; N]) -> usize {
    let mut sum = 0;
    for item in &list {
        sum += item.peek().await as usize;
    }
    sum + N
}

#[lower]
async fn borrows_everything() -> String {
    let text = String::from("text");
    let mut list = vec!["one"];
    let mut number = 1;
    let own = noisy("own");
    let first = elided(&text).await;
    let second = elided_output(&text).await;
    let third = two_elided(second, &text).await;
    let fourth = named(&text, &String::from("temporary")).await;
    let fifth = two_named(&text, second).await;
    let sixth = lifetime_in_a_type(own.view()).await;
    let seventh = lifetime_in_nested_types(&mut list, &text).await;
    *mutable_reference(&mut number).await += 1;
    let eighth = reference_to_reference(&second, &list).await;
    let ninth = generic(&text).await;
    let (tenth, shown) = generic_by_reference(text.as_str()).await;
    let eleventh = argument_impl_with_lifetime(&text, list.iter().copied()).await;
    let twelfth = argument_dyn(&number, Box::new(|value| value + sixth)).await;
    let numbers = [1, 2, 3];
    let rest: Vec<_> = returns_impl_with_lifetime(&numbers).await.collect();
    format!("{first} {second} {third} {fourth} {fifth} {sixth} {seventh:?} {eighth} {ninth} {tenth} {shown} {eleventh} {twelfth} {rest:?} {number}")
}

cases! {
    elided("text"),
    elided_output("text"),
    generic_noisy: generic(noisy("a")),
    generic_reference: generic("text"),
    generic_tuple: generic((1_u8, noisy("a"), "text")),
    generic_with_where(noisy_name("first"), vec![1, 2]),
    generic_unused: generic_unused::<u32, 3>(),
    argument_impl("value", 0..3),
    argument_impl_future(leaf("first", 1, 1), async { leaf("second", 2, 2).await }),
    argument_closure(|number| value("called", number * 2)),
    argument_async_function(|number| leaf("called", 1, number)),
    argument_async_closure(async |number| leaf("called", 1, number).await),
    argument_higher_ranked(|text| &text[2..], String::from("text")),
    returns_impl(3),
    associated_types: associated_types([noisy("a"), noisy("b"), noisy("c")].into_iter()),
    const_generic([noisy("a"), noisy("b")]),
    borrows_everything(),
}

fn noisy_name(name: &'static str) -> String {
    noisy(name).name().to_owned()
}
