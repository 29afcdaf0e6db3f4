//! What `Debug` prints of a variable that the awaited future may be writing to, however it came to borrow it.

use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::ops::{AddAssign, Shl};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use state_future::state_future;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Writes to the list in each poll.
struct Pushes<'a> {
    list: &'a mut Vec<u32>,
    left: u32,
}

fn push(list: &mut Vec<u32>) -> Pushes<'_> {
    Pushes { list, left: 1 }
}

impl Debug for Pushes<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pushes")
    }
}

impl Future for Pushes<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.list.push(7);
        match self.left.checked_sub(1) {
            None => Poll::Ready(()),
            Some(left) => {
                self.left = left;
                Poll::Pending
            }
        }
    }
}

#[derive(Debug)]
struct Connection<'a> {
    list: &'a mut Vec<u32>,
    count: u32,
}

/// What is printed after the first poll; the future is then polled to its end.
fn printed(future: impl Future + Debug) -> String {
    let mut future = pin!(future);
    assert!(poll(future.as_mut()).is_pending());
    let printed = format!("{future:?}");
    while poll(future.as_mut()).is_pending() {}
    printed[printed.find('{').expect("variables are printed")..].to_owned()
}

#[test]
fn a_field_that_is_passed_on() {
    #[state_future]
    #[derive(Debug)]
    async fn passes(connection: Connection<'_>) {
        push(connection.list).await;
        connection.list.push(1);
    }
    let mut list = vec![1];
    let connection = Connection {
        list: &mut list,
        count: 1,
    };
    assert_eq!(printed(passes(connection)), "{ connection: <borrowed> }");
}

#[state_future]
impl Connection<'_> {
    #[derive(Debug)]
    pub async fn pushes(&mut self) -> u32 {
        push(self.list).await;
        self.list.push(1);
        self.count
    }
}

#[test]
fn a_field_of_what_self_refers_to() {
    let mut list = vec![1];
    let mut connection = Connection {
        list: &mut list,
        count: 1,
    };
    assert_eq!(printed(connection.pushes()), "{ self: <borrowed> }");
}

#[test]
fn a_field_that_a_typed_variable_borrows_through() {
    #[state_future]
    #[derive(Debug)]
    async fn passes(connection: Connection<'_>) {
        let list: &mut Vec<u32> = connection.list;
        push(list).await;
        connection.list.push(1);
    }
    let mut list = vec![1];
    let connection = Connection {
        list: &mut list,
        count: 1,
    };
    assert_eq!(printed(passes(connection)), "{ connection: <borrowed> }");
}

#[test]
fn what_a_reference_to_a_reference_refers_to() {
    #[state_future]
    #[derive(Debug)]
    async fn passes(mut list: Vec<u32>) {
        let mut one = &mut list;
        let two = &mut one;
        push(
            #[allow(clippy::explicit_auto_deref)]
            *two,
        )
        .await;
        two.push(1);
    }
    assert_eq!(
        printed(passes(Vec::new())),
        "{ list: <borrowed>, one: <borrowed>, two: <borrowed> }"
    );
}

#[test]
fn an_element_that_is_passed_on() {
    #[state_future]
    #[derive(Debug)]
    async fn passes(mut lists: [&mut Vec<u32>; 2], at: usize) {
        push(lists[at]).await;
        lists[at].push(1);
        lists.swap(0, 1);
    }
    let (mut one, mut two) = (Vec::new(), Vec::new());
    assert_eq!(
        printed(passes([&mut one, &mut two], 1)),
        "{ lists: <borrowed>, at: 1 }"
    );
}

#[test]
fn a_variable_that_is_made_as_a_reference() {
    #[state_future]
    #[derive(Debug)]
    async fn passes() -> usize {
        let mut list = Vec::new();
        let through = &mut list;
        push(through).await;
        push(through).await;
        through.len()
    }
    let printed = printed(passes());
    assert!(printed.contains("through: <borrowed>"), "{printed}");
}

struct Pusher;

impl<'a> Shl<&'a mut Vec<u32>> for Pusher {
    type Output = Pushes<'a>;

    fn shl(self, list: &'a mut Vec<u32>) -> Pushes<'a> {
        push(list)
    }
}

#[derive(Default)]
struct Slot<'a>(Option<&'a mut Vec<u32>>);

impl<'a> AddAssign<&'a mut Vec<u32>> for Slot<'a> {
    fn add_assign(&mut self, list: &'a mut Vec<u32>) {
        self.0 = Some(list);
    }
}

#[test]
fn the_right_operand_of_an_overloaded_operator() {
    #[state_future]
    #[derive(Debug)]
    async fn shifts(connection: Connection<'_>) {
        let pushes = Pusher << connection.list;
        pushes.await;
        connection.list.push(1);
    }
    #[state_future]
    #[derive(Debug)]
    async fn assigns(connection: Connection<'_>) {
        let mut slot = Slot::default();
        slot += connection.list;
        if let Some(list) = slot.0.take() {
            push(list).await;
        }
        connection.list.push(1);
    }
    let mut list = vec![1];
    let connection = Connection {
        list: &mut list,
        count: 1,
    };
    assert_eq!(printed(shifts(connection)), "{ connection: <borrowed> }");
    let connection = Connection {
        list: &mut list,
        count: 1,
    };
    let printed = printed(assigns(connection));
    assert!(printed.starts_with("{ connection: <borrowed>"), "{printed}");
}

impl Debug for Slot<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("Slot")
    }
}

/// Nothing can borrow through what is copied, and so it is printed.
#[test]
fn what_is_only_looked_at_is_printed() {
    #[state_future]
    #[derive(Debug)]
    async fn looks(connection: Connection<'_>, name: &str, tries: u32, pair: (u32, bool)) -> u32 {
        let count = connection.count;
        let seconds = connection.count as u64 * 2;
        let total = count + tries;
        let text = name;
        if pair.1 && connection.count > total {
            return total;
        }
        for number in 0..tries {
            let mut own = Vec::from([number]);
            push(&mut own).await;
            drop((number, own));
        }
        u32::from(text.len() > 3) + total + count + pair.0 + connection.count + seconds as u32
    }
    let mut list = vec![1];
    let connection = Connection {
        list: &mut list,
        count: 1,
    };
    let printed = printed(looks(connection, "ada", 2, (3, true)));
    assert!(
        printed.starts_with(
            "{ connection: Connection { list: [1], count: 1 }, pair: (3, true), count: 1, seconds: 2, total: 3, text: \"ada\""
        ),
        "{printed}"
    );
    assert!(printed.contains("number: 0, own: <borrowed>"), "{printed}");
}
