// `let x = &temporary();` extends the temporary to the end of the block, through constructors, blocks and the tails
// of branches, but not through the arguments of a call.

struct Wrapper<'a> {
    inner: &'a Noisy,
    number: u32,
}

#[lower]
async fn reference_to_a_temporary() -> u32 {
    let a = &noisy("a");
    let b = noisy("b");
    tick("pause").await;
    a.look() + b.look()
}

#[lower]
async fn mutable_reference_to_a_temporary() -> u32 {
    let a = &mut noisy("a");
    a.change().await;
    tick("pause").await;
    a.touch()
}

#[lower]
async fn reference_to_an_awaited_value() -> u32 {
    let a = &leaf("gives", 1, noisy("a")).await;
    tick("pause").await;
    a.peek().await
}

#[lower]
async fn extended_in_a_tuple() -> u32 {
    let (a, number) = (&noisy("a"), leaf("number", 1, 1).await);
    tick("pause").await;
    a.look() + number
}

#[lower]
async fn extended_in_a_struct() -> u32 {
    let wrapper = Wrapper {
        inner: &noisy("a"),
        number: leaf("number", 1, 1).await,
    };
    tick("pause").await;
    wrapper.inner.look() + wrapper.number
}

#[lower]
async fn extended_in_an_array() -> u32 {
    let list = [&noisy("a"), &leaf("gives", 1, noisy("b")).await];
    tick("pause").await;
    list[0].look() + list[1].look()
}

#[lower]
async fn extended_in_a_block_tail() -> u32 {
    let a = {
        mark("in block");
        &noisy("a")
    };
    tick("pause").await;
    a.look()
}

#[lower]
async fn extended_block_tail_with_await() -> u32 {
    let a = {
        let local = noisy("local");
        tick("in block").await;
        &leaf("gives", 1, noisy("a")).await
    };
    tick("pause").await;
    a.look()
}

#[lower]
async fn extended_with_a_cast() -> usize {
    let list = &[noisy("a"), noisy("b")] as &[Noisy];
    tick("pause").await;
    list.len()
}

#[lower]
async fn extended_field() -> u32 {
    let a = &(noisy("a"), noisy("b")).0;
    tick("pause").await;
    a.look()
}

#[lower]
async fn extended_index() -> u32 {
    let a = &[noisy("a"), noisy("b")][leaf("index", 1, 1).await];
    tick("pause").await;
    a.look()
}

#[lower]
async fn reborrowed_temporary() -> u32 {
    let a: &Noisy = &*&noisy("a");
    tick("pause").await;
    a.look()
}

#[lower]
async fn double_reference() -> u32 {
    let a = &&noisy("a");
    tick("pause").await;
    a.look()
}

#[lower]
async fn ref_binding_extends() -> u32 {
    let ref a = noisy("a");
    let ref mut b = noisy("b");
    tick("pause").await;
    a.look() + b.touch()
}

#[not_yet]
async fn ref_binding_in_a_pattern_extends() -> u32 {
    let (ref a, b) = (noisy("a"), noisy("b"));
    tick("pause").await;
    a.look() + b.look()
}

#[lower]
async fn not_extended_through_a_call() -> u32 {
    fn pass(noisy: &Noisy) -> u32 {
        noisy.look()
    }
    let number = pass(&noisy("a"));
    mark("after statement");
    tick("pause").await;
    number
}

#[lower]
async fn not_extended_through_a_method(a: Noisy) -> u32 {
    let source = a.view().source();
    mark("the view is gone");
    tick("pause").await;
    source.look()
}

#[lower]
async fn not_extended_but_awaited_in_the_statement() -> u32 {
    let number = noisy("a").view().load().await;
    mark("after statement");
    tick("pause").await;
    number
}

#[lower]
async fn extended_and_unused() {
    let _a = &noisy("a");
    let _ = &noisy("b");
    tick("pause").await;
    mark("end");
}

#[lower]
async fn extended_underscore_with_await() {
    let _ = &leaf("gives", 1, noisy("a")).await;
    tick("pause").await;
    mark("end");
}

#[lower]
async fn extended_option() -> u32 {
    let maybe = &Some(noisy("a"));
    tick("pause").await;
    match maybe {
        Some(inner) => inner.peek().await,
        None => 0,
    }
}

#[lower]
async fn extended_formatted_string(number: u32) -> usize {
    let text: &str = &format!("number {number}");
    tick("pause").await;
    text.len()
}

#[lower]
async fn promoted_constants() -> u32 {
    let numbers: &'static [u32] = &[1, 2, 3];
    let number = &7;
    tick("pause").await;
    numbers[1] + *number
}

#[lower]
async fn extended_future_reference() -> u32 {
    let future = &mut Box::pin(leaf("boxed", 1, 3));
    mark("between");
    future.await
}

#[lower]
async fn extended_closure() -> u32 {
    let add = &|number: u32| number + 1;
    tick("pause").await;
    add(1) + add(2)
}

#[lower]
async fn extended_trait_object() -> String {
    let shown: &dyn Debug = &noisy("a");
    tick("pause").await;
    format!("{shown:?}")
}

#[lower]
async fn extended_block_with_macros() -> usize {
    let text = &{
        let number = leaf("number", 1, 3).await;
        assert!(number < 6);
        assert_eq!(leaf("same", 1, 3).await, number);
        tick("inside").await;
        format!("{number}")
    };
    tick("after").await;
    text.len()
}

cases! {
    extended_block_with_macros(),

    reference_to_a_temporary(),
    mutable_reference_to_a_temporary(),
    reference_to_an_awaited_value(),
    extended_in_a_tuple(),
    extended_in_a_struct(),
    extended_in_an_array(),
    extended_in_a_block_tail(),
    extended_block_tail_with_await(),
    extended_with_a_cast(),
    extended_field(),
    extended_index(),
    reborrowed_temporary(),
    double_reference(),
    ref_binding_extends(),
    ref_binding_in_a_pattern_extends(),
    not_extended_through_a_call(),
    not_extended_through_a_method(noisy("a")),
    not_extended_but_awaited_in_the_statement(),
    extended_and_unused(),
    extended_underscore_with_await(),
    extended_option(),
    extended_formatted_string(12),
    promoted_constants(),
    extended_future_reference(),
    extended_closure(),
    extended_trait_object(),
}
