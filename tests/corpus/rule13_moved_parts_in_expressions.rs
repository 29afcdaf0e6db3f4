// Parts that expressions of every kind move out of variables, some of which borrow, or take the rest.

struct Pair {
    first: Noisy,
    second: Noisy,
    number: u32,
}

fn pair() -> Pair {
    Pair {
        first: noisy("first"),
        second: noisy("second"),
        number: 7,
    }
}

#[lower]
async fn through_an_unknown_reference(pair: Pair) -> u32 {
    fn same<T>(value: T) -> T {
        value
    }
    let reference = same(&pair);
    let Pair { first, second, .. } = reference;
    let number = first.peek().await;
    let other = (noisy("left"), noisy("right"));
    let (left, _) = same(&other);
    tick("between").await;
    number + second.look() + left.look()
}

#[lower]
async fn unknown_unique_reference(mut pair: Pair) -> u32 {
    fn same<T>(value: T) -> T {
        value
    }
    let reference = same(&mut pair);
    tick("one").await;
    let Pair { first, number, .. } = reference;
    first.change().await;
    *number += 1;
    first.touch() + *number
}

#[lower]
async fn mutable_binding() -> u32 {
    let pair = pair();
    tick("one").await;
    let Pair { mut first, .. } = pair;
    first.touch();
    tick("two").await;
    first.look() + pair.second.look()
}

#[lower]
async fn moved_and_borrowed() -> u32 {
    let pair = pair();
    let Pair {
        first,
        ref second,
        number,
    } = pair;
    tick("one").await;
    let number = number + first.spend();
    tick("two").await;
    number + second.look()
}

#[lower]
async fn copied_only(pair: Pair) -> u32 {
    let Pair { number, .. } = pair;
    tick("one").await;
    let again = pair.number;
    tick("two").await;
    number + again + pair.first.look()
}

#[lower]
async fn typed_let_else(maybe: Option<(Noisy, Noisy)>) -> u32 {
    tick("before").await;
    let Some((left, _)): Option<(Noisy, Noisy)> = maybe else {
        tick("none").await;
        return 0;
    };
    tick("some").await;
    left.look()
}

#[lower]
async fn returned_part(flag: bool) -> Noisy {
    let pair = pair();
    tick("one").await;
    if flag {
        return pair.first;
    }
    tick("two").await;
    pair.second
}

#[lower]
async fn parts_of_a_tuple() -> (Noisy, u32) {
    let pair = pair();
    tick("one").await;
    (pair.second, pair.number)
}

#[lower]
async fn part_with_a_question_mark(
    result: (Result<Noisy, Failure>, Noisy),
) -> Result<u32, Failure> {
    tick("one").await;
    let value = result.0?;
    tick("two").await;
    Ok(value.look() + result.1.look())
}

#[lower]
async fn awaited_part() -> u32 {
    let futures = (noisy("a").consume(), noisy("b").consume());
    tick("one").await;
    let number = futures.0.await;
    tick("two").await;
    number + futures.1.await
}

#[lower]
async fn called_part(flag: bool) -> u32 {
    struct Callbacks<F: FnOnce(u32) -> u32, G: Fn(u32) -> u32> {
        once: F,
        often: G,
        noisy: Noisy,
    }
    let captured = noisy("captured");
    let callbacks = Callbacks {
        once: move |number| captured.spend() + number,
        often: |number| number + 1,
        noisy: noisy("last"),
    };
    tick("one").await;
    let mut number = (callbacks.often)(1);
    if flag {
        number += (callbacks.once)(2);
        tick("two").await;
    }
    number + callbacks.noisy.look()
}

#[lower]
async fn coerced_part() -> u32 {
    struct Holder {
        boxed: Box<Noisy>,
        name: String,
        other: Noisy,
    }
    fn show(text: &str) -> usize {
        text.len()
    }
    let holder = Holder {
        boxed: Box::new(noisy("boxed")),
        name: "name".into(),
        other: noisy("other"),
    };
    tick("one").await;
    let debug: Box<dyn Debug> = holder.boxed;
    let length = show(&holder.name);
    tick("two").await;
    let name: String = holder.name;
    tick("three").await;
    format!("{debug:?}{name}").len() as u32 + holder.other.look() + length as u32
}

