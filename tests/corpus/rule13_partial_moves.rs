// Partial moves out of structs, tuples and patterns: the remainder drops at the end of the scope.

#[derive(Debug)]
struct Parts {
    head: Noisy,
    body: Noisy,
    tail: (Noisy, u32),
}

fn parts() -> Parts {
    Parts {
        head: noisy("head"),
        body: noisy("body"),
        tail: (noisy("tail"), 7),
    }
}

#[lower]
async fn field_moved_out(parts: Parts) -> u32 {
    let body = parts.body;
    tick("pause").await;
    body.look() + parts.head.look()
}

#[lower]
async fn field_dropped() -> u32 {
    let parts = parts();
    tick("one").await;
    drop(parts.body);
    tick("two").await;
    parts.tail.0.look()
}

#[lower]
async fn nested_field_moved_out() -> u32 {
    let parts = parts();
    let last = parts.tail.0;
    tick("pause").await;
    last.look() + parts.tail.1 + parts.body.look()
}

#[lower]
async fn field_moved_in_a_branch(flag: bool) -> u32 {
    let parts = parts();
    if flag {
        drop(parts.head);
        tick("inside").await;
    }
    tick("outside").await;
    parts.body.look()
}

#[lower]
async fn field_reinitialised() -> Parts {
    let mut parts = parts();
    drop(parts.body);
    tick("gone").await;
    parts.body = leaf("gives", 1, noisy("new body")).await;
    tick("back").await;
    parts
}

#[lower]
async fn field_overwritten() -> Parts {
    let mut parts = parts();
    parts.body = leaf("gives", 1, noisy("new body")).await;
    tick("pause").await;
    parts
}

#[lower]
async fn field_consumed_by_a_method() -> u32 {
    let parts = parts();
    let number = parts.head.consume().await;
    tick("pause").await;
    number + parts.body.look()
}

#[lower]
async fn field_consumed_last() -> u32 {
    let parts = parts();
    tick("pause").await;
    parts.head.consume().await
}

#[lower]
async fn field_borrowed_last() -> u32 {
    let parts = parts();
    tick("pause").await;
    parts.head.peek().await
}

#[lower]
async fn destructured() -> u32 {
    let Parts { head, tail: (last, number), .. } = parts();
    tick("pause").await;
    head.look() + last.look() + number
}

#[lower]
async fn destructured_from_a_local() -> u32 {
    let parts = parts();
    let Parts { head, .. } = parts;
    tick("pause").await;
    head.look() + parts.body.look()
}

#[lower]
async fn destructured_by_reference() -> u32 {
    let parts = parts();
    let Parts { head, body, .. } = &parts;
    let number = head.peek().await;
    number + body.peek().await
}

#[lower]
async fn destructured_mutably() -> u32 {
    let mut parts = parts();
    let Parts { head, body, .. } = &mut parts;
    head.change().await;
    body.change().await;
    parts.head.look()
}

#[lower]
async fn tuple_destructured(pair: (Noisy, (Noisy, Noisy))) -> u32 {
    let (a, (_, c)) = pair;
    tick("pause").await;
    a.look() + c.look()
}

#[lower]
async fn matched_partially(parts: Parts, flag: bool) -> u32 {
    match (flag, parts) {
        (true, Parts { head, .. }) => head.consume().await,
        (false, Parts { body, tail: (last, _), .. }) => {
            tick("arm").await;
            body.look() + last.look()
        }
    }
}

#[lower]
async fn matched_local_partially() -> u32 {
    let maybe = Some(parts());
    match maybe {
        Some(Parts { body, .. }) => {
            tick("arm").await;
            body.look()
        }
        None => 0,
    }
}

#[lower]
async fn if_let_moves_partially() -> u32 {
    let pair = (Some(noisy("inner")), noisy("rest"));
    if let Some(inner) = pair.0 {
        tick("then").await;
        inner.look();
    }
    tick("after").await;
    pair.1.look()
}

#[lower]
async fn moved_out_of_a_box() -> u32 {
    let boxed = Box::new(parts());
    let body = boxed.body;
    tick("one").await;
    drop(boxed.head);
    tick("two").await;
    body.look() + boxed.tail.1
}

#[lower]
async fn whole_box_dereferenced() -> u32 {
    let boxed = Box::new(noisy("boxed"));
    tick("one").await;
    let inner = *boxed;
    tick("two").await;
    inner.look()
}

#[lower]
async fn field_moved_into_a_call_with_another_borrowed() -> u32 {
    fn take(head: Noisy, body: &Noisy, number: u32) -> u32 {
        head.look() + body.look() + number
    }
    let parts = parts();
    let number = take(parts.head, &parts.body, leaf("number", 1, 1).await);
    tick("pause").await;
    number
}

#[lower]
async fn fields_borrowed_apart() -> u32 {
    let mut parts = parts();
    let head = &mut parts.head;
    let body = &parts.body;
    head.change().await;
    let number = body.peek().await + head.look();
    parts.body.look() + number
}

#[lower]
async fn array_destructured() -> u32 {
    let [a, _, c] = [noisy("a"), noisy("b"), noisy("c")];
    tick("pause").await;
    a.look() + c.look()
}

#[lower]
async fn functional_update_moves_the_rest(base: Parts) -> u32 {
    let changed = Parts {
        body: leaf("gives", 1, noisy("new body")).await,
        ..base
    };
    tick("pause").await;
    changed.body.look() + base.body.look()
}

#[lower]
async fn closure_takes_one_field() -> u32 {
    let parts = parts();
    let body = parts.body;
    let use_it = move || body.look();
    tick("pause").await;
    use_it() + parts.head.look()
}

#[lower]
async fn closure_captures_one_field_disjointly() -> u32 {
    let mut parts = parts();
    let mut touch = || parts.body.touch();
    let number = touch();
    parts.head.change().await;
    tick("pause").await;
    number + parts.body.look()
}

#[lower]
async fn let_else_moves_partially(maybe: Option<(Noisy, Noisy)>) -> u32 {
    let Some((a, _)) = maybe else {
        return leaf("none", 1, 0).await;
    };
    tick("pause").await;
    a.look()
}

cases! {
    field_moved_out: field_moved_out(parts()),
    field_dropped(),
    nested_field_moved_out(),
    field_moved_in_a_branch_yes: field_moved_in_a_branch(true),
    field_moved_in_a_branch_no: field_moved_in_a_branch(false),
    field_reinitialised(),
    field_overwritten(),
    field_consumed_by_a_method(),
    field_consumed_last(),
    field_borrowed_last(),
    destructured(),
    destructured_from_a_local(),
    destructured_by_reference(),
    destructured_mutably(),
    tuple_destructured((noisy("a"), (noisy("b"), noisy("c")))),
    matched_partially_yes: matched_partially(parts(), true),
    matched_partially_no: matched_partially(parts(), false),
    matched_local_partially(),
    if_let_moves_partially(),
    moved_out_of_a_box(),
    whole_box_dereferenced(),
    field_moved_into_a_call_with_another_borrowed(),
    fields_borrowed_apart(),
    array_destructured(),
    functional_update_moves_the_rest(parts()),
    closure_takes_one_field(),
    closure_captures_one_field_disjointly(),
    let_else_moves_partially_some: let_else_moves_partially(Some((noisy("a"), noisy("b")))),
    let_else_moves_partially_none: let_else_moves_partially(None),
}
