// A guard whose last mention is a method call is held to the end of its scope; a value consumed by its last method
// call is not. Names do not tell which is which.

/// A session: `commit` lends, `finish` consumes.
#[derive(Debug)]
struct Lending(Noisy);

impl Lending {
    fn commit(&mut self) -> Holding<&mut Noisy, u32> {
        self.0.change()
    }

    fn into_parts(&self) -> u32 {
        self.0.look()
    }

    fn get(&self) -> &Noisy {
        &self.0
    }
}

/// The same names with the opposite meaning.
#[derive(Debug)]
struct Consuming(Noisy);

impl Consuming {
    fn commit(self) -> Holding<Noisy, u32> {
        self.0.consume()
    }

    fn into_parts(self) -> u32 {
        self.0.spend()
    }

    fn get(self) -> Noisy {
        self.0
    }
}

#[lower]
async fn guard_flushed_last(state: Lock<u32>) -> u32 {
    let guard = state.acquire().await;
    guard.flush().await;
    tick("after").await;
    state.is_held() as u32
}

#[lower]
async fn guard_released_last(state: Lock<u32>) -> u32 {
    let guard = state.acquire().await;
    guard.release().await;
    tick("after").await;
    state.is_held() as u32
}

#[lower]
async fn guard_released_early_by_drop(state: Lock<u32>) -> u32 {
    let mut guard = state.acquire().await;
    *guard += 1;
    let number = *guard;
    drop(guard);
    tick("after").await;
    number + state.is_held() as u32
}

#[lower]
async fn guard_in_a_block(state: Lock<u32>) -> u32 {
    {
        let mut guard = state.acquire().await;
        *guard += leaf("number", 1, 1).await;
    }
    tick("after").await;
    state.is_held() as u32
}

#[lower]
async fn guard_never_mentioned_again(state: Lock<u32>) -> u32 {
    let _guard = state.acquire().await;
    tick("after").await;
    state.is_held() as u32
}

#[lower]
async fn guard_bound_to_underscore(state: Lock<u32>) -> u32 {
    let _ = state.acquire().await;
    tick("after").await;
    state.is_held() as u32
}

#[lower]
async fn guard_read_last(state: Lock<u32>) -> u32 {
    let guard = state.guard();
    let number = *guard;
    tick("after").await;
    number + state.is_held() as u32
}

#[lower]
async fn guard_temporary(state: Lock<Vec<u32>>) -> u32 {
    state.acquire().await.push(1);
    tick("between").await;
    let length = state.guard().len() as u32 + leaf("more", 1, 1).await;
    length + state.is_held() as u32
}

#[lower]
async fn lending_commit(mut session: Lending) -> u32 {
    let number = session.commit().await;
    tick("after").await;
    number
}

#[lower]
async fn consuming_commit(session: Consuming) -> u32 {
    let number = session.commit().await;
    tick("after").await;
    number
}

#[lower]
async fn lending_local() -> u32 {
    let mut session = Lending(noisy("session"));
    let other = noisy("other");
    let number = session.commit().await;
    tick("after").await;
    number
}

#[lower]
async fn consuming_local() -> u32 {
    let session = Consuming(noisy("session"));
    let other = noisy("other");
    let number = session.commit().await;
    tick("after").await;
    number
}

#[lower]
async fn lending_into_parts() -> u32 {
    let session = Lending(noisy("session"));
    tick("before").await;
    let number = session.into_parts();
    tick("after").await;
    number
}

#[lower]
async fn consuming_into_parts() -> u32 {
    let session = Consuming(noisy("session"));
    tick("before").await;
    let number = session.into_parts();
    tick("after").await;
    number
}

#[lower]
async fn lending_get_borrows() -> u32 {
    let session = Lending(noisy("session"));
    tick("before").await;
    let inner = session.get();
    tick("after").await;
    inner.look()
}

#[lower]
async fn consuming_get_gives() -> u32 {
    let session = Consuming(noisy("session"));
    tick("before").await;
    let inner = session.get();
    tick("after").await;
    inner.look()
}

#[lower]
async fn peeked_last() {
    let a = noisy("a");
    a.peek().await;
    tick("after").await;
}

#[lower]
async fn consumed_last() {
    let a = noisy("a");
    a.consume().await;
    tick("after").await;
}

#[lower]
async fn peeked_parameter(a: Noisy, b: Noisy) {
    a.peek().await;
    tick("after").await;
}

#[lower]
async fn consumed_parameter(a: Noisy, b: Noisy) {
    a.consume().await;
    tick("after").await;
}

#[lower]
async fn consumed_explicitly_by_a_block(a: Noisy) {
    {a}.peek().await;
    tick("after").await;
}

#[lower]
async fn lent_explicitly(a: Noisy) {
    (&a).peek().await;
    tick("after").await;
}

#[lower]
async fn chain_of_lending_and_consuming(a: Noisy) -> u32 {
    let number = a.rename("b").rename("c").peek().await;
    tick("after").await;
    number
}

#[lower]
async fn view_consumed_last(a: Noisy) -> u32 {
    let view = a.view();
    let number = view.into_load().await;
    tick("after").await;
    number
}

#[lower]
async fn view_lent_last(a: Noisy) -> u32 {
    let view = a.view();
    let number = view.load().await;
    tick("after").await;
    number
}

#[lower]
async fn result_borrows_from_the_receiver() -> usize {
    let a = noisy("a long name");
    tick("before").await;
    let name = a.name();
    tick("after").await;
    name.len()
}