#[lower]
async fn scrutinee_of_literals(pair: (&'static str, u32, Noisy)) -> u32 {
    const SEVEN: u32 = 7;
    tick("one").await;
    let by_text = match pair.0 {
        "a" => 1,
        other => other.len() as u32,
    };
    let by_number = match pair.1 {
        SEVEN => 70,
        other => other,
    };
    tick("two").await;
    by_text + by_number
}

#[lower]
async fn by_a_macro(pair: Pair) -> String {
    tick("one").await;
    assert_eq!(pair.number, 7);
    let text = format!("{:?} {}", pair.first, pair.number);
    drop(pair.first);
    tick("two").await;
    println!("{}", pair.second.look());
    text
}

#[lower]
async fn closure_borrows_what_is_left() -> u32 {
    let pair = pair();
    drop(pair.first);
    tick("one").await;
    let look = || pair.second.look() + pair.number;
    tick("two").await;
    look()
}

#[lower]
async fn generic_part<T: Debug>(pair: (T, Noisy)) -> String {
    tick("one").await;
    let value = pair.0;
    tick("two").await;
    pair.1.look();
    format!("{value:?}")
}

#[lower]
async fn temporaries_in_arguments() -> u32 {
    fn add(noisy: Noisy, text: &str, more: u32) -> u32 {
        noisy.look() + text.len() as u32 + more
    }
    let pair = pair();
    tick("one").await;
    let number = add(pair.first, &String::from("text"), pair.second.view().look());
    tick("two").await;
    number
}

#[lower]
async fn struct_base(flag: bool) -> u32 {
    let base = pair();
    tick("one").await;
    let other = if flag {
        Pair {
            first: noisy("new first"),
            number: base.number + 1,
            ..base
        }
    } else {
        Pair {
            number: leaf("number", 1, 3).await,
            ..base
        }
    };
    tick("two").await;
    other.first.look() + other.number
}

#[lower]
async fn struct_base_of_copies(base: (std::ops::Range<u32>, Noisy)) -> u32 {
    struct Options<'a> {
        retries: u32,
        name: &'a str,
    }
    let options = Options {
        retries: 3,
        name: "name",
    };
    tick("one").await;
    let other = Options {
        retries: 4,
        ..options
    };
    let range = std::ops::Range {
        start: base.1.look(),
        ..base.0
    };
    tick("two").await;
    other.retries + range.end + options.name.len() as u32 + base.1.look()
}

#[lower]
async fn unsized_behind_a_box() -> usize {
    let boxed: Box<[u32]> = vec![1, 2, 3].into();
    let text: Box<str> = "text".into();
    tick("one").await;
    let sum = (*boxed).iter().sum::<u32>() as usize + (*text).len();
    tick("two").await;
    sum
}

#[lower]
async fn tree_in_boxes(flag: bool) -> u32 {
    enum Tree {
        Leaf(Noisy),
        Node(Box<Tree>, Noisy, Box<Tree>),
    }
    let tree = Tree::Node(
        Box::new(Tree::Leaf(noisy("left"))),
        noisy("middle"),
        Box::new(Tree::Leaf(noisy("right"))),
    );
    tick("one").await;
    let boxed = match tree {
        Tree::Node(left, _, right) => {
            if flag {
                left
            } else {
                right
            }
        }
        Tree::Leaf(_) => return 0,
    };
    tick("two").await;
    match *boxed {
        Tree::Leaf(leaf) => leaf.consume().await,
        Tree::Node(..) => 0,
    }
}

#[lower]
async fn receiver_before_awaited_arguments(a: Noisy, b: Noisy) -> u32 {
    let name = a.rename(leaf("name", 1, "renamed").await);
    tick("after").await;
    name.look() + b.look()
}

#[lower]
async fn receiver_that_stays_while_arguments_are_awaited(mut list: Vec<Noisy>) -> u32 {
    list.push(leaf("item", 1, noisy("item")).await);
    tick("after").await;
    let shared = noisy("shared");
    let number = [1, 2]
        .get(leaf("index", 1, 1).await)
        .copied()
        .unwrap_or(shared.look());
    number
}

// One arm borrows what another takes.
#[lower]
async fn one_arm_borrows_another_takes(value: Option<Noisy>, long: bool) -> u32 {
    let held = value;
    tick("before").await;
    let number = match held {
        Some(ref inner) if long => {
            tick("borrowed").await;
            inner.look()
        }
        Some(inner) => {
            let number = inner.look();
            drop(inner);
            tick("taken").await;
            number
        }
        None => 0,
    };
    tick("after").await;
    number
}

// What the arms take apart has got its value late, and gets another.
#[lower]
async fn deferred_and_taken_by_an_arm(flag: bool, long: bool) -> u32 {
    let mut held;
    if flag {
        held = Some(noisy("first"));
    } else {
        tick("before").await;
        held = None;
    }
    let mut number = 0;
    for turn in 0..2 {
        number += match held {
            Some(ref inner) if long => {
                tick("borrowed").await;
                inner.look()
            }
            Some(inner) => {
                tick("taken").await;
                inner.look()
            }
            None => 0,
        };
        tick("between").await;
        held = leaf("another", 1, Some(noisy("another"))).await;
        number += turn;
    }
    number
}

