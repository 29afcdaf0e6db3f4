// Borrows, reborrows and slices held across one or many awaits.

#[derive(Debug)]
struct Node {
    own: Noisy,
    numbers: Vec<u32>,
    next: Option<Box<Node>>,
}

fn node(name: &'static str, next: Option<Box<Node>>) -> Node {
    Node {
        own: noisy(name),
        numbers: vec![1, 2, 3],
        next,
    }
}

#[lower]
async fn shared_borrow_across_two_awaits() -> u32 {
    let a = noisy("a");
    let reference = &a;
    tick("one").await;
    reference.look();
    tick("two").await;
    reference.look() + a.look()
}

#[lower]
async fn mutable_borrow_across_two_awaits() -> u32 {
    let mut a = noisy("a");
    let reference = &mut a;
    tick("one").await;
    reference.touch();
    tick("two").await;
    reference.touch();
    a.look()
}

#[lower]
async fn borrow_then_move() -> u32 {
    let a = noisy("a");
    let reference = &a;
    let number = reference.peek().await;
    let moved = a;
    tick("after").await;
    number + moved.look()
}

#[lower]
async fn borrow_of_a_field_while_another_changes(mut node: Node) -> u32 {
    let numbers = &mut node.numbers;
    let own = &mut node.own;
    own.change().await;
    numbers.push(leaf("number", 1, 4).await);
    own.change().await;
    numbers.iter().sum()
}

#[lower]
async fn borrow_of_an_element(mut list: Vec<Noisy>) -> u32 {
    let first = &mut list[0];
    first.change().await;
    let second = list.get(1).unwrap();
    second.peek().await;
    list.len() as u32
}

#[lower]
async fn split_borrows(mut list: Vec<Noisy>) -> u32 {
    let (left, right) = list.split_at_mut(1);
    left[0].change().await;
    right[0].change().await;
    left[0].look() + right[0].look()
}

#[lower]
async fn slices_of_an_array() -> u32 {
    let mut buffer = [0_u8; 16];
    let (head, body) = buffer.split_at_mut(4);
    fill(head).await;
    fill(body).await;
    head[0] = body.len() as u8;
    buffer.iter().map(|byte| u32::from(*byte)).sum()
}

#[lower]
async fn fill(buffer: &mut [u8]) {
    for byte in buffer.iter_mut() {
        *byte = leaf("byte", usize::from(*byte == 7), 1).await;
    }
    tick("filled").await;
}

#[lower]
async fn buffer_used_in_a_loop() -> usize {
    let mut buffer = Vec::with_capacity(8);
    let mut total = 0;
    for round in 0..3_u8 {
        let slice = &mut buffer;
        append(slice, round).await;
        append(slice, round + 10).await;
        total += buffer.len();
        if buffer.len() > 3 {
            buffer.clear();
        }
    }
    total
}

#[lower]
async fn append(buffer: &mut Vec<u8>, byte: u8) {
    tick("append").await;
    buffer.push(byte);
}

#[lower]
async fn reference_that_changes_its_target() -> u32 {
    let a = noisy("a");
    let b = noisy("bb");
    let mut reference = &a;
    let first = reference.peek().await;
    reference = &b;
    tick("between").await;
    first + reference.peek().await
}

#[lower]
async fn walk_down_a_list(mut head: Node) -> u32 {
    let mut current = &mut head;
    let mut sum = 0;
    loop {
        sum += current.own.change().await;
        match current.next {
            Some(ref mut next) => current = next,
            None => break,
        }
    }
    current.numbers.push(sum);
    sum + head.numbers.len() as u32
}

#[lower]
async fn walk_with_while_let(head: Node) -> u32 {
    let mut cursor = Some(&head);
    let mut sum = 0;
    while let Some(node) = cursor {
        sum += node.own.peek().await;
        cursor = node.next.as_deref();
    }
    sum
}

#[lower]
async fn string_slices() -> String {
    let line = String::from("key = value # comment");
    let code = line.split('#').next().unwrap_or("");
    tick("one").await;
    let (key, value) = code.split_once('=').unwrap();
    tick("two").await;
    let (key, value) = (key.trim(), value.trim());
    tick("three").await;
    format!("{value}:{key}")
}

#[lower]
async fn borrowed_iterator_by_hand(list: Vec<Noisy>) -> u32 {
    let mut iterator = list.iter();
    let mut sum = 0;
    while let Some(item) = iterator.next() {
        sum += item.peek().await;
    }
    sum
}

#[lower]
async fn peekable_characters(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(&character) = characters.peek() {
        if character == ' ' {
            characters.next();
            tick("space").await;
            continue;
        }
        let mut word = String::new();
        while let Some(character) = characters.next_if(|character| *character != ' ') {
            word.push(character);
            if word.len() == 2 {
                tick("two letters").await;
            }
        }
        words.push(word);
    }
    words
}

#[lower]
async fn map_entry_across_an_await() -> u32 {
    let mut map = std::collections::BTreeMap::new();
    let entry = map.entry("key").or_insert_with(|| noisy("entry"));
    entry.change().await;
    tick("after").await;
    map.len() as u32
}

#[lower]
async fn borrowed_by_the_awaited_future_only(a: Noisy) -> u32 {
    let first = read(&a).await;
    let second = read(&a).await;
    drop(a);
    tick("after").await;
    first + second
}

#[lower]
async fn read(a: &Noisy) -> u32 {
    a.peek().await
}

#[lower]
async fn future_kept_while_its_target_is_borrowed() -> u32 {
    let a = noisy("a");
    let future = read(&a);
    let number = a.look();
    tick("between").await;
    future.await + number
}

