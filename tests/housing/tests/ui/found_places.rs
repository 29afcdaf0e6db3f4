use state_future::state_future;
use std::ops::{AddAssign, Deref, DerefMut, Index, IndexMut};

struct Lent {
    list: Vec<u32>,
    total: Total,
    function: fn(u32),
}

struct Total(u32);

impl AddAssign<u32> for Total {
    fn add_assign(&mut self, other: u32) {
        self.0 += other;
    }
}

struct Guard(Lent);

impl Deref for Guard {
    type Target = Lent;

    fn deref(&self) -> &Lent {
        &self.0
    }
}

impl DerefMut for Guard {
    fn deref_mut(&mut self) -> &mut Lent {
        &mut self.0
    }
}

struct Table(Vec<Vec<u32>>);

impl Index<&str> for Table {
    type Output = Vec<u32>;

    fn index(&self, name: &str) -> &Vec<u32> {
        &self.0[name.len()]
    }
}

impl IndexMut<&str> for Table {
    fn index_mut(&mut self, name: &str) -> &mut Vec<u32> {
        &mut self.0[name.len()]
    }
}

static LENT: Guard = Guard(Lent {
    list: Vec::new(),
    total: Total(0),
    function: drop,
});

impl Lent {
    fn look(&self, _: u32) {}
}

async fn number() -> u32 {
    1
}

fn add(_: &mut Lent, _: u32) {}

#[state_future]
async fn receiver(guard: Guard) {
    guard.look(number().await);
}

#[state_future]
async fn field(mut guard: Guard) {
    guard.list.push(number().await);
}

#[state_future]
async fn static_receiver() {
    LENT.look(number().await);
}

#[state_future]
async fn element(mut table: Table) {
    table["name"].push(number().await);
}

#[state_future]
async fn element_of_an_element(table: Table) -> u32 {
    table["name"][number().await as usize]
}

#[state_future]
async fn argument(mut guard: Guard) {
    add(&mut guard, number().await);
}

#[state_future]
async fn assigned(mut guard: Guard) {
    guard.total += number().await;
}

#[state_future]
async fn called(guard: Guard) {
    (guard.function)(number().await);
}

fn main() {}
