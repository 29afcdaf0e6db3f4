//! The attribute on an inherent `impl` block.

use std::future::Future;
use std::pin::Pin;

use state_future::state_future;

use super::support::{block_on, pause, sendable};

struct Reader<'b, T> {
    buffer: &'b [T],
    place: usize,
}

#[state_future]
impl<T: Copy + Sync> Reader<'_, T> {
    const STEP: usize = 1;

    /// Not `async`, so untouched.
    fn rest(&self) -> usize {
        self.buffer.len() - self.place
    }

    async fn next(&mut self) -> Option<T> {
        pause().await;
        let item = *self.buffer.get(self.place)?;
        self.place += Self::STEP;
        Some(item)
    }

    /// Two items.
    pub async fn pair(&mut self) -> Option<(T, T)> {
        Some((self.next().await?, self.next().await?))
    }

    async fn fold<A>(mut self, mut total: A, add: impl Fn(A, T) -> A) -> A {
        while let Some(item) = self.next().await {
            total = add(total, item);
        }
        total
    }
}

#[test]
fn every_async_function_of_the_block() {
    let numbers = [1, 2, 3, 4, 5];
    let mut reader = Reader {
        buffer: &numbers,
        place: 0,
    };
    assert_eq!(block_on(sendable(reader.pair())), Some((1, 2)));
    assert_eq!(reader.rest(), 3);
    assert_eq!(
        block_on(sendable(reader.fold(0, |total, item| total + item))),
        12
    );
}

struct Tree {
    value: u32,
    children: Vec<Tree>,
}

#[state_future]
impl Tree {
    async fn sum(&self) -> u32 {
        let mut total = self.value;
        for child in &self.children {
            total += Box::pin(child.sum()).await;
        }
        total
    }

    async fn depth(&self) -> u32 {
        let mut deepest = 0;
        for child in &self.children {
            let depth: Pin<Box<dyn Future<Output = u32> + '_>> = Box::pin(child.depth());
            deepest = deepest.max(depth.await);
        }
        deepest + 1
    }
}

#[test]
fn recursive_methods() {
    let leaf = |value| Tree {
        value,
        children: Vec::new(),
    };
    let tree = Tree {
        value: 1,
        children: vec![
            leaf(2),
            Tree {
                value: 3,
                children: vec![leaf(4)],
            },
        ],
    };
    assert_eq!(block_on(tree.sum()), 10);
    assert_eq!(block_on(tree.depth()), 3);
}

macro_rules! blocks {
    ($($ty:ty => $value:expr),*) => {
        $(
            #[state_future]
            impl Of<$ty> {
                async fn value(&self) -> $ty {
                    pause().await;
                    self.0 + $value
                }
            }
        )*
    };
}

struct Of<T>(T);

blocks! { u8 => 1, i64 => -1 }

#[test]
fn blocks_from_macro_rules() {
    assert_eq!(block_on(Of(1u8).value()), 2);
    assert_eq!(block_on(Of(1i64).value()), 0);
}

#[test]
fn blocks_in_functions() {
    struct Local(u32);

    #[state_future]
    impl Local {
        async fn get(&self) -> u32 {
            pause().await;
            self.0
        }
    }

    assert_eq!(block_on(Local(5).get()), 5);
}
