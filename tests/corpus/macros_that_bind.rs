// Macros that bind names, in the function and within its closures and blocks: what they bind hides the function's own.

use std::future::poll_fn;
use std::pin::pin as pinned;
use std::task::Poll;

/// As tokio's, for two branches.
macro_rules! select {
    (biased; $one:pat = $first:expr => $left:expr, $two:pat = $second:expr => $right:expr $(,)?) => {{
        enum Which<A, B> {
            One(A),
            Two(B),
        }
        let which = {
            let mut first = pinned!($first);
            let mut second = pinned!($second);
            poll_fn(|context| match first.as_mut().poll(context) {
                Poll::Ready(value) => Poll::Ready(Which::One(value)),
                Poll::Pending => second.as_mut().poll(context).map(Which::Two),
            })
            .await
        };
        match which {
            Which::One($one) => $left,
            Which::Two($two) => $right,
        }
    }};
}

/// As tokio's.
macro_rules! pin {
    ($($name:ident),+ $(,)?) => {$(
        let mut $name = $name;
        #[allow(unused_mut)]
        // SAFETY: the variable is shadowed at once.
        let mut $name = unsafe { std::pin::Pin::new_unchecked(&mut $name) };
    )+};
}

#[lower]
async fn branch_hides_a_variable(value: Noisy) -> u32 {
    let number = select! {
        biased;
        value = leaf("slow", 2, noisy("slow")) => value.look() * 10,
        value = leaf("fast", 1, noisy("fast")) => value.spend() * 100,
    };
    tick("afterwards").await;
    number + value.look()
}

#[lower]
async fn branch_hides_the_latest_of_two() -> u32 {
    let value = noisy("first");
    let kept = &value;
    tick("between").await;
    let value = noisy("second");
    let number = select! {
        biased;
        value = leaf("won", 1, value) => value.spend(),
        _ = leaf("lost", 3, ()) => 0,
    };
    let value = number + kept.look();
    let number = select! {
        biased;
        value = leaf("won", 1, 100) => value,
        value = leaf("lost", 3, 200) => value,
    };
    value + number
}

#[lower]
async fn branch_hides_a_variable_in_a_block(value: Noisy, other: Noisy) -> u32 {
    let block = async {
        select! {
            biased;
            (value, _) = leaf("won", 1, (noisy("of the branch"), other)) => value.look() * 10,
            value = leaf("lost", 3, 1) => value,
        }
    };
    let number = block.await;
    tick("afterwards").await;
    number + value.look()
}

#[lower]
async fn branch_hides_a_variable_in_a_block_that_moves(value: Noisy) -> u32 {
    let other = value.look();
    let block = async move {
        let number = select! {
            biased;
            value = leaf("won", 1, other + 1) => value * 10,
            value = leaf("lost", 3, 1) => value,
        };
        number + value.spend()
    };
    tick("before").await;
    block.await + other
}

#[lower]
async fn pins_in_a_block(a: Noisy, b: Noisy) -> u32 {
    let future = leaf("outside", 1, 1);
    let block = async move {
        let future = async {
            tick("inside").await;
            a.look()
        };
        pin!(future);
        let first = future.as_mut().await;
        let other = leaf("other", 1, b);
        pin!(other);
        first + other.await.spend()
    };
    tick("before").await;
    block.await + future.await
}

#[lower]
async fn pins_what_a_block_captures(a: Noisy) -> u32 {
    let future = leaf("captured", 2, a);
    let last = noisy("last");
    let block = async move {
        pin!(future, last);
        future.await.look() + last.look()
    };
    tick("before").await;
    block.await
}

#[lower]
async fn pins_in_a_closure(a: Noisy) -> u32 {
    let value = 1;
    let once = |value: Noisy| {
        pin!(value);
        value.look() + a.look()
    };
    tick("before").await;
    once(noisy("argument")) + value
}

#[lower]
async fn pins_in_a_branch(a: Noisy) -> u32 {
    let value = noisy("hidden");
    let block = async {
        select! {
            biased;
            value = leaf("won", 1, a) => {
                pin!(value);
                tick("in the branch").await;
                value.look()
            },
            _ = leaf("lost", 3, ()) => 0,
        }
    };
    block.await * 10 + value.look()
}

struct Joined {
    left: Noisy,
    right: Noisy,
}

#[lower]
impl Joined {
    // The block awaits fields, and binds names of its own, in what the lowering asks about it.
    async fn first(&mut self, number: Option<Noisy>) -> Result<u32, Failure> {
        select! {
            biased;
            accepted = self.left.change() => {
                Ok(accepted + number.map_or(0, |number| number.look()))
            },
            accepted = self.right.change() => {
                let accepted = Ok::<_, Failure>(accepted);
                Ok(accepted?)
            },
        }
    }

    async fn shown(self, list: Vec<u32>) -> String {
        let text = || {
            format!(
                "{:?}",
                list.iter()
                    .map(|item| item + self.left.look())
                    .collect::<Vec<_>>()
            )
        };
        let text = text() + &text();
        tick("shown").await;
        drop(self.right);
        tick("dropped").await;
        text
    }
}

#[lower]
async fn joined() -> Result<u32, Failure> {
    let mut joined = Joined {
        left: noisy("left"),
        right: noisy("right"),
    };
    let first = joined.first(Some(noisy("number"))).await?;
    Ok(first + joined.shown(vec![1, 2]).await.len() as u32)
}

// A macro that stands for a place.
struct Exchange {
    available: Vec<Noisy>,
}
struct Pool {
    inner: std::sync::Mutex<Exchange>,
}
macro_rules! ex_field {
    ($pool:expr, $field:tt) => {
        $pool.inner.lock().unwrap().$field
    };
}
#[lower]
async fn macro_places() -> usize {
    let pool = std::sync::Arc::new(Pool {
        inner: std::sync::Mutex::new(Exchange {
            available: vec![noisy("a")],
        }),
    });
    let clone = pool.clone();
    tick("x").await;
    let n = ex_field!(pool, available).len();
    drop(pool);
    tick("y").await;
    assert_eq!(ex_field!(clone, available).len(), 1);
    n
}

cases! {
    macro_places(),
    joined(),
    branch_hides_a_variable(noisy("value")),
    branch_hides_the_latest_of_two(),
    branch_hides_a_variable_in_a_block(noisy("value"), noisy("other")),
    branch_hides_a_variable_in_a_block_that_moves(noisy("value")),
    pins_in_a_block(noisy("a"), noisy("b")),
    pins_what_a_block_captures(noisy("a")),
    pins_in_a_closure(noisy("a")),
    pins_in_a_branch(noisy("a")),
}
