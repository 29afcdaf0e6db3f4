//! Machines with a name, in the places that only a type with a name can stand in.

use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Mutex;
use std::task::{Context, Waker};

use state_future::state_future;

use crate::support::{block_on, pause, sendable};

/// Adds them up, after a pause.
#[state_future(named)]
pub async fn add(name: &str, numbers: &[u32]) -> u32 {
    pause().await;
    numbers.iter().sum::<u32>() + name.len() as u32
}

#[state_future(named = Local)]
async fn with_an_rc(number: Rc<u32>) -> u32 {
    pause().await;
    *number
}

#[state_future(named)]
async fn cell(number: std::cell::Cell<u32>) -> u32 {
    pause().await;
    number.get()
}

struct Holder<'a> {
    future: Add<'a, 'a>,
}

#[test]
fn in_a_field() {
    let numbers = [1, 2];
    let mut holder = Box::pin(Holder {
        future: add("abc", &numbers),
    });
    // SAFETY: the field is pinned whenever the struct is.
    let future = unsafe {
        holder
            .as_mut()
            .map_unchecked_mut(|holder| &mut holder.future)
    };
    assert_eq!(block_on(future), 6);
}

#[test]
fn new_equals_calling() {
    assert_eq!(block_on(Add::new("ab", &[1])), block_on(add("ab", &[1])));
}

#[test]
fn in_an_array_of_one_type() {
    let futures: [Local; 3] = [1, 2, 3].map(|number| with_an_rc(Rc::new(number)));
    let sum: u32 = futures.into_iter().map(block_on).sum();
    assert_eq!(sum, 6);
}

static SLOT: Mutex<Option<Add<'static, 'static>>> = Mutex::new(None);

#[test]
fn in_a_static() {
    *SLOT.lock().unwrap() = Some(add("static", &[4]));
    let future = SLOT.lock().unwrap().take().unwrap();
    let thread = std::thread::spawn(move || block_on(future));
    assert_eq!(thread.join().unwrap(), 10);
}

trait Service {
    type Future<'s>: Future<Output = u32>
    where
        Self: 's;
    fn call<'s>(&'s self, name: &'s str) -> Self::Future<'s>;
}

struct Numbers(Vec<u32>);

impl Service for Numbers {
    type Future<'s> = Add<'s, 's>;
    fn call<'s>(&'s self, name: &'s str) -> Add<'s, 's> {
        add(name, &self.0)
    }
}

#[test]
fn as_an_associated_type() {
    assert_eq!(block_on(Numbers(vec![1, 2]).call("n")), 4);
}

#[state_future(named)]
async fn countdown(number: u32) -> u32 {
    pause().await;
    match number {
        0 => 0,
        _ => boxed_countdown(number - 1).await + 1,
    }
}

fn boxed_countdown(number: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(countdown(number))
}

#[test]
fn recursion_through_a_box() {
    assert_eq!(block_on(sendable(countdown(40))), 40);
}

/// An inherent constant hides that of the trait, where there is one.
trait Otherwise {
    const SEND: bool = false;
    const SYNC: bool = false;
}

struct IsSend<T>(std::marker::PhantomData<T>);
impl<T: Send> IsSend<T> {
    const SEND: bool = true;
}
impl<T> Otherwise for IsSend<T> {}

struct IsSync<T>(std::marker::PhantomData<T>);
impl<T: Sync> IsSync<T> {
    const SYNC: bool = true;
}
impl<T> Otherwise for IsSync<T> {}

#[test]
fn auto_traits_are_the_machines() {
    const {
        assert!(IsSend::<Add>::SEND && IsSync::<Add>::SYNC);
        assert!(!IsSend::<Local>::SEND && !IsSync::<Local>::SYNC);
        assert!(IsSend::<Cell>::SEND && !IsSync::<Cell>::SYNC);
    }
}

#[repr(align(64))]
#[derive(Clone, Copy)]
struct Wide(u8);

#[state_future(named)]
async fn aligned(wide: Wide) -> (usize, u8) {
    let local = wide;
    pause().await;
    (&raw const local as usize % 64, local.0)
}

#[test]
fn over_aligned_variables_lie_right() {
    for number in 0..4 {
        assert_eq!(block_on(Box::pin(aligned(Wide(number)))), (0, number));
    }
    assert_eq!(align_of::<Aligned>(), 64);
}

#[test]
#[should_panic(expected = "`async fn` resumed after completion")]
fn polled_after_completion() {
    let mut future = pin!(add("", &[]));
    let mut context = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {}
    let _ = future.poll(&mut context);
}

struct Client<'c> {
    name: &'c str,
}

#[state_future(named)]
impl<'c> Client<'c> {
    pub async fn greet(&self, other: &str) -> String {
        pause().await;
        format!("{} greets {other}", self.name)
    }

    async fn into_name(self) -> &'c str {
        pause().await;
        self.name
    }

    /// Not async, and so left as it is.
    fn name(&self) -> &'c str {
        self.name
    }
}

#[test]
fn methods() {
    let client = Client { name: "one" };
    let greet: Greet<'_, '_, '_> = client.greet("two");
    assert_eq!(block_on(sendable(greet)), "one greets two");
    assert_eq!(block_on(Greet::new(&client, "x")), "one greets x");
    assert_eq!(client.name(), "one");
    let into_name: IntoName<'_> = client.into_name();
    assert_eq!(block_on(into_name), "one");
}

#[test]
fn in_a_function() {
    #[state_future(named)]
    async fn inner() -> u32 {
        pause().await;
        3
    }
    let futures: Vec<Inner> = vec![inner(), inner()];
    assert_eq!(futures.into_iter().map(block_on).sum::<u32>(), 6);
}

/// # Safety
/// `number` must not dangle.
#[state_future(named)]
async unsafe fn reads(number: *const u32) -> u32 {
    pause().await;
    unsafe { *number }
}

#[test]
fn unsafe_functions() {
    let number = 7;
    // SAFETY: `number` is there.
    assert_eq!(block_on(unsafe { reads(&number) }), 7);
    // SAFETY: likewise.
    assert_eq!(block_on(unsafe { Reads::new(&number) }), 7);
}

macro_rules! chain {
    ($first:ident $($rest:ident)*) => {
        #[state_future(named)]
        async fn $first(number: &u32) -> u32 {
            pause().await;
            *number
        }
        chain!(@ $first $($rest)*);
    };
    (@ $before:ident $name:ident $($rest:ident)*) => {
        #[state_future(named)]
        async fn $name(number: &u32) -> u32 {
            let next = *number + 1;
            $before(&next).await
        }
        chain!(@ $name $($rest)*);
    };
    (@ $last:ident) => {};
}

chain!(level0 level1 level2 level3 level4 level5 level6 level7 level8 level9 level10 level11 level12 level13 level14 level15
    level16 level17 level18 level19 level20 level21 level22 level23 level24 level25 level26 level27 level28 level29 level30
    level31 level32 level33 level34 level35 level36 level37 level38 level39 level40);

#[test]
fn deep_chains_can_be_sent() {
    assert_eq!(block_on(sendable(level40(&0))), 40);
}
