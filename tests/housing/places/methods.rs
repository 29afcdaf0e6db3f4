//! Single methods, each with the attribute.

use std::fmt::Debug;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

#[derive(Debug, Clone, PartialEq)]
struct Counter<'n, T> {
    name: &'n str,
    value: T,
}

impl<'n, T: Clone + Debug> Counter<'n, T> {
    #[state_future]
    pub async fn new(name: &'n str, value: T) -> Self {
        pause().await;
        Self { name, value }
    }

    #[state_future]
    async fn by_reference(&self, suffix: &str) -> String {
        pause().await;
        format!("{}{suffix}{:?}", self.name, self.value)
    }

    #[state_future]
    async fn by_unique_reference(&mut self, value: T) -> &T {
        self.value = value;
        pause().await;
        &self.value
    }

    #[state_future]
    async fn by_value(self) -> (&'n str, T) {
        pause().await;
        (self.name, self.value)
    }

    #[state_future]
    async fn by_mutable_value(mut self, value: T) -> T {
        pause().await;
        std::mem::replace(&mut self.value, value)
    }

    #[state_future]
    async fn outlives_self(&self, _other: &str) -> &'n str {
        pause().await;
        self.name
    }

    #[state_future]
    async fn through_box(self: Box<Self>) -> T {
        pause().await;
        self.value
    }

    #[state_future]
    async fn through_rc(self: Rc<Self>) -> usize {
        pause().await;
        Rc::strong_count(&self)
    }

    #[state_future]
    async fn through_arc(self: &Arc<Self>, _other: &u8) -> &Arc<Self> {
        pause().await;
        self
    }

    #[state_future]
    async fn through_pin(self: Pin<&mut Self>) -> &T {
        pause().await;
        &self.into_ref().get_ref().value
    }

    #[state_future]
    async fn with_own_types<U: Debug, const N: usize>(
        &self,
        list: [U; N],
        show: impl Debug,
    ) -> String
    where
        U: Clone,
    {
        pause().await;
        format!("{:?}{list:?}{show:?}{N}", self.value)
    }

    #[state_future]
    async fn calls_others(&mut self, value: T) -> String {
        self.by_unique_reference(value).await;
        self.by_reference("/").await
    }

    #[state_future]
    pub(crate) async unsafe fn dangerous(&self, pointer: *const T) -> T {
        unsafe { (*pointer).clone() }
    }
}

#[test]
fn every_kind_of_self() {
    let name = String::from("n");
    let mut counter = block_on(sendable(Counter::new(&name, 1)));
    assert_eq!(block_on(sendable(counter.by_reference("-"))), "n-1");
    assert_eq!(block_on(sendable(counter.by_unique_reference(2))), &2);
    assert_eq!(block_on(counter.calls_others(3)), "n/3");
    assert_eq!(block_on(counter.clone().by_value()), ("n", 3));
    assert_eq!(block_on(counter.clone().by_mutable_value(9)), 3);
    assert_eq!(block_on(Box::new(counter.clone()).through_box()), 3);
    assert_eq!(block_on(Rc::new(counter.clone()).through_rc()), 1);
    let shared = Arc::new(counter.clone());
    assert_eq!(block_on(shared.through_arc(&0)).value, 3);
    assert_eq!(block_on(Pin::new(&mut counter).through_pin()), &3);
    assert_eq!(block_on(counter.with_own_types(["a"], 'b')), "3[\"a\"]'b'1");
    assert_eq!(block_on(unsafe { counter.dangerous(&7) }), 7);
}

#[test]
fn a_borrow_of_self_ends_with_the_future() {
    let name = String::from("n");
    let kept = {
        let counter = Counter {
            name: &name,
            value: (),
        };
        block_on(counter.outlives_self(&String::from("short")))
    };
    assert_eq!(kept, "n");
}

struct Bare;

impl Bare {
    /// Says nothing of `Self`, so it could stand anywhere.
    #[state_future]
    async fn associated(n: u32) -> u32 {
        pause().await;
        n + 1
    }

    #[state_future]
    async fn only_the_body_names_the_type() -> u32 {
        pause().await;
        Self::associated(1).await
    }

    #[state_future]
    async fn only_a_macro_names_the_type() -> String {
        pause().await;
        format!("{}", Self::associated(2).await)
    }
}

struct Same<T>(T);

impl Same<u8> {
    #[state_future]
    async fn name(&self) -> &'static str {
        pause().await;
        "u8"
    }
}

impl Same<u16> {
    #[state_future]
    async fn name(&self) -> &'static str {
        pause().await;
        "u16"
    }
}

#[test]
fn associated_functions() {
    assert_eq!(block_on(Bare::only_the_body_names_the_type()), 2);
    assert_eq!(block_on(Bare::only_a_macro_names_the_type()), "3");
    assert_eq!(block_on(Same(0u8).name()), "u8");
    assert_eq!(block_on(Same(0u16).name()), "u16");
}

/// `Self` of an item in the body says nothing of the function itself.
#[state_future]
async fn free_with_an_own_impl() -> u32 {
    struct Inner(u32);
    impl Inner {
        fn new() -> Self {
            Self(4)
        }
    }
    pause().await;
    Inner::new().0
}

#[test]
fn an_item_with_its_own_self() {
    assert_eq!(block_on(free_with_an_own_impl()), 4);
}

trait Greeter {
    fn name(&self) -> String;

    #[state_future]
    async fn greet(&self, times: usize) -> String {
        pause().await;
        self.name().repeat(times)
    }
}

impl Greeter for Bare {
    fn name(&self) -> String {
        "bare".to_owned()
    }
}

impl Greeter for u8 {
    fn name(&self) -> String {
        self.to_string()
    }

    async fn greet(&self, _: usize) -> String {
        "own".to_owned()
    }
}

#[test]
fn a_default_method_of_a_trait() {
    assert_eq!(block_on(sendable(Bare.greet(2))), "barebare");
    assert_eq!(block_on(1u8.greet(2)), "own");
}

macro_rules! getters {
    ($ty:ident { $($name:ident(&$this:ident) => $body:expr;)* }) => {
        impl $ty {
            $(
                #[state_future]
                pub async fn $name(&$this) -> u32 {
                    pause().await;
                    $body
                }
            )*
        }
    };
}

struct Pair(u32, u32);

getters! { Pair { first(&self) => self.0; second(&self) => self.1; } }

#[test]
fn methods_from_macro_rules() {
    assert_eq!(
        block_on(Pair(1, 2).first()) + block_on(Pair(1, 2).second()),
        3
    );
}
