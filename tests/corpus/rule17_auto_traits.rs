// Send and Sync come from what is held across awaits. These bodies must be Send, as rustc's are; the last ones must
// not be.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

/// A future that is Send whatever it yields.
async fn pause() {
    tick("pause").await;
}

#[lower]
async fn owned_values(a: Noisy, text: String) -> usize {
    pause().await;
    a.look() as usize + text.len()
}

#[lower]
async fn borrows_across_an_await(a: Noisy) -> u32 {
    let reference = &a;
    pause().await;
    reference.look()
}

#[lower]
async fn mutable_borrow_across_an_await(mut list: Vec<u32>) -> u32 {
    let last = list.last_mut().unwrap();
    pause().await;
    *last += 1;
    pause().await;
    *last
}

#[lower]
async fn rc_in_an_inner_block(a: Noisy) -> u32 {
    let number = {
        let shared = Rc::new(1);
        *shared + *Rc::clone(&shared)
    };
    pause().await;
    number + a.look()
}

#[lower]
async fn cell_in_an_inner_block() -> u32 {
    {
        let cell = Cell::new(1);
        cell.set(2);
    }
    pause().await;
    3
}

#[lower]
async fn mutex_guard_in_an_inner_block(state: Arc<Mutex<u32>>) -> u32 {
    {
        let mut guard = state.lock().unwrap();
        *guard += 1;
    }
    pause().await;
    let number = *state.lock().unwrap();
    pause().await;
    number
}

#[lower]
async fn rc_made_after_the_last_await(a: Noisy) -> u32 {
    pause().await;
    let shared = Rc::new(a.look());
    *shared
}

#[lower]
async fn temporary_rc_in_a_statement() -> u32 {
    let number = *Rc::new(3);
    pause().await;
    number
}

#[lower]
async fn cell_owned_across_an_await(cell: Cell<u32>) -> u32 {
    cell.set(cell.get() + 1);
    pause().await;
    cell.get()
}

#[lower]
async fn generic_over_send<T: Send + Debug>(value: T) -> T {
    pause().await;
    value
}

#[lower]
async fn generic_over_sync_by_reference<T: Sync + Debug>(value: &T) -> String {
    pause().await;
    format!("{value:?}")
}

#[lower]
async fn calls_generic_over_sync() -> String {
    let number = 5;
    generic_over_sync_by_reference(&number).await
}

#[lower]
async fn boxed_send_future() -> u32 {
    let future: Pin<Box<dyn Future<Output = u32> + Send>> = Box::pin(leaf("boxed", 1, 1));
    pause().await;
    future.await
}

#[lower]
async fn send_error_across_an_await() -> Result<u32, Box<dyn std::error::Error + Send + Sync>> {
    let number: u32 = "12".parse()?;
    pause().await;
    succeed("more", number).await.map_err(Into::into)
}

#[lower]
async fn iterator_across_an_await(list: Vec<u32>) -> u32 {
    let mut sum = 0;
    for number in list.iter().map(|number| number + 1) {
        pause().await;
        sum += number;
    }
    sum
}

#[lower]
async fn format_arguments_with_an_await(a: Noisy) -> String {
    format!("{} {}", a.look(), leaf("number", 1, 1).await)
}

#[lower]
async fn closure_across_an_await(base: u32) -> u32 {
    let add = move |number: u32| number + base;
    pause().await;
    add(1)
}

#[lower]
async fn spawned_by_a_generic_function() -> u32 {
    fn spawn<F>(future: F) -> F
    where
        F: Future + Send + 'static,
        F::Output: Send,
    {
        future
    }
    let a = noisy("a");
    spawn(owned_values(a, String::from("text"))).await as u32
}

#[lower]
async fn rc_across_an_await(shared: Rc<u32>) -> u32 {
    pause().await;
    *shared
}

#[lower]
async fn mutex_guard_across_an_await(state: Arc<Mutex<u32>>) -> u32 {
    let guard = state.lock().unwrap();
    pause().await;
    *guard
}

#[lower]
async fn mutex_guard_temporary_across_an_await(state: Arc<Mutex<u32>>) -> u32 {
    match *state.lock().unwrap() {
        0 => 0,
        number => leaf("arm", 1, number).await,
    }
}

#[lower]
async fn reference_to_a_cell_across_an_await(cell: Cell<u32>) -> u32 {
    let reference = &cell;
    pause().await;
    reference.get()
}

#[lower]
async fn ref_cell_borrow_across_an_await(cell: RefCell<u32>) -> u32 {
    let borrowed = cell.borrow();
    pause().await;
    *borrowed
}

