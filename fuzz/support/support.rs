// What generated programs use beside the harness' prelude. An item that a program names is printed with it.

use std::ops::ControlFlow;
use std::task::Poll;

#[derive(Debug)]
pub struct Pair {
    pub left: Noisy,
    pub right: Noisy,
}

impl Pair {
    pub fn both(&self) -> u32 {
        self.left.look() + self.right.look()
    }

    pub fn into_left(self) -> Noisy {
        self.left
    }
}

#[derive(Debug)]
pub enum Choice {
    Nothing,
    One(Noisy),
    Two { left: Noisy, number: u32 },
}

pub trait Weigh: std::fmt::Debug {
    fn weigh(&self) -> u32;
    fn unpack(self) -> u32;
}

impl Weigh for Noisy {
    fn weigh(&self) -> u32 {
        self.look()
    }

    fn unpack(self) -> u32 {
        self.spend()
    }
}

pub fn combine(left: Noisy, right: Noisy) -> u32 {
    left.look() + right.look()
}

pub fn compare_both(left: &Noisy, right: &Noisy) -> u32 {
    left.look() + right.look()
}

pub fn sum(first: u32, second: u32, third: u32) -> u32 {
    mark("sum");
    first % 100 + second % 100 + third % 100
}

pub fn stir(noisy: &mut Noisy, number: u32) -> u32 {
    noisy.touch() + number % 100
}

pub async fn pass<T>(value: T) -> T {
    tick("pass").await;
    value
}

pub async fn weigh_both(left: &Noisy, right: &Noisy) -> u32 {
    let number = left.peek().await;
    number + right.peek().await
}

/// Looks at the borrowed number when other code has had time to overwrite it.
pub async fn add_later(borrowed: &u32, number: u32) -> u32 {
    tick("add later").await;
    borrowed.wrapping_add(number)
}
