//! Deep calls, at the compiler's own recursion limit of 128: neither build time nor the names of types may grow with what lies
//! below.
//!
//! rustc 1.95 follows its own async functions 30 levels down if they are generic, 40 if they are not and must be `Send`.

use std::any::type_name_of_val;
use std::fmt::Debug;

use state_future::state_future;

use support::{block_on, pause, sendable};

#[path = "../places/support.rs"]
mod support;

/// A chain of functions, each of which awaits the one before it three times.
macro_rules! chain {
    (@free $before:ident) => {};
    (@free $before:ident $name:ident $($rest:ident)*) => {
        #[state_future]
        async fn $name<T: Copy + Into<u64> + Send + Sync>(number: &T) -> u64 {
            $before(number).await + $before(number).await + $before(number).await
        }

        chain!(@free $name $($rest)*);
    };
    (@values $before:ident) => {};
    (@values $before:ident $name:ident $($rest:ident)*) => {
        #[state_future]
        async fn $name<T: Copy + Debug + Send + Sync>(value: T, words: &[&str], last: &str) -> String {
            let borrowed = (&value, [words[0], last]);
            let mut text = $before(*borrowed.0, words, last).await;
            text.push_str(&$before(*borrowed.0, &[last], words[0]).await[..1]);
            text
        }

        chain!(@values $name $($rest)*);
    };
    (@methods $before:ident) => {};
    (@methods $before:ident $name:ident $($rest:ident)*) => {
        impl Type {
            #[state_future]
            async fn $name(&self, number: &u64) -> u64 {
                if *number > 0 { self.$before(number).await } else { self.$before(&1).await + self.$before(&2).await }
            }
        }

        chain!(@methods $name $($rest)*);
    };
}

#[state_future]
async fn f0<T: Copy + Into<u64> + Send + Sync>(number: &T) -> u64 {
    (*number).into()
}

chain!(@free f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24 f25 f26 f27 f28 f29 f30);

struct Type;

#[state_future]
impl Type {
    async fn f0(&self, number: &u64) -> u64 {
        pause().await;
        *number + 1
    }
}

chain!(@methods f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24 f25 f26 f27 f28 f29 f30);

#[state_future]
async fn v0<T: Copy + Debug + Send + Sync>(value: T, words: &[&str], last: &str) -> String {
    let borrowed = (&value, [words[0], last]);
    pause().await;
    format!("{borrowed:?}")
}

chain!(@values v0 v1 v2 v3 v4 v5 v6 v7 v8 v9 v10 v11 v12 v13 v14 v15 v16 v17 v18 v19 v20 v21 v22 v23 v24 v25 v26 v27 v28 v29 v30);

#[test]
fn functions_build_and_run_at_depth() {
    assert_eq!(block_on(sendable(f6(&1u32))), 729);
    let (shallow, deep) = (f2(&1u32), sendable(f30(&1u32)));
    assert!(type_name_of_val(&deep).len() <= type_name_of_val(&shallow).len() + 8);
}

/// Both arguments go to what is awaited: each of these futures may borrow from both.
#[test]
fn methods_build_and_run_at_depth() {
    let deep = sendable(Type.f30(&1));
    assert!(type_name_of_val(&deep).len() <= type_name_of_val(&Type.f2(&1)).len() + 8);
    assert_eq!(block_on(deep), 2);
}

/// A value of a type that nobody has named is borrowed, and with it two arguments.
#[test]
fn futures_that_borrow_from_several_arguments_build_and_run_at_depth() {
    let words = ["word"];
    assert_eq!(
        block_on(sendable(v2(1, &words, "last"))),
        "(1, [\"word\", \"last\"])(("
    );
    let (shallow, deep) = (v2(1, &words, "last"), sendable(v30(1, &words, "last")));
    assert!(type_name_of_val(&deep).len() <= type_name_of_val(&shallow).len() + 8);
}

trait Call {
    async fn call(&self) -> u64;
}

struct Layer<C>(C);

#[state_future]
impl<C: Call> Call for Layer<C> {
    async fn call(&self) -> u64 {
        self.0.call().await + 1
    }
}

#[state_future]
impl Call for u64 {
    async fn call(&self) -> u64 {
        pause().await;
        *self
    }
}

#[test]
fn layers_of_a_trait() {
    let layers = Layer(Layer(Layer(Layer(Layer(Layer(Layer(Layer(Layer(
        Layer(1u64),
    )))))))));
    assert_eq!(block_on(sendable(layers.call())), 11);
}
