// Values that nothing mentions, and what they borrowed from has ended; variables that hold a borrow of what has ended.

#[lower]
async fn unused_view_of_a_temporary(flag: bool) -> u32 {
    tick("a").await;
    let v = noisy("n10").view();
    tick("b").await;
    if flag {
        let w = noisy("n11").view().again();
        leaf("c", 1, 2).await
    } else {
        1
    }
}
#[lower]
async fn unused_values_of_temporaries() -> u32 {
    tick("a").await;
    let _guard = noisy("n10").rename("m");
    let _v = {
        let x = noisy("x");
        noisy("y").view().look()
    };
    let _l = vec![noisy("z").view()];
    tick("b").await;
    let _p = (noisy("p1").view(), noisy("p2"));
    tick("c").await;
    let _o = Some(noisy("p3").view().look())
        .map(|x| x + 1)
        .unwrap_or_default();
    tick("d").await;
    3
}
#[lower]
async fn borrow_of_an_ended_block() -> u32 {
    let mut last = "";
    {
        let text = String::from("abc");
        last = &text;
        tick("within").await;
        noisy(last.to_string()).look();
    }
    tick("after").await;
    3
}
#[lower]
async fn borrow_of_an_ended_turn() -> u32 {
    let mut last;
    let mut sum = 0;
    loop {
        let text = leaf("t", 1, String::from("abc")).await;
        last = text.trim();
        tick("within").await;
        sum += last.len();
        if sum > 6 {
            break;
        }
    }
    tick("after").await;
    sum as u32
}

#[lower]
async fn unused_part_of_a_tuple() -> u32 {
    tick("before").await;
    let (view, number) = (noisy("a").view(), 3);
    tick("after").await;
    number
}

cases! {
    unused_part_of_a_tuple(),
    unused_view_of_a_temporary_yes: unused_view_of_a_temporary(true),
    unused_view_of_a_temporary_no: unused_view_of_a_temporary(false),
    unused_values_of_temporaries(),
    borrow_of_an_ended_block(),
    borrow_of_an_ended_turn(),
}