#[lower]
async fn deferred_and_taken_in_part_or_whole(flag: bool, part: bool) -> u32 {
    let pair;
    if flag {
        pair = (noisy("left"), noisy("right"));
    } else {
        tick("before").await;
        pair = (noisy("other left"), noisy("other right"));
    }
    match pair {
        (left, _) if part => {
            tick("part").await;
            left.look()
        }
        (left, right) => {
            tick("whole").await;
            left.look() + right.look()
        }
    }
}

#[lower]
async fn one_arm_of_a_temporary_borrows(long: bool) -> u32 {
    match leaf("value", 1, Some(noisy("inner"))).await {
        Some(ref inner) if long => {
            tick("borrowed").await;
            inner.look()
        }
        Some(inner) => {
            tick("taken").await;
            inner.look()
        }
        None => 0,
    }
}

macro_rules! config { ($($name:ident)*) => {
    struct Config { $($name: Noisy,)* last: u32 }
    fn config() -> Config { Config { $($name: noisy(stringify!($name)),)* last: 3 } }
} }
config! { a1 a2 a3 a4 a5 a6 a7 a8 b1 b2 b3 b4 b5 b6 b7 b8 c1 c2 c3 c4 c5 c6 c7 c8 d1 d2 d3 d4 d5 d6 d7 d8 e1 e2 e3 e4 }
#[lower]
async fn many_parts(config: Config) -> u32 {
    let a = (
        config.a1, config.a2, config.a3, config.a4, config.a5, config.a6, config.a7, config.a8,
    );
    tick("a").await;
    let b = [
        config.b1, config.b2, config.b3, config.b4, config.b5, config.b6, config.b7,
    ];
    tick("b").await;
    if config.last > 3 {
        drop(config.b8);
    }
    let c = (
        config.c1, config.c2, config.c3, config.c4, config.c5, config.c6, config.c7, config.c8,
    );
    let d = (
        config.d1, config.d2, config.d3, config.d4, config.d5, config.d6, config.d7, config.d8,
    );
    tick("d").await;
    drop(config.e1);
    drop(config.e2);
    tick("e").await;
    drop(config.e3);
    a.0.look() + b[1].look() + c.2.look() + d.3.look()
}

cases! {
    deferred_and_taken: deferred_and_taken_by_an_arm(true, false),
    deferred_and_borrowed: deferred_and_taken_by_an_arm(true, true),
    deferred_and_empty: deferred_and_taken_by_an_arm(false, false),
    deferred_and_taken_in_part: deferred_and_taken_in_part_or_whole(true, true),
    deferred_and_taken_whole: deferred_and_taken_in_part_or_whole(true, false),
    deferred_late_and_taken_in_part: deferred_and_taken_in_part_or_whole(false, true),
    deferred_late_and_taken_whole: deferred_and_taken_in_part_or_whole(false, false),
    one_arm_borrows: one_arm_borrows_another_takes(Some(noisy("value")), true),
    another_arm_takes: one_arm_borrows_another_takes(Some(noisy("value")), false),
    no_arm_takes: one_arm_borrows_another_takes(None, false),
    one_arm_of_a_temporary_borrows_it: one_arm_of_a_temporary_borrows(true),
    one_arm_of_a_temporary_takes_it: one_arm_of_a_temporary_borrows(false),
    receiver_before_awaited_arguments(noisy("a"), noisy("b")),
    receiver_that_stays_while_arguments_are_awaited(vec![noisy("first")]),
    struct_base_yes: struct_base(true),
    struct_base_no: struct_base(false),
    struct_base_of_copies((1..5, noisy("second"))),
    unsized_behind_a_box(),
    tree_in_boxes_left: tree_in_boxes(true),
    tree_in_boxes_right: tree_in_boxes(false),
    through_an_unknown_reference(pair()),
    unknown_unique_reference(pair()),
    mutable_binding(),
    moved_and_borrowed(),
    copied_only(pair()),
    typed_let_else_some: typed_let_else(Some((noisy("a"), noisy("b")))),
    typed_let_else_none: typed_let_else(None),
    returned_part_first: returned_part(true),
    returned_part_second: returned_part(false),
    parts_of_a_tuple(),
    part_with_a_question_mark_ok: part_with_a_question_mark((Ok(noisy("a")), noisy("b"))),
    part_with_a_question_mark_error: part_with_a_question_mark((Err(Failure("bad")), noisy("b"))),
    awaited_part(),
    called_part_yes: called_part(true),
    called_part_no: called_part(false),
    coerced_part(),
    scrutinee_of_literals(("a", 7, noisy("last"))),
    by_a_macro(pair()),
    closure_borrows_what_is_left(),
    generic_part((noisy("a"), noisy("b"))),
    temporaries_in_arguments(),
    many_parts(config()),
}
