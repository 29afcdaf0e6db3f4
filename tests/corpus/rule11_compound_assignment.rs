// Compound assignment: primitives evaluate their right side first, overloaded operators their left side.

use std::ops::{AddAssign, ShlAssign};

#[derive(Debug)]
struct Total {
    sum: u32,
    own: Noisy,
}

impl AddAssign<u32> for Total {
    fn add_assign(&mut self, number: u32) {
        self.own.touch();
        self.sum += number;
    }
}

impl AddAssign<Noisy> for Total {
    fn add_assign(&mut self, other: Noisy) {
        self.own.touch();
        self.sum += other.look();
    }
}

impl ShlAssign<&str> for Total {
    fn shl_assign(&mut self, text: &str) {
        self.sum += text.len() as u32;
    }
}

fn total(sum: u32) -> Total {
    Total {
        sum,
        own: noisy("total"),
    }
}

#[lower]
async fn primitive_local() -> u32 {
    let mut x = 1;
    x += leaf("right side", 1, 2).await;
    x *= leaf("factor", 1, 5).await;
    x -= leaf("less", 1, 1).await;
    x
}

#[lower]
async fn primitive_right_side_changes_the_left() -> u32 {
    let mut x = 1;
    x += {
        x = 10;
        leaf("right side", 1, 2).await
    };
    x
}

#[lower]
async fn primitive_index() -> Vec<u32> {
    let mut list = vec![1, 2, 3];
    list[value("index", 1)] += leaf("right side", 1, 10).await;
    list[leaf("index", 1, 0).await] *= leaf("right side", 1, 7).await;
    list
}

#[lower]
async fn primitive_behind_a_call() -> Vec<u32> {
    fn slot(list: &mut Vec<u32>, index: usize) -> &mut u32 {
        mark("slot");
        &mut list[index]
    }
    let mut list = vec![1, 2, 3];
    *slot(&mut list, 1) += leaf("right side", 1, 10).await;
    list
}

#[lower]
async fn primitive_field() -> (u32, u32) {
    let mut pair = (1, 2);
    pair.0 += leaf("first", 1, 10).await;
    pair.1 <<= leaf("second", 1, 3).await;
    pair
}

#[lower]
async fn primitive_through_a_reference(mut x: u32) -> u32 {
    let reference = &mut x;
    *reference += leaf("right side", 1, 10).await;
    *reference ^= leaf("bits", 1, 1).await;
    x
}

#[lower]
async fn boolean_local() -> bool {
    let mut flag = true;
    flag &= leaf("and", 1, true).await;
    flag |= leaf("or", 1, false).await;
    flag
}

#[lower]
async fn overloaded_local() -> Total {
    let mut sum = total(1);
    sum += leaf("right side", 1, 2).await;
    sum <<= "four";
    sum
}

#[lower]
async fn overloaded_with_an_owned_right_side() -> u32 {
    let mut sum = total(1);
    sum += leaf("right side", 1, noisy("other")).await;
    tick("pause").await;
    sum.sum
}

#[lower]
async fn overloaded_string() -> String {
    let mut text = String::from("start");
    text += leaf("right side", 1, " end").await;
    text += &leaf("owned", 1, String::from("!")).await;
    text
}

#[lower]
async fn overloaded_field() -> u32 {
    let mut pair = (total(1), 0);
    pair.0 += leaf("right side", 1, 2).await;
    tick("pause").await;
    pair.0.sum
}

#[lower]
async fn overloaded_element() -> u32 {
    let mut list = vec![total(1), total(2)];
    list[1] += leaf("right side", 1, 2).await;
    list[1].sum
}

#[lower]
async fn overloaded_behind_a_reference(mut sum: Total) -> u32 {
    let reference = &mut sum;
    *reference += leaf("right side", 1, 2).await;
    sum.sum
}

#[lower]
async fn floating_point() -> f64 {
    let mut x = 1.5;
    x += leaf("right side", 1, 2.0).await;
    x /= leaf("divisor", 1, 2.0).await;
    x
}

#[lower]
async fn duration() -> std::time::Duration {
    let mut length = std::time::Duration::from_millis(5);
    length += leaf("more", 1, std::time::Duration::from_millis(3)).await;
    length *= leaf("factor", 1, 2).await;
    length
}

#[lower]
async fn wrapping() -> std::num::Wrapping<u8> {
    let mut number = std::num::Wrapping(250_u8);
    number += leaf("more", 1, std::num::Wrapping(10)).await;
    number
}

#[lower]
async fn inferred_from_the_right_side() -> u64 {
    let mut sum = 0;
    for _ in 0..2 {
        sum += leaf("right side", 1, 3_u64).await;
    }
    sum
}

#[lower]
async fn compound_with_a_temporary(a: Noisy) -> u32 {
    let mut sum = 0;
    sum += a.view().load().await;
    mark("after statement");
    sum += a.view().look() + leaf("more", 1, 1).await;
    sum
}

struct Counter {
    count: u32,
    name: Noisy,
}
fn into_look(value: Noisy) -> u32 {
    value.look()
}
struct Lent<'a>(&'a mut Counter, Noisy);
impl<'a> Lent<'a> {
    fn into_inner(self) -> &'a mut Counter {
        mark("into inner");
        self.0
    }
}
#[lower]
async fn place_that_consumes(n: u32) -> u32 {
    let mut counter = Counter {
        count: n,
        name: noisy("counter"),
    };
    let lent = Lent(&mut counter, noisy("lent"));
    tick("lent").await;
    lent.into_inner().count += n;
    tick("consumed").await;
    let lent = Lent(&mut counter, noisy("again"));
    let owned = noisy("owned");
    tick("lent again").await;
    lent.into_inner().count += into_look(owned);
    tick("both consumed").await;
    counter.count + counter.name.look()
}

cases! {
    place_that_consumes(3),
    primitive_local(),
    primitive_right_side_changes_the_left(),
    primitive_index(),
    primitive_behind_a_call(),
    primitive_field(),
    primitive_through_a_reference(1),
    boolean_local(),
    overloaded_local(),
    overloaded_with_an_owned_right_side(),
    overloaded_string(),
    overloaded_field(),
    overloaded_element(),
    overloaded_behind_a_reference(total(1)),
    floating_point(),
    duration(),
    wrapping(),
    inferred_from_the_right_side(),
    compound_with_a_temporary(noisy("a")),
}