#[lower]
async fn mutable_future_kept() -> u32 {
    let mut list = vec![1_u8];
    let future = append(&mut list, 2);
    tick("between").await;
    future.await;
    list.len() as u32
}

#[lower]
async fn pattern_bindings_by_reference(mut pair: (Noisy, Option<Noisy>)) -> u32 {
    let (ref first, ref mut second) = pair;
    let number = first.peek().await;
    if let Some(inner) = second {
        inner.change().await;
    }
    *second = None;
    tick("after").await;
    number + first.look()
}

#[lower]
async fn box_and_dereference() -> u32 {
    let mut boxed = Box::new((1, noisy("inner")));
    let number = &mut boxed.0;
    *number += leaf("more", 1, 1).await;
    tick("between").await;
    *number += 1;
    boxed.1.peek().await + boxed.0
}

#[lower]
async fn self_reference_through_an_option() -> u32 {
    let a = noisy("a");
    let mut held: Option<&Noisy> = None;
    for turn in 0..2 {
        if let Some(reference) = held {
            reference.peek().await;
        }
        held = Some(&a);
        tick("turn").await;
    }
    held.map_or(0, Noisy::look)
}

#[lower]
async fn references_in_a_vector() -> u32 {
    let a = noisy("a");
    let b = noisy("b");
    let mut references = vec![&a];
    tick("one").await;
    references.push(&b);
    let mut sum = 0;
    for reference in references {
        sum += reference.peek().await;
    }
    sum
}

#[lower]
async fn scratch_space_lent_out(connection: &mut Connection, line: &mut String) -> Result<usize, Failure> {
    line.clear();
    let length = connection.read_line(line).await?;
    let trimmed = line.trim_end();
    connection.write_all(trimmed.as_bytes()).await?;
    Ok(length - trimmed.len())
}

#[lower]
async fn lends_scratch_space(mut connection: Connection) -> Result<usize, Failure> {
    let mut line = String::new();
    let mut stripped = 0;
    for _ in 0..2 {
        stripped += scratch_space_lent_out(&mut connection, &mut line).await?;
    }
    connection.shutdown().await?;
    Ok(stripped + line.len())
}

#[lower]
async fn array_of_constants_lent_mutably() -> u8 {
    fill(&mut [0]).await;
    fill(&mut [0; 3]).await;
    fill(&mut []).await;
    double(&mut 4).await
}

async fn double(number: &mut u8) -> u8 {
    tick("double").await;
    *number *= 2;
    *number
}

async fn of_one_lifetime<'a>(left: &'a Noisy, right: &'a str) -> u32 {
    tick("of one lifetime").await;
    left.look() + right.len() as u32
}

#[lower]
async fn future_of_two_borrows(left: &Noisy, right: &str) -> u32 {
    let future = of_one_lifetime(left, right);
    tick("made").await;
    future.await
}

#[lower]
async fn lends_to_a_future_of_two_borrows() -> u32 {
    let local = noisy("local");
    let text = String::from("text");
    future_of_two_borrows(&local, &text).await
}

async fn finish(noisy: Noisy) -> u32 {
    tick("finish").await;
    noisy.look()
}

#[lower]
async fn reference_in_scope_to_what_has_been_moved() -> u32 {
    let (first, second) = leaf("pair", 1, (noisy("first"), noisy("second"))).await;
    let name = Some(first.name()).unwrap_or("");
    let length = name.len() as u32;
    let view = second.view();
    let seen = view.look();
    finish(first).await + length + seen
}

#[not_yet]
async fn reference_in_scope_to_what_has_ended(short: bool) -> u32 {
    let mut name = "none";
    let mut length = 0;
    tick("before").await;
    if short {
        let local = noisy("local");
        name = local.name();
        length = name.len();
    }
    tick("afterwards").await;
    length as u32
}

#[lower]
async fn reference_by_way_of_another() -> u32 {
    let first = leaf("first", 1, noisy("first")).await;
    let text = first.name();
    let name = text.trim();
    let length = name.len() as u32;
    finish(first).await + length
}

cases! {
    reference_in_scope_to_what_has_been_moved(),
    reference_in_scope_to_what_has_ended_short: reference_in_scope_to_what_has_ended(true),
    reference_in_scope_to_what_has_ended_long: reference_in_scope_to_what_has_ended(false),
    reference_by_way_of_another(),
    lends_to_a_future_of_two_borrows(),
    shared_borrow_across_two_awaits(),
    mutable_borrow_across_two_awaits(),
    borrow_then_move(),
    borrow_of_a_field_while_another_changes: borrow_of_a_field_while_another_changes(node("a", None)),
    borrow_of_an_element(vec![noisy("a"), noisy("b")]),
    split_borrows(vec![noisy("a"), noisy("b")]),
    slices_of_an_array(),
    array_of_constants_lent_mutably(),
    buffer_used_in_a_loop(),
    reference_that_changes_its_target(),
    walk_down_a_list: walk_down_a_list(node("head", Some(Box::new(node("tail", None))))),
    walk_with_while_let: walk_with_while_let(node("head", Some(Box::new(node("tail", None))))),
    string_slices(),
    borrowed_iterator_by_hand(vec![noisy("a"), noisy("b")]),
    peekable_characters("one two  three"),
    map_entry_across_an_await(),
    borrowed_by_the_awaited_future_only(noisy("a")),
    future_kept_while_its_target_is_borrowed(),
    mutable_future_kept(),
    pattern_bindings_by_reference((noisy("a"), Some(noisy("b")))),
    box_and_dereference(),
    self_reference_through_an_option(),
    references_in_a_vector(),
    lends_scratch_space(connection("peer", ["one  ", "two\n"])),
}
