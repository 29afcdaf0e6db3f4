// References in the tails of the branches of `if` and `match` are extended too.

#[lower]
async fn extended_in_an_if_tail(flag: bool) -> u32 {
    let a = if flag {
        &noisy("yes")
    } else {
        tick("else").await;
        &noisy("no")
    };
    tick("pause").await;
    a.look()
}

#[lower]
async fn extended_in_a_match_tail(number: u32) -> u32 {
    let a = match number {
        0 => &noisy("zero"),
        _ => &leaf("gives", 1, noisy("many")).await,
    };
    tick("pause").await;
    a.look()
}

cases! {
    extended_in_an_if_tail_yes: extended_in_an_if_tail(true),
    extended_in_an_if_tail_no: extended_in_an_if_tail(false),
    extended_in_a_match_tail_zero: extended_in_a_match_tail(0),
    extended_in_a_match_tail_many: extended_in_a_match_tail(1),
}
