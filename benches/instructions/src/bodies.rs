// Included twice, with `lower` either nothing or `#[state_future]`. Each `async fn` is a body of the table; what it awaits from
// outside is a hand-written leaf, the same for both.

use std::future::{Future, ready};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Polls a future until it is done; every turn is a suspension and a resumption.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// Pending once.
struct Pause(bool);

fn pause() -> Pause {
    Pause(false)
}

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

/// Fills a borrowed buffer, after a pause.
struct Fill<'a> {
    buffer: &'a mut [u8],
    paused: bool,
}

impl Future for Fill<'_> {
    type Output = Result<usize, std::io::Error>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if std::mem::replace(&mut self.paused, true) {
            self.buffer.fill(7);
            Poll::Ready(Ok(self.buffer.len()))
        } else {
            Poll::Pending
        }
    }
}

fn fill(buffer: &mut [u8]) -> Fill<'_> {
    Fill {
        buffer,
        paused: false,
    }
}

/// Everything is ready at once.
#[lower]
pub async fn ready_at_once(n: u64) -> u64 {
    let a = ready(n).await;
    let b = ready(a + 1).await;
    a ^ b
}

#[lower]
async fn layer_0(n: u64) -> u64 {
    ready(black_box(n)).await
}

#[lower]
async fn layer_1(n: u64) -> u64 {
    layer_0(n).await + 1
}

#[lower]
async fn layer_2(n: u64) -> u64 {
    layer_1(n).await + 1
}

#[lower]
async fn layer_3(n: u64) -> u64 {
    layer_2(n).await + 1
}

/// Four calls deep, all ready.
#[lower]
pub async fn ready_chain(n: u64) -> u64 {
    layer_3(n).await + 1
}

/// One suspension a turn of the loop.
#[lower]
pub async fn pauses_in_a_loop(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        pause().await;
        sum += turn;
    }
    sum
}

#[lower]
async fn deep_0(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        pause().await;
        sum += turn;
    }
    sum
}

#[lower]
async fn deep_1(n: u64) -> u64 {
    deep_0(n).await + 1
}

#[lower]
async fn deep_2(n: u64) -> u64 {
    deep_1(n).await + 1
}

#[lower]
async fn deep_3(n: u64) -> u64 {
    deep_2(n).await + 1
}

#[lower]
async fn deep_4(n: u64) -> u64 {
    deep_3(n).await + 1
}

/// Every poll goes through six machines.
#[lower]
pub async fn resumed_six_deep(n: u64) -> u64 {
    deep_4(n).await + 1
}

/// A borrow held across many suspensions.
#[lower]
pub async fn borrowed_vector(n: u64) -> u64 {
    let mut seen = Vec::with_capacity(8);
    let last = &mut seen;
    for turn in 0..n {
        pause().await;
        if last.len() == 8 {
            last.clear();
        }
        last.push(turn);
        pause().await;
    }
    seen.iter().sum()
}

/// A buffer in the future that the awaited futures borrow.
#[lower]
pub async fn borrowed_buffer(n: u64) -> Result<u64, std::io::Error> {
    let mut buffer = [0u8; 64];
    let mut total = 0;
    for _ in 0..n {
        let count = fill(&mut buffer).await?;
        total += count as u64 + u64::from(buffer[0]);
    }
    Ok(total)
}

/// A big array across every await.
#[lower]
pub async fn big_state(n: u64) -> u64 {
    let mut table = [1u8; 4096];
    for turn in 0..n {
        pause().await;
        table[turn as usize % 4096] = 2;
    }
    table.iter().map(|byte| u64::from(*byte)).sum()
}

#[lower]
async fn forwards_0(block: [u8; 1024]) -> u64 {
    pause().await;
    u64::from(block[17])
}

#[lower]
async fn forwards_1(block: [u8; 1024]) -> u64 {
    forwards_0(block).await
}

#[lower]
async fn forwards_2(block: [u8; 1024]) -> u64 {
    forwards_1(block).await
}

/// A kibibyte passed down through three calls.
#[lower]
pub async fn forwards_an_argument(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        sum += forwards_2([turn as u8; 1024]).await;
    }
    sum
}

/// Awaits in the arms of a `match` in a loop.
#[lower]
pub async fn branches(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        sum += match turn % 3 {
            0 => {
                pause().await;
                1
            }
            1 => ready(turn).await,
            _ => {
                let kept = turn;
                pause().await;
                kept
            }
        };
    }
    sum
}

/// Loops within loops, left by labels.
#[lower]
pub async fn nested_loops(n: u64) -> u64 {
    let mut sum = 0;
    'outer: for first in 0..n {
        let mut second = 0;
        while second < 4 {
            pause().await;
            if (first + second) % 5 == 4 {
                continue 'outer;
            }
            sum += first * second;
            second += 1;
        }
    }
    sum
}

/// A value that is moved away on some turns and not on others.
#[lower]
pub async fn conditional_move(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        let value = Box::new(turn);
        if turn % 2 == 0 {
            sum += *{ value };
        }
        pause().await;
    }
    sum
}

#[lower]
async fn checked(turn: u64) -> Result<u64, String> {
    pause().await;
    match turn {
        u64::MAX => Err("too far".to_string()),
        turn => Ok(turn),
    }
}

/// `?` after every await.
#[lower]
pub async fn question_marks(n: u64) -> Result<u64, String> {
    let mut sum = 0;
    for turn in 0..n {
        sum += checked(turn).await? + checked(turn + 1).await?;
    }
    Ok(sum)
}

#[lower]
async fn number(turn: u64) -> u64 {
    pause().await;
    turn
}

/// Awaits as operands of one expression.
#[lower]
pub async fn operands(n: u64) -> u64 {
    let mut sum = 0;
    for turn in 0..n {
        sum += u64::max(number(turn).await, number(turn + 1).await) - number(1).await;
    }
    sum
}

/// A function that calls itself, in boxes.
#[lower]
pub async fn recursion(n: u64) -> u64 {
    if n == 0 {
        pause().await;
        return 0;
    }
    let below: Pin<Box<dyn Future<Output = u64>>> = Box::pin(recursion(n - 1));
    below.await + 1
}

/// A short string made anew on every turn.
#[lower]
pub async fn strings(n: u64) -> u64 {
    let mut length = 0;
    for turn in 0..n {
        let text = format!("{turn}");
        pause().await;
        length += text.len() as u64;
    }
    length
}