#[lower]
async fn view_stored_from_a_local() -> u32 {
    let a = noisy("a");
    let view = a.view();
    tick("one").await;
    let again = view.again();
    tick("two").await;
    again.look()
}

#[lower]
async fn consumed_in_a_branch(flag: bool) -> u32 {
    let a = noisy("a");
    let number = if flag { a.consume().await } else { a.peek().await };
    tick("after").await;
    number
}

#[lower]
async fn consumed_in_an_operand() -> u32 {
    let a = noisy("a");
    let b = noisy("b");
    let number = a.spend() + leaf("middle", 1, 1).await + b.look();
    tick("after").await;
    number
}

#[lower]
async fn iterator_consumed_last(list: Vec<Noisy>) -> u32 {
    let numbers = list.into_iter().map(|item| item.look()).collect::<Vec<_>>();
    tick("after").await;
    numbers.iter().sum()
}

#[lower]
async fn iterator_lent_last(list: Vec<Noisy>) -> u32 {
    let number = list.iter().map(Noisy::look).sum();
    tick("after").await;
    number
}

#[lower]
async fn option_unwrapped_last(maybe: Option<Noisy>) -> u32 {
    let inner = maybe.unwrap();
    tick("after").await;
    inner.look()
}

#[lower]
async fn option_lent_last(maybe: Option<Noisy>) -> u32 {
    let inner = maybe.as_ref();
    tick("after").await;
    inner.map_or(0, Noisy::look)
}

#[lower]
async fn option_checked_last(maybe: Option<Noisy>) -> bool {
    let some = maybe.is_some();
    tick("after").await;
    some
}

#[lower]
async fn reference_count_dropped_last() -> usize {
    let shared = std::sync::Arc::new(noisy("shared"));
    let other = std::sync::Arc::clone(&shared);
    tick("one").await;
    drop(shared);
    tick("two").await;
    std::sync::Arc::strong_count(&other)
}

#[lower]
async fn sender_kept_alive_by_its_scope() -> u32 {
    let (sender, receiver) = std::sync::mpsc::channel();
    sender.send(1).unwrap();
    tick("one").await;
    let open = matches!(receiver.try_recv(), Ok(1)) && receiver.try_recv() == Err(std::sync::mpsc::TryRecvError::Empty);
    open as u32
}

#[lower]
async fn method_of_a_field_lends(pair: (Noisy, Noisy)) -> u32 {
    let number = pair.0.peek().await;
    tick("after").await;
    number
}

#[lower]
async fn method_of_a_field_consumes(pair: (Noisy, Noisy)) -> u32 {
    let number = pair.0.consume().await;
    tick("after").await;
    number
}

#[lower]
async fn method_through_a_box() -> u32 {
    let boxed = Box::new(noisy("boxed"));
    let number = boxed.peek().await;
    tick("after").await;
    number
}

#[lower]
async fn copy_receiver(number: u32) -> u32 {
    let copy = number.pow(2);
    tick("after").await;
    copy
}

#[lower]
async fn by_path_calls(a: Noisy, b: Noisy) -> u32 {
    let number = Noisy::peek(&a).await + Noisy::consume(b).await;
    tick("after").await;
    number
}

#[lower]
async fn into_iterator_of_a_local_in_a_loop() -> u32 {
    let list = vec![noisy("x"), noisy("y")];
    let mut sum = 0;
    for item in list.iter() {
        sum += item.peek().await;
    }
    tick("after").await;
    sum
}

cases! {
    guard_flushed_last(lock("state", 1)),
    guard_released_last(lock("state", 1)),
    guard_released_early_by_drop(lock("state", 1)),
    guard_in_a_block(lock("state", 1)),
    guard_never_mentioned_again(lock("state", 1)),
    guard_bound_to_underscore(lock("state", 1)),
    guard_read_last(lock("state", 1)),
    guard_temporary(lock("state", vec![])),
    lending_commit: lending_commit(Lending(noisy("session"))),
    consuming_commit: consuming_commit(Consuming(noisy("session"))),
    lending_local(),
    consuming_local(),
    lending_into_parts(),
    consuming_into_parts(),
    lending_get_borrows(),
    consuming_get_gives(),
    peeked_last(),
    consumed_last(),
    peeked_parameter(noisy("a"), noisy("b")),
    consumed_parameter(noisy("a"), noisy("b")),
    consumed_explicitly_by_a_block(noisy("a")),
    lent_explicitly(noisy("a")),
    chain_of_lending_and_consuming(noisy("a")),
    view_consumed_last(noisy("a")),
    view_lent_last(noisy("a")),
    result_borrows_from_the_receiver(),
    view_stored_from_a_local(),
    consumed_in_a_branch_yes: consumed_in_a_branch(true),
    consumed_in_a_branch_no: consumed_in_a_branch(false),
    consumed_in_an_operand(),
    iterator_consumed_last(vec![noisy("x"), noisy("y")]),
    iterator_lent_last(vec![noisy("x"), noisy("y")]),
    option_unwrapped_last(Some(noisy("inner"))),
    option_lent_last(Some(noisy("inner"))),
    option_checked_last(Some(noisy("inner"))),
    reference_count_dropped_last(),
    sender_kept_alive_by_its_scope(),
    method_of_a_field_lends((noisy("a"), noisy("b"))),
    method_of_a_field_consumes((noisy("a"), noisy("b"))),
    method_through_a_box(),
    copy_receiver(3),
    by_path_calls(noisy("a"), noisy("b")),
    into_iterator_of_a_local_in_a_loop(),
}