#[lower]
async fn generic_without_bounds<T: Debug>(value: T) -> T {
    pause().await;
    value
}

// What is asked about closures and blocks within them takes nothing of their auto traits.
fn boxed<'a, T>(
    f: impl Future<Output = T> + Send + 'a,
) -> Pin<Box<dyn Future<Output = T> + Send + 'a>> {
    Box::pin(f)
}
struct Monitor {
    workers: Vec<u32>,
    terminator: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    name: String,
}
#[lower]
impl Monitor {
    async fn run<S>(self, signal: S) -> u32
    where
        S: Send + Future<Output = u32>,
    {
        let context = self.name.clone();
        let after = async move {
            let res = signal.await;
            drop(context);
            res
        };
        let n;
        if let Some(terminator) = self.terminator {
            n = both(
                boxed(Self::all(self.workers)),
                boxed(async {
                    let res = after.await;
                    terminator.await;
                    res + 1
                }),
            )
            .await;
        } else {
            n = (self.workers.len() as u32, after.await);
        }
        n.0 + n.1
    }
    async fn all(workers: Vec<u32>) -> u32 {
        tick("all").await;
        workers.iter().sum()
    }
}
#[lower]
async fn monitors() -> u32 {
    let m = Monitor {
        workers: vec![1, 2],
        terminator: Some(Box::pin(async {})),
        name: String::from("n"),
    };
    m.run(leaf("signal", 1, 3)).await
}
#[lower]
async fn sends() -> u32 {
    let list = vec![1u32, 2];
    let mut count = std::cell::Cell::new(3);
    tick("a").await;
    let f = || {
        let n = list.len() as u32;
        let all = list;
        count.set(n);
        all.into_iter().sum::<u32>() + count.get()
    };
    let n = f();
    let cell = std::cell::Cell::new(4u32);
    let given = require_send(|| {
        let a = cell.get();
        let b = cell;
        a + b.into_inner()
    })();
    let block = require_send(async {
        let a = count.get();
        tick("in").await;
        let b = count;
        tick("more").await;
        a + b.into_inner()
    });
    n + given + block.await
}

cases! {
    monitors(), sends(),
    owned_values: require_send(require_sync(owned_values(noisy("a"), "text".into()))),
    borrows_across_an_await: require_send(borrows_across_an_await(noisy("a"))),
    mutable_borrow_across_an_await: require_send(mutable_borrow_across_an_await(vec![1, 2])),
    rc_in_an_inner_block: require_send(rc_in_an_inner_block(noisy("a"))),
    cell_in_an_inner_block: require_send(cell_in_an_inner_block()),
    mutex_guard_in_an_inner_block: require_send(mutex_guard_in_an_inner_block(Arc::default())),
    rc_made_after_the_last_await: require_send(rc_made_after_the_last_await(noisy("a"))),
    temporary_rc_in_a_statement: require_send(temporary_rc_in_a_statement()),
    cell_owned_across_an_await: cell_owned_across_an_await(Cell::new(1)),
    generic_over_send: require_send(generic_over_send(5)),
    calls_generic_over_sync: require_send(calls_generic_over_sync()),
    boxed_send_future: require_send(boxed_send_future()),
    send_error_across_an_await: require_send(send_error_across_an_await()),
    iterator_across_an_await: require_send(iterator_across_an_await(vec![1, 2])),
    format_arguments_with_an_await: format_arguments_with_an_await(noisy("a")),
    closure_across_an_await: require_send(closure_across_an_await(1)),
    spawned_by_a_generic_function: require_send(spawned_by_a_generic_function()),
    rc_across_an_await: rc_across_an_await(Rc::new(1)),
    mutex_guard_across_an_await: mutex_guard_across_an_await(Arc::default()),
    mutex_guard_temporary_across_an_await: mutex_guard_temporary_across_an_await(Arc::new(Mutex::new(2))),
    reference_to_a_cell_across_an_await: reference_to_a_cell_across_an_await(Cell::new(1)),
    ref_cell_borrow_across_an_await: ref_cell_borrow_across_an_await(RefCell::new(1)),
    generic_without_bounds: require_send(require_sync(generic_without_bounds(1))),
    never_send: async {
        (
            is_send!(rc_across_an_await(Rc::new(1))),
            is_send!(mutex_guard_across_an_await(Arc::default())),
            is_send!(mutex_guard_temporary_across_an_await(Arc::default())),
            is_send!(reference_to_a_cell_across_an_await(Cell::new(1))),
            is_send!(ref_cell_borrow_across_an_await(RefCell::new(1))),
            is_send!(generic_without_bounds(Rc::new(1))),
        )
    },
}
