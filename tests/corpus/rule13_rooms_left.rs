// Variables that a method may have consumed: what comes after them may lie in their room, but only if all that could have
// consumed them did, and only from then on.

struct Big {
    noisy: Noisy,
    bytes: [u8; 200],
}

impl Big {
    fn new(name: &'static str) -> Big {
        Big {
            noisy: noisy(name),
            bytes: [7; 200],
        }
    }

    fn sum(&self) -> u32 {
        self.noisy.look() + u32::from(self.bytes[199])
    }

    fn into_other(self) -> Big {
        Big {
            noisy: self.noisy.rename("other"),
            bytes: self.bytes,
        }
    }

    fn into_parts(self) -> (Noisy, [u8; 200]) {
        (self.noisy, self.bytes)
    }

    fn send(self) -> Leaf<Big> {
        leaf("send", 2, self)
    }

    fn finish(self) -> u32 {
        self.noisy.spend() + u32::from(self.bytes[0])
    }
}

#[lower]
async fn parts_in_the_room() -> u32 {
    let whole = Big::new("whole");
    tick("before").await;
    let (noisy, bytes) = whole.into_parts();
    tick("after").await;
    noisy.look() + u32::from(bytes[100])
}

#[lower]
async fn one_after_the_other() -> u32 {
    let first = Big::new("first");
    tick("one").await;
    let second = first.into_other();
    tick("two").await;
    let third = second.into_other();
    tick("three").await;
    third.sum()
}

#[lower]
async fn consumed_by_what_is_awaited() -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let back = big.send().await;
    tick("after").await;
    back.sum()
}

#[lower]
async fn argument_consumed_by_what_is_awaited(big: Big) -> u32 {
    let back = big.send().await;
    tick("after").await;
    back.sum()
}

#[lower]
async fn consumed_in_both_branches(flag: bool) -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let number = if flag {
        big.finish()
    } else {
        big.send().await.finish()
    };
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn consumed_in_one_branch(flag: bool) -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let number = if flag { big.finish() } else { big.sum() };
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn looked_at_in_one_branch(flag: bool) -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let mut number = 1;
    if flag {
        number += big.sum();
    }
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn dropped_or_consumed(flag: bool) -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let number = if flag {
        drop(big);
        1
    } else {
        big.finish()
    };
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn dropped_or_looked_at(flag: bool) -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let number = if flag {
        drop(big);
        1
    } else {
        big.sum()
    };
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn exists_before_the_other_is_consumed() -> u32 {
    let big = Big::new("big");
    tick("before").await;
    let later = Big::new("later");
    let number = big.finish();
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn filled_anew() -> u32 {
    let mut big = Big::new("big");
    tick("before").await;
    let other = big.into_other();
    tick("between").await;
    big = Big::new("again");
    tick("after").await;
    big.sum() + other.sum()
}

#[lower]
async fn filled_anew_before_an_await() -> u32 {
    let mut big = Big::new("big");
    tick("before").await;
    let other = big.into_other();
    big = Big::new("again");
    tick("after").await;
    big.sum() + other.sum()
}

#[lower]
async fn consumed_in_a_loop(turns: u32) -> u32 {
    let mut sum = 0;
    let mut big = Big::new("big");
    for turn in 0..turns {
        tick("turn").await;
        let other = big.into_other();
        tick("within").await;
        if turn == 1 {
            sum += other.finish();
            return sum;
        }
        big = other.send().await;
    }
    sum + big.sum()
}

#[lower]
async fn matched_or_not(flag: bool) -> u32 {
    let big = match flag {
        true => Some(Big::new("big")),
        false => None,
    };
    tick("before").await;
    let number = match big {
        Some(big) if big.sum() > 100_000 => 0,
        Some(big) => {
            let other = big.into_other();
            tick("within").await;
            other.sum()
        }
        None => leaf("none", 1, 3).await,
    };
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn receiver_of_an_awaited_argument(flag: bool) -> u32 {
    let list = vec![noisy("a"), noisy("b")];
    tick("before").await;
    let both: Vec<Noisy> = list
        .into_iter()
        .chain(leaf("more", 1, Some(noisy("c"))).await)
        .collect();
    let number = both.len() as u32;
    if flag {
        tick("within").await;
        drop(both);
    }
    let later = Big::new("later");
    tick("after").await;
    number + later.sum()
}

#[lower]
async fn of_a_generic_type<T: Give>(given: T) -> u32 {
    tick("before").await;
    let first = given.give();
    tick("between").await;
    let second = Big::new("second");
    tick("after").await;
    first + second.sum()
}

trait Give {
    fn give(self) -> u32;
}

impl Give for Big {
    fn give(self) -> u32 {
        self.finish()
    }
}

impl Give for &Big {
    fn give(self) -> u32 {
        self.sum()
    }
}

#[lower]
async fn of_a_reference_to_a_local() -> u32 {
    let big = Big::new("big");
    let number = of_a_generic_type(&big).await;
    number + big.sum()
}

cases! {
    parts_in_the_room(),
    one_after_the_other(),
    consumed_by_what_is_awaited(),
    argument_consumed_by_what_is_awaited(Big::new("argument")),
    consumed_in_both_branches_yes: consumed_in_both_branches(true),
    consumed_in_both_branches_no: consumed_in_both_branches(false),
    consumed_in_one_branch_yes: consumed_in_one_branch(true),
    consumed_in_one_branch_no: consumed_in_one_branch(false),
    looked_at_in_one_branch_yes: looked_at_in_one_branch(true),
    looked_at_in_one_branch_no: looked_at_in_one_branch(false),
    dropped_or_consumed_yes: dropped_or_consumed(true),
    dropped_or_consumed_no: dropped_or_consumed(false),
    dropped_or_looked_at_yes: dropped_or_looked_at(true),
    dropped_or_looked_at_no: dropped_or_looked_at(false),
    exists_before_the_other_is_consumed(),
    filled_anew(),
    filled_anew_before_an_await(),
    consumed_in_a_loop_none: consumed_in_a_loop(0),
    consumed_in_a_loop_one: consumed_in_a_loop(1),
    consumed_in_a_loop_two: consumed_in_a_loop(2),
    matched_or_not_some: matched_or_not(true),
    matched_or_not_none: matched_or_not(false),
    receiver_of_an_awaited_argument_yes: receiver_of_an_awaited_argument(true),
    receiver_of_an_awaited_argument_no: receiver_of_an_awaited_argument(false),
    of_a_generic_type_value: of_a_generic_type(Big::new("given")),
    of_a_reference_to_a_local(),
}
